"""What the acts on a supervised event share: the row, its history, the audit row, and the limits of its parts."""

from typing import Any

import msgspec
from plumbline_org.model import Org
from plumbline_shared.clock import end_of_day
from plumbline_shared.deadline import add_days
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.supervision import Part, SupervisedEvent, missing
from case_flow.rules import SUPERVISION_RULES
from case_flow.storage import supervision
from case_flow.use_cases.raise_alert import raise_alert

PART_TIMER = "supervised_part"


async def record(
    uow: Uow, event: SupervisedEvent, act: str, note: str = "", **changes: Any
) -> SupervisedEvent:
    """Store the event with the changes and remember who did what; return it as it now is."""
    changed = msgspec.structs.replace(event, **changes)
    await supervision.save(uow.conn, changed)
    await remember(uow, changed, act, note)
    return changed


async def remember(uow: Uow, event: SupervisedEvent, act: str, note: str = "") -> None:
    """One line of history, one of the audit log."""
    await supervision.add_act(uow.conn, event, supervision.Act(uow.now, uow.principal.actor, act, note))
    await uow.audit(f"supervision.{act.lower()}", "SupervisedEvent", event.id, {"state": event.state})


async def set_limits(uow: Uow, org: Org, event: SupervisedEvent) -> None:
    """A timer for each part, at 00:00 after its last day; those of an earlier date are taken back."""
    pack = await SUPERVISION_RULES.of(uow)
    await uow.cancel_timers(event.id, PART_TIMER)
    limits = {Part.NOTICE: None, Part.RECORD: pack.record, Part.REPORT: pack.report}
    for part, rule in limits.items():
        day = event.planned_on
        last = add_days(org.calendar, rule.unit, day, rule.length).on if rule else day
        await uow.schedule(PART_TIMER, event.id, end_of_day(last), {"part": part})


async def on_supervised_part(uow: Uow, timer: Timer) -> None:
    """The limit of a part has passed: without the part the leader in charge and discipline are told (scenario 11)."""
    event, part = await supervision.lock(uow.conn, timer.ref), Part(str(timer.payload["part"]))
    recorders = [one.person_id for one in await supervision.records(uow.conn, event.id)]
    if part not in missing(event, recorders, (await SUPERVISION_RULES.of(uow)).recorders):
        return
    await raise_alert(
        uow,
        kind="SUPERVISED_PART_MISSING",
        at=uow.now,
        unit_ids=[event.unit_id],
        domain=event.domain,
        facts={"event_id": event.id, "part": part},
        key=f"supervision:{event.id}:{part}:{event.planned_on}",
    )
    await remember(uow, event, "PART_MISSING", part)
