"""Load a pack, use a catalogue, say something of one's own, export a template (S1-006)."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.policy import absent
from plumbline_shared.principal import Principal, system
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import (
    Catalogue,
    Conduct,
    Control,
    Entry,
    EntryKind,
    Regulation,
    check_body,
    check_bounds,
    clauses_in_force,
    read_body,
)
from risk_registry.domain.conduct import check_conduct
from risk_registry.domain.departments import PowerSplit
from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.offices import OfficePlan, check_plan
from risk_registry.domain.points import CODE
from risk_registry.domain.template import CARRIED, template_entries
from risk_registry.packs import shipped
from risk_registry.policies import POLICY, rules_resource
from risk_registry.publications_rules import control_published
from risk_registry.storage.catalogue import (
    add_catalogue,
    bodies_on,
    catalogue_entries,
    catalogues,
    digest_of,
    entries_on,
    record_entry,
    use_catalogue,
)
from risk_registry.storage.points import whole_register
from risk_registry.storage.processes import versions_on


class CatalogueDiffers(Conflict):
    """This version is there with another content: give the new content a new version."""

    code = "CATALOGUE_DIFFERS"


class CodeTaken(Conflict):
    """Two catalogues in use have an entry of one kind with one code: use one of them."""

    code = "CODE_TAKEN"


class LoadPack(msgspec.Struct, frozen=True):
    """A pack that ships, by name."""

    name: str


class AdoptCatalogue(msgspec.Struct, frozen=True):
    """Use a version from a day on, instead of another version of the same name."""

    urn: str
    version: str
    effective_from: date


class RecordEntry(msgspec.Struct, frozen=True):
    """An entry of one's own, or a change to one of a catalogue; `retired` ends it."""

    kind: EntryKind
    code: str
    body: dict[str, Any]
    effective_from: date
    retired: bool = False


class ExportTemplate(msgspec.Struct, frozen=True):
    """What the bureau has today as a catalogue for others: no persons, no grades in force, no evidence."""

    urn: str
    version: str
    title_zh: str


class Kept(msgspec.Struct, frozen=True):
    """The catalogue or entry, and how many entries it has."""

    id: str
    entries: int


async def load_pack(uow: Uow, command: LoadPack) -> Kept:
    """Refuses with NOT_FOUND, CATALOGUE_DIFFERS. The same pack again changes nothing."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "load_pack", rules_resource(bureau))
    if command.name not in shipped():
        raise Invalid(f"one of: {', '.join(shipped())}", path=("name",))
    return await keep(uow, shipped()[command.name])


async def keep(uow: Uow, given: Catalogue) -> Kept:
    """All entries or none; a version that is there must say the same."""
    author: Principal = uow.principal
    await identify(uow.conn, system(author.bureau_id))
    there = await catalogues(uow.conn, given.urn, given.version)
    if there and await _digest(uow, there[0][0]) != digest_of(given):
        raise CatalogueDiffers("this version is there with another content: choose a new version")
    if not there:
        await add_catalogue(uow.conn, given, uow.now)
        await uow.audit("load_catalogue", "Catalogue", f"{given.urn}@{given.version}")
    return Kept(f"{given.urn}@{given.version}", len(given.entries))


async def _digest(uow: Uow, kept: Catalogue) -> str:
    """Of the entries as they are read today: a kind that has got another field since says the same as before."""
    entries = tuple(await catalogue_entries(uow.conn, kept.urn, kept.version))
    return digest_of(replace(kept, entries=entries))


async def adopt_catalogue(uow: Uow, command: AdoptCatalogue) -> Kept:
    """Refuses with NOT_FOUND, CODE_TAKEN, EFFECTIVE_IN_PAST."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "adopt", rules_resource(bureau))
    if command.effective_from < uow.today:
        raise EffectiveInPast(f"a catalogue counts from {uow.today} or later", path=("effectiveFrom",))
    if not await catalogues(uow.conn, command.urn, command.version):
        raise absent("Catalogue")
    given = await catalogue_entries(uow.conn, command.urn, command.version)
    used = await entries_on(uow.conn, bureau, command.effective_from, EntryKind)
    taken = {(e.kind, e.code) for e in used if e.urn != command.urn} & {(e.kind, e.code) for e in given}
    if taken:
        kind, code = min(taken)
        raise CodeTaken(f"{kind} {code} is there already (and {len(taken) - 1} more)", path=("urn",))
    await use_catalogue(
        uow.conn, bureau, command.urn, command.version, command.effective_from, uow.now, uow.principal.actor
    )
    await uow.audit("adopt_catalogue", "Catalogue", f"{command.urn}@{command.version}")
    return Kept(f"{command.urn}@{command.version}", len(given))


async def record(uow: Uow, command: RecordEntry) -> Kept:
    """Refuses with NOT_FOUND, INVALID_INPUT, OUT_OF_BOUNDS, UNCITED_RULE, NOT_A_BLOCK, EFFECTIVE_IN_PAST."""
    bureau, entry = uow.principal.bureau_id or "", await check_record(uow, command)
    body = entry.body
    sequence = await record_entry(
        uow.conn, bureau, entry, command.retired, command.effective_from, uow.now, uow.principal.actor
    )
    if isinstance(body, Control):
        message = control_published(
            bureau, command.code, sequence, body, command.effective_from, retired=command.retired
        )
        await uow.emit(message.control_id, message, bureau_id=bureau)
    await uow.audit("record_entry", command.kind, command.code, {"retired": command.retired})
    return Kept(command.code, 1)


async def check_record(uow: Uow, command: RecordEntry) -> Entry:
    """The entry as it would count. Refuses as `record` does."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "record", rules_resource(bureau))
    if command.effective_from < uow.today:
        raise EffectiveInPast(f"an entry counts from {uow.today} or later", path=("effectiveFrom",))
    entry = Entry(command.kind, command.code, read_body(command.kind, command.body))
    await _check(uow, bureau, entry, command.effective_from)
    return entry


async def _check(uow: Uow, bureau: str, entry: Entry, on: date) -> None:
    regulations = list(await bodies_on(uow.conn, bureau, on, EntryKind.REGULATION))
    if isinstance(entry.body, Regulation):
        regulations.append((entry.code, entry.body))
    check_body(entry.body, clauses_in_force(regulations, on))
    if isinstance(entry.body, Conduct):
        check_conduct(entry.body, dict(await bodies_on(uow.conn, bureau, on, EntryKind.CONTROL)))
    if isinstance(entry.body, PowerSplit):
        known = dict(await bodies_on(uow.conn, bureau, on, EntryKind.DEPARTMENT))
        if lost := sorted(set(entry.body.departments) - known.keys()):
            raise Invalid(f"{lost[0]} is no department in force", path=("body", "departments"))
    if isinstance(entry.body, OfficePlan):
        await _check_plan(uow, bureau, entry.body, on)
    before = next(iter(await entries_on(uow.conn, bureau, on, [entry.kind], entry.code)), None)
    if before is None and not CODE.fullmatch(entry.code):
        raise Invalid("3 to 40 of A-Z, 0-9 and '-'", path=("code",))
    if before and before.urn:
        given = await catalogue_entries(uow.conn, before.urn, before.version)
        base = next(each for each in given if (each.kind, each.code) == (entry.kind, entry.code))
        shared = await catalogues(uow.conn, before.urn, before.version)
        check_bounds(base, entry.body, shared[0][0].bounds)


async def _check_plan(uow: Uow, bureau: str, plan: OfficePlan, on: date) -> None:
    templates = dict(await bodies_on(uow.conn, bureau, on, EntryKind.OFFICE_TEMPLATE))
    if plan.template not in templates:
        raise Invalid(f"{plan.template} is no template in force", path=("body", "template"))
    check_plan(plan, templates[plan.template])


async def export_template(uow: Uow, command: ExportTemplate) -> Kept:
    """Refuses with NOT_FOUND, CATALOGUE_DIFFERS."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "export_template", rules_resource(bureau))
    await identify(uow.conn, system(bureau))
    entries = await entries_on(uow.conn, bureau, uow.today, CARRIED)
    versions = [(each.process, each.graph) for each in await versions_on(uow.conn, bureau, uow.today)]
    register = await whole_register(uow.conn, bureau, uow.today)
    given = Catalogue(
        urn=command.urn,
        version=command.version,
        title_zh=command.title_zh,
        source=command.title_zh,
        entries=template_entries(bureau, entries, versions, register),
        bounds={"PROCESS": {"steps": None, "limit_days": (1, 365)}, "POINT": {"posts": None}},
        published_by=bureau,
    )
    if not command.urn.startswith("urn:plumbline:") or command.urn in {e.urn for e in shipped().values()}:
        raise Invalid("urn:plumbline:<name>, and not the name of a shipped pack", path=("urn",))
    return await keep(uow, given)
