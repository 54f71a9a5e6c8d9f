"""Events in: each becomes the fact that the rules look at."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date
from typing import Any

from google.protobuf.message import Message
from plumbline_contracts.case_flow import v1 as case_flow
from plumbline_contracts.common.v1 import RiskGrade as ContractGrade
from plumbline_contracts.complaints import v1 as complaints
from plumbline_contracts.education import v1 as education
from plumbline_contracts.registry import label
from plumbline_contracts.risk_registry import v1 as risk_registry
from plumbline_org.grades import RiskGrade
from plumbline_org.replica import ORG_SUBSCRIPTIONS
from plumbline_shared.clock import local_date
from plumbline_shared.use_case import Uow

from performance.domain import facts
from performance.domain.rules import ComplaintKind, Form
from performance.use_cases.record_fact import record_fact
from performance.use_cases.watch_reform import QUIET, on_quiet_passed, watch_process

_NO_FORM = ("UNSPECIFIED", "NONE")


async def on_incident_confirmed(uow: Uow, event: case_flow.IncidentConfirmed) -> None:
    """SR-01 and SR-03: the unit's points."""
    fact = facts.IncidentConfirmed(
        bureau_id=event.bureau_id,
        incident_id=event.incident_id,
        kind=event.kind,
        unit_id=event.unit_id,
        occurred_on=date.fromisoformat(event.occurred_on),
        late_working_days=event.late_working_days,
        grade=RiskGrade(label(ContractGrade, event.grade)) if event.grade else None,
    )
    await _record(uow, fact)
    if event.process:
        await _disturb(uow, event)


async def on_incident_set_aside(uow: Uow, event: case_flow.IncidentSetAside) -> None:
    """What an incident cost comes back once it does not stand (I-014)."""
    fact = facts.IncidentSetAside(
        bureau_id=event.bureau_id,
        incident_id=event.incident_id,
        set_aside_on=date.fromisoformat(event.set_aside_on),
    )
    await _record(uow, fact)


async def on_matter_closed(uow: Uow, event: case_flow.MatterClosed) -> None:
    """SR-01: the unit's further points when an incident's matter was finished very late."""
    if event.incident_id:
        fact = facts.MatterClosed(
            bureau_id=event.bureau_id,
            matter_id=event.matter_id,
            incident_id=event.incident_id,
            closed_on=date.fromisoformat(event.closed_on),
            late_working_days=event.late_working_days,
        )
        await _record(uow, fact)


async def on_inquiry_decided(uow: Uow, event: case_flow.InquiryDecided) -> None:
    """SR-01 and SR-03 for persons, SR-07 for persons and their units."""
    fact = facts.InquiryDecided(
        bureau_id=event.bureau_id,
        inquiry_id=event.inquiry_id,
        incident_id=event.incident_id,
        decided_on=date.fromisoformat(event.decided_on),
        outcomes=tuple(_outcome(one) for one in event.outcomes),
    )
    await _record(uow, fact)


async def on_appeal_decided(uow: Uow, event: case_flow.AppealDecided) -> None:
    """A decision that was set aside: what persons and units lost by it comes back."""
    if event.upheld:
        return
    fact = facts.InquirySetAside(
        bureau_id=event.bureau_id,
        inquiry_id=event.inquiry_id,
        incident_id=event.incident_id,
        decided_on=date.fromisoformat(event.decided_on),
    )
    await _record(uow, fact)


async def on_hold_corrected(uow: Uow, event: case_flow.HoldCorrected) -> None:
    """SR-02: nothing for a corrected hold, points for the third of one person within 30 days."""
    fact = facts.HoldCorrected(
        bureau_id=event.bureau_id,
        hold_id=event.hold_id,
        person_id=event.person_id,
        unit_id=event.unit_id,
        corrected_on=local_date(event.corrected_at.ToDatetime(UTC)),
        count=event.count_in_30_days,
    )
    await _record(uow, fact)


async def on_rectification_overdue(uow: Uow, event: case_flow.RectificationOverdue) -> None:
    """SR-06."""
    fact = facts.RectificationOverdue(
        bureau_id=event.bureau_id,
        order_id=event.order_id,
        unit_id=event.unit_id,
        block=event.blocks,
        overdue_from=date.fromisoformat(event.overdue_from or event.due_on),
    )
    await _record(uow, fact)


async def on_rotation_overdue(uow: Uow, event: risk_registry.RotationOverdue) -> None:
    """SR-08: a month has begun."""
    fact = facts.RotationOverdue(
        bureau_id=event.bureau_id,
        rotation_id=event.rotation_id,
        post_id=event.post_id,
        unit_id=event.unit_id,
        month=event.month,
        started_on=date.fromisoformat(event.started_on),
    )
    await _record(uow, fact)


async def on_rotation_resolved(uow: Uow, event: risk_registry.RotationResolved) -> None:
    """SR-08: a month that begins only after the holder was gone does not count, however late that was told."""
    if event.outcome == risk_registry.RotationOutcome.ROTATION_OUTCOME_LEFT_POST:
        fact = facts.RotationResolved(
            bureau_id=event.bureau_id,
            rotation_id=event.rotation_id,
            post_id=event.post_id,
            resolved_on=date.fromisoformat(event.resolved_on),
        )
        await _record(uow, fact)


async def on_complaint_substantiated(uow: Uow, event: complaints.ComplaintSubstantiated) -> None:
    """SR-04."""
    fact = facts.ComplaintSubstantiated(
        bureau_id=event.bureau_id,
        complaint_id=event.complaint_id,
        kind=ComplaintKind(label(complaints.ComplaintKind, event.kind)),
        unit_id=event.unit_id,
        person_id=event.person_id or None,
        decided_on=date.fromisoformat(event.decided_on),
        incident_id=event.incident_id or None,
    )
    await _record(uow, fact)


async def on_complaint_overturned(uow: Uow, event: complaints.ComplaintOverturned) -> None:
    """SR-04: the handling unit's points."""
    fact = facts.ComplaintOverturned(
        bureau_id=event.bureau_id,
        complaint_id=event.complaint_id,
        unit_id=event.unit_id,
        decided_on=date.fromisoformat(event.decided_on),
    )
    await _record(uow, fact)


async def on_education_overdue(uow: Uow, event: education.EducationOverdue) -> None:
    """SR-05: the person's points."""
    fact = facts.EducationOverdue(
        bureau_id=event.bureau_id,
        assignment_id=event.assignment_id,
        person_id=event.person_id,
        unit_id=event.unit_id,
        overdue_from=date.fromisoformat(event.overdue_from),
    )
    await _record(uow, fact)


async def on_batch_unit_overdue(uow: Uow, event: education.BatchUnitOverdue) -> None:
    """SR-05: the unit's points when more than its share of a batch is overdue."""
    fact = facts.BatchUnitOverdue(
        bureau_id=event.bureau_id,
        batch_id=event.batch_id,
        unit_id=event.unit_id,
        due_on=date.fromisoformat(event.due_on),
        total=event.total,
        overdue=event.overdue,
    )
    await _record(uow, fact)


async def on_process_version_published(uow: Uow, event: risk_registry.ProcessVersionPublished) -> None:
    """SR-10: the count of quiet days begins on the version's first day."""
    fact = facts.ProcessReformed(
        bureau_id=event.bureau_id,
        version_id=event.version_id,
        process=event.process,
        unit_id=event.owner_unit_id,
        effective_from=date.fromisoformat(event.effective_from),
        removed=min(len(event.removed_steps), event.previous_step_count - len(event.steps)),
    )
    if fact.removed > 0:
        await _record(uow, fact)
        await watch_process(uow, fact)


SUBSCRIPTIONS: Mapping[type[Message], Callable[[Uow, Any], Awaitable[None]]] = {
    **ORG_SUBSCRIPTIONS,
    case_flow.IncidentConfirmed: on_incident_confirmed,
    case_flow.IncidentSetAside: on_incident_set_aside,
    case_flow.MatterClosed: on_matter_closed,
    case_flow.InquiryDecided: on_inquiry_decided,
    case_flow.AppealDecided: on_appeal_decided,
    case_flow.HoldCorrected: on_hold_corrected,
    case_flow.RectificationOverdue: on_rectification_overdue,
    complaints.ComplaintSubstantiated: on_complaint_substantiated,
    complaints.ComplaintOverturned: on_complaint_overturned,
    education.EducationOverdue: on_education_overdue,
    education.BatchUnitOverdue: on_batch_unit_overdue,
    risk_registry.ProcessVersionPublished: on_process_version_published,
    risk_registry.RotationOverdue: on_rotation_overdue,
    risk_registry.RotationResolved: on_rotation_resolved,
}
TIMERS = {QUIET: on_quiet_passed}


async def _record(uow: Uow, fact: facts.AnyFact) -> None:
    assert uow.event is not None  # noqa: S101  the consumer sets it
    await record_fact(uow, fact, uow.event.id)


async def _disturb(uow: Uow, event: case_flow.IncidentConfirmed) -> None:
    """SR-10 looks at the process alone: its own fact, under its own evidence, linked to no case."""
    fact = facts.ProcessIncident(
        bureau_id=event.bureau_id,
        incident_id=event.incident_id,
        process=event.process,
        occurred_on=date.fromisoformat(event.occurred_on),
    )
    assert uow.event is not None  # noqa: S101  the consumer sets it
    await record_fact(uow, fact, f"{uow.event.id}/process")
    await watch_process(uow, fact)


def _outcome(one: case_flow.InquiryDecided.Outcome) -> facts.Outcome:
    form = label(case_flow.AccountabilityForm, one.form)
    return facts.Outcome(
        person_id=one.person_id,
        unit_id=one.unit_id,
        part=facts.Part(label(case_flow.Part, one.part)) if one.part else None,
        form=None if form in _NO_FORM else Form(form),
    )
