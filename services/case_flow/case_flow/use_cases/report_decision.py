"""Report a relief decision that another record has; without an approved matter behind it, it is an alert (S1-135)."""

from datetime import date

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY, decision_register
from case_flow.domain.decision_register import RELIEF, FoundDecision, outside
from case_flow.domain.recusal import require_said
from case_flow.storage import decision_register as register
from case_flow.storage import matter as matters
from case_flow.use_cases.raise_alert import raise_alert

CHECK = "decision_checked"


class ReportDecision(msgspec.Struct, frozen=True):
    """The decision's number and unit, where it was found, and the matter that it names, if any."""

    decision_no: str
    unit_id: str
    decided_on: date
    source: str
    matter_id: str = ""


class DecisionReported(msgspec.Struct, frozen=True):
    """Whether the number is new; what the check finds is told to those who see the alert alone."""

    decision_no: str
    new: bool


async def report_decision(uow: Uow, command: ReportDecision) -> DecisionReported:
    """Keep the decision once for its number; the service itself, which sees every matter, checks it right after.

    Raises NotFound for anybody else than the tax core system and who audits, Invalid.
    """
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "report", decision_register(bureau))
    require_said(decision_no=command.decision_no, unit_id=command.unit_id, source=command.source)
    if command.decided_on > uow.today:
        raise Invalid("a decision is not of a day to come", path=("decidedOn",))
    found = FoundDecision(
        bureau_id=bureau,
        decision_no=command.decision_no.strip(),
        unit_id=command.unit_id,
        decided_on=command.decided_on,
        source=command.source,
        reported_by=uow.principal.actor,
        reported_at=uow.now,
        matter_id=command.matter_id or None,
    )
    new = await register.add(uow.conn, found)
    if new:
        await uow.schedule(CHECK, found.decision_no, uow.now)
        await uow.audit("decision.reported", "DecisionRegister", found.decision_no, {"unit": found.unit_id})
    return DecisionReported(found.decision_no, new)


async def on_decision_checked(uow: Uow, timer: Timer) -> None:
    """Alert unless the decision came out of its process."""
    found = await register.get(uow.conn, uow.principal.bureau_id or "", timer.ref)
    known = await matters.get_many(uow.conn, [found.matter_id] if found.matter_id else [])
    reason = outside(found, known.get(found.matter_id or ""))
    if reason is None:
        return
    await raise_alert(
        uow,
        kind="DECISION_OUTSIDE_PROCESS",
        at=timer.fire_at,
        unit_ids=(found.unit_id,),
        domain=RELIEF,
        matter_id=found.matter_id if found.matter_id in known else None,
        facts={
            "decision_no": found.decision_no,
            "reason": str(reason),
            "decided_on": found.decided_on.isoformat(),
        },
        key=f"DECISION_OUTSIDE_PROCESS:{found.decision_no}",
    )
