"""What the acts on a penalty share: the row, the audit row, who may do it, and the alerts about what is late."""

from datetime import date, timedelta
from typing import Any

from plumbline_shared.clock import end_of_day
from plumbline_shared.ids import new_id
from plumbline_shared.policy import Resource
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.matter import Matter
from case_flow.domain.penalty_process import PenaltyAct, Recorded
from case_flow.storage import document as documents
from case_flow.storage import matter as matters
from case_flow.storage import penalty_process as acts
from case_flow.use_cases.raise_alert import raise_alert

LATE = "penalty_late"
UNSERVED, UNWITHDRAWN = "DECISION_UNSERVED", "PUBLICATION_NOT_WITHDRAWN"
_ENDS = {UNSERVED: PenaltyAct.DECISION_SERVED, UNWITHDRAWN: PenaltyAct.WITHDRAWN}


def penalty_resource(bureau_id: str, matter_id: str, *, seen: bool = False) -> Resource:
    """What happened to a penalty, as the policies see it; `seen`: the asker sees its matter."""
    return Resource("PenaltyProcess", matter_id, {"bureau": bureau_id, "seen": seen})


def require_on_penalty(uow: Uow, action: str, matter_id: str) -> None:
    """Raise NotFound unless the actor's role may do this to penalties of the bureau."""
    resource = penalty_resource(uow.principal.bureau_id or "", matter_id)
    POLICY.require(uow.principal, action, resource)


async def record_act(uow: Uow, matter_id: str, act: PenaltyAct, on: date | None = None, **more: Any) -> str:
    """Add an act of today, or of the day given; return the matter's id."""
    one = Recorded(
        id=new_id("pa"),
        matter_id=matter_id,
        bureau_id=uow.principal.bureau_id or "",
        act=act,
        on=on or uow.today,
        by=uow.principal.actor,
        at=uow.now,
        **more,
    )
    await acts.add(uow.conn, one)
    await uow.audit(f"penalty.{act.lower()}", "Matter", matter_id)
    return matter_id


async def set_limit(uow: Uow, matter: Matter, kind: str, last_day: date) -> None:
    """An alert of this kind at 00:00 after the day, unless it was done by then."""
    await uow.schedule(LATE, matter.id, end_of_day(last_day), {"kind": kind})


async def on_penalty_late(uow: Uow, timer: Timer) -> None:
    """A decision was not served, or a publication not withdrawn, in time (行政处罚法 Art 61, 48)."""
    kind, matter = str(timer.payload["kind"]), await matters.get(uow.conn, timer.ref)
    process = await acts.process(uow.conn, matter.id)
    if process.did(_ENDS[kind]):
        return
    document = await documents.of_matter(uow.conn, matter.id)
    await raise_alert(
        uow,
        kind=kind,
        at=uow.now,
        subject_person_ids=[document.issued_by] if document else (),
        unit_ids=[matter.unit_id],
        domain=matter.domain,
        matter_id=matter.id,
        facts={"limit_on": str(uow.today - timedelta(days=1))},
        key=f"penalty:{matter.id}:{kind}",
    )
