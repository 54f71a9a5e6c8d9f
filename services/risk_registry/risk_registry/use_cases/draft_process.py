"""Draft a version of a process, and revise the draft; what is published does not change any more."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.places import in_bureau
from risk_registry.domain.processes import Graph, ProcessVersion, check_graph
from risk_registry.domain.visibility import reader
from risk_registry.policies import POLICY, process_resource
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.processes import (
    add_graph,
    add_version,
    load_versions,
    lock_process,
    next_number,
    versions_on,
)

LONGEST_CODE = 60


class VersionPublished(Conflict):
    """A published version stays as it is: draft the next one."""

    code = "VERSION_PUBLISHED"


class DraftProcess(msgspec.Struct, frozen=True):
    """A new draft; without a graph it starts from the version in force, else from the bureau's catalogue."""

    process: str
    owner_unit: str
    graph: Graph | None = None


class ReviseDraft(msgspec.Struct, frozen=True):
    """The whole graph as it shall be."""

    version_id: str
    graph: Graph


class Drafted(msgspec.Struct, frozen=True):
    """The draft."""

    version_id: str


async def draft_process(uow: Uow, command: DraftProcess) -> Drafted:
    """Refuses with NOT_FOUND, INVALID_INPUT."""
    bureau = uow.principal.bureau_id or ""
    await _as_reader(uow)
    POLICY.require(uow.principal, "draft", process_resource("", bureau, command.owner_unit))
    org = await load_org(uow.conn, bureau)
    if not command.process.strip() or len(command.process) > LONGEST_CODE:
        raise Invalid(f"1 to {LONGEST_CODE} characters", path=("process",))
    if org.unit(command.owner_unit) is None:
        raise Invalid("there is no such unit in this bureau", path=("ownerUnit",))
    await identify(uow.conn, system(bureau))
    await lock_process(uow.conn, bureau, command.process)
    base = next(iter(await versions_on(uow.conn, bureau, uow.today, command.process)), None)
    graph = command.graph or await _start(uow, bureau, command.process, base)
    placed = in_bureau(bureau, graph)
    check_graph(placed)
    version, number = new_id("pv"), await next_number(uow.conn, bureau, command.process)
    await add_version(
        uow.conn, version, bureau, command.process, number, base.id if base else None, command.owner_unit,
        uow.principal.actor, uow.now,
    )  # fmt: skip
    await add_graph(uow.conn, version, bureau, placed, uow.principal.actor, uow.now)
    await uow.audit("draft_process", "ProcessVersion", version, {"process": command.process})
    return Drafted(version)


async def revise_draft(uow: Uow, command: ReviseDraft) -> Drafted:
    """Refuses with NOT_FOUND, VERSION_PUBLISHED, INVALID_INPUT."""
    version = await draft_of(uow, command.version_id)
    await lock_process(uow.conn, version.bureau_id, version.process)
    graph = in_bureau(version.bureau_id, command.graph)
    check_graph(graph)
    await add_graph(uow.conn, version.id, version.bureau_id, graph, uow.principal.actor, uow.now)
    await uow.audit("revise_draft", "ProcessVersion", version.id)
    return Drafted(version.id)


async def version_of(uow: Uow, version_id: str, action: str) -> ProcessVersion:
    """The version if the caller may do `action` with it. Raises NotFound."""
    await _as_reader(uow)
    bureau = uow.principal.bureau_id or ""
    found = next(iter(await load_versions(uow.conn, bureau, [version_id])), None)
    if found is None:
        raise absent("ProcessVersion")
    published = found.effective_from is not None
    resource = process_resource(found.id, found.bureau_id, found.owner_unit, published=published)
    POLICY.require(uow.principal, action, resource)
    return found


async def draft_of(uow: Uow, version_id: str) -> ProcessVersion:
    """A draft that the caller may change. Raises NotFound, VersionPublished."""
    found = await version_of(uow, version_id, "draft")
    if found.effective_from is not None:
        raise VersionPublished("this version is published: draft the next one")
    return found


async def _as_reader(uow: Uow) -> None:
    """Act with the units one leads, not with those one merely belongs to."""
    if uow.principal.kind == "person" and uow.principal.bureau_id:
        org = await load_org(uow.conn, uow.principal.bureau_id)
        uow.principal = reader(uow.principal, org, [uow.today])
        await identify(uow.conn, uow.principal)


async def _start(uow: Uow, bureau: str, process: str, base: ProcessVersion | None) -> Graph:
    if base:
        return base.graph
    known = dict(await bodies_on(uow.conn, bureau, uow.today, EntryKind.PROCESS))
    if process not in known:
        raise Invalid("give the steps: neither a version nor a catalogue has this process", path=("graph",))
    return known[process]
