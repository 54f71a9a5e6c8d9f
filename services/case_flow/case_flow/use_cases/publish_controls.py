"""A bureau publishes its own controls: one drafts, another approves, from a day on they look at every step (SoD-6)."""

from datetime import date
from hashlib import sha256

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import start_of_day
from plumbline_shared.errors import Invalid
from plumbline_shared.four_eyes import check_approver
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.control_set_access import require_on_control_set
from case_flow.domain.authority import Authority
from case_flow.domain.control_set import (
    ControlSet,
    ControlSetApproved,
    parse_control_set,
)
from case_flow.domain.definition import ItemDefinition, Sign, Step
from case_flow.domain.matter import Matter
from case_flow.storage import control_set as sets
from case_flow.storage import document as documents
from case_flow.storage import item as items

ACTIVATE = "control_set_begins"
SERIES = "CONTROL-SET"


class DraftControlSet(msgspec.Struct, frozen=True):
    """The set as a file (YAML): `citation`, `controls` with item, step and control."""

    source: str


class ApproveControlSet(msgspec.Struct, frozen=True):
    """A draft, and from when it counts: today or later."""

    version: int
    effective_from: date


async def draft_control_set(uow: Uow, command: DraftControlSet) -> int:
    """Return the version's number. Raises NotFound, InvalidDefinition, Invalid for a step or unit that there is not."""
    bureau, found = require_on_control_set(uow, "draft"), parse_control_set(command.source)
    await _check_steps(uow, bureau, found)
    digest = sha256(msgspec.json.encode(found)).hexdigest()
    version = await documents.next_number(uow.conn, bureau, SERIES, 0)
    await sets.draft(
        uow.conn,
        sets.ControlSetRow(bureau, version, digest, found, command.source, uow.principal.actor, uow.now),
    )
    await uow.audit("controls.drafted", "ControlSet", f"{bureau}/{version}", {"digest": digest})
    return version


async def approve_control_set(uow: Uow, command: ApproveControlSet) -> int:
    """Return the version's number. Raises NotFound, Invalid, AuthorApproves, ControlSetApproved."""
    bureau = require_on_control_set(uow, "approve")
    row = await sets.lock(uow.conn, bureau, command.version)
    if row.approved_by is not None:
        raise ControlSetApproved("this version is approved: draft another one")
    check_approver(row.author, uow.principal.actor)
    if command.effective_from < uow.today:
        raise Invalid("it counts from today on, or from a later day", path=("effectiveFrom",))
    await sets.approve(uow.conn, row, uow.principal.actor, uow.now, command.effective_from)
    if command.effective_from == uow.today:
        await _activate(uow, bureau, uow.today)
    else:
        begins = {"on": command.effective_from.isoformat()}
        ref = f"{bureau}/{row.version}"
        await uow.schedule(ACTIVATE, ref, start_of_day(command.effective_from), begins)
    detail = {"effective_from": command.effective_from.isoformat(), "digest": row.digest}
    await uow.audit("controls.approved", "ControlSet", f"{bureau}/{row.version}", detail)
    return row.version


async def on_control_set_begins(uow: Uow, timer: Timer) -> None:
    """The first day of a version: the one in force on that day looks at every step from now on."""
    await _activate(uow, timer.ref.partition("/")[0], date.fromisoformat(str(timer.payload["on"])))


async def with_local_controls(uow: Uow, matter: Matter, step: Step) -> Step:
    """The step with the controls that the bureau added to it; a known set costs no read."""
    if matter.control_set is None:
        return step
    local = await sets.get(uow.conn, matter.bureau_id, matter.control_set)
    more = tuple(local.at(matter.item_code, step.code))
    return msgspec.structs.replace(step, controls=(*step.controls, *more)) if more else step


async def _activate(uow: Uow, bureau: str, on: date) -> None:
    row = await sets.in_force(uow.conn, bureau, on)
    if row is not None:
        await sets.activate(uow.conn, row)


async def _check_steps(uow: Uow, bureau: str, found: ControlSet) -> None:
    for number, one in enumerate(found.controls):
        definition = (await items.in_force(uow.conn, bureau, one.item, uow.today)).definition
        if one.step not in definition.by_code:
            raise Invalid(f"{one.item} has no step {one.step}", path=("controls", number, "step"))
    org = await load_org(uow.conn, bureau) if found.authority else None
    for number, rule in enumerate(found.authority):
        definition = (await items.in_force(uow.conn, bureau, rule.item, uow.today)).definition
        if fault := _unfit(definition, rule, org):
            raise Invalid(fault, path=("authority", number))


def _unfit(definition: ItemDefinition, rule: Authority, org: Org | None) -> str | None:
    """Why the rule cannot govern its step: no such step, nothing decided before it, any signer enough, no such unit."""
    step = definition.by_code.get(rule.step)
    if step is None:
        return f"{rule.item} has no step {rule.step}"
    if rule.step in _accepting(definition):
        return f"{rule.step} begins {rule.item}: the amount is decided later"
    if step.sign is Sign.ANY and any(row.rechecks for row in rule.rows):
        return f"any one signs {rule.step}: nobody can look again level by level"
    places = {
        place for row in rule.rows for place in (row.unit, *(one.unit for one in row.rechecks)) if place
    }
    unknown = [one for one in sorted(places) if org is None or org.unit(f"{org.bureau.id}.{one}") is None]
    return f"the bureau has no unit {', '.join(unknown)}" if unknown else None


def _accepting(definition: ItemDefinition) -> tuple[str, ...]:
    """The steps that acceptance does: the first one, and the one after a pre-review."""
    start = definition.by_code[definition.start]
    return (start.code, *start.next) if start.pre_review else (start.code,)
