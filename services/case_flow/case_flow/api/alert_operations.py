"""What may be asked about alerts and done with them."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import (
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)

from case_flow.api import control_loaders as loaders
from case_flow.api.alerts import Alert, AlertConnection, PhaseTotal
from case_flow.api.control_enums import (
    AlertPhase,
    AlertState,
    Capacity,
    IncidentLevel,
    RiskGrade,
    RootCause,
    Verdict,
)
from case_flow.api.incidents import Incident
from case_flow.domain import alert as domain
from case_flow.rules import CONTROL_RULES, rules_of
from case_flow.storage import alert as alerts
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.assign_verification import AssignVerification, assign_verification
from case_flow.use_cases.explain_alert import ExplainAlert, explain_alert
from case_flow.use_cases.open_incident import ActDraft, IncidentDraft
from case_flow.use_cases.resolve_alert import ResolveAlert, resolve_alert


@strawberry.input(description="What to list; a field left out means any.")
class AlertFilter:
    phase: AlertPhase | None = None
    grade: RiskGrade | None = None
    state: AlertState | None = None
    kind: str | None = None
    unit: strawberry.ID | None = None
    matter_id: strawberry.ID | None = None
    due_before: date | None = None

    def stored(self) -> alerts.AlertFilter:
        due_before = self.due_before.isoformat() if self.due_before else None
        return alerts.AlertFilter(
            self.phase, self.grade, self.state, self.kind, self.unit, self.matter_id, due_before
        )

    def matches(self, row: domain.Alert) -> bool:
        """Whether an alert that was just raised is wanted."""
        return (
            self.phase in (None, row.phase)
            and self.grade in (None, row.grade)
            and self.kind in (None, row.kind)
            and self.matter_id in (None, row.matter_id)
            and (self.unit is None or self.unit in row.unit_ids)
        )


@strawberry.input
class AcknowledgeAlertInput:
    client_mutation_id: str
    alert_id: strawberry.ID


@strawberry.input
class ExplainAlertInput:
    client_mutation_id: str
    alert_id: strawberry.ID
    explanation: str


@strawberry.input(description="What a person did; the unit is the person's own on that day.")
class IncidentActInput:
    person_id: strawberry.ID
    capacity: Capacity
    fraud: bool = False
    dissented: bool = False


@strawberry.input(description="The incident that a confirmed verdict opens.")
class IncidentInput:
    level: IncidentLevel
    root_cause: RootCause
    acts: list[IncidentActInput]
    kind: str | None = None
    occurred_on: date | None = None
    self_reported: bool = False

    def draft(self) -> IncidentDraft:
        acts = tuple(ActDraft(one.person_id, one.capacity, one.fraud, one.dissented) for one in self.acts)
        return IncidentDraft(
            self.level, self.root_cause, acts, self.kind, self.occurred_on, self.self_reported
        )


@strawberry.input
class ResolveAlertInput:
    client_mutation_id: str
    alert_id: strawberry.ID
    verdict: Verdict
    evidence: str
    incident: IncidentInput | None = None


@strawberry.input
class AssignVerificationInput:
    client_mutation_id: str
    alert_id: strawberry.ID
    verifier_id: strawberry.ID
    reason: str


@strawberry.type
class AlertPayload:
    alert: Alert | None
    user_errors: list[UserError]


@strawberry.type
class ResolveAlertPayload:
    alert: Alert | None
    incident: Incident | None
    user_errors: list[UserError]


@strawberry.type
class AlertQuery:
    @strawberry.field(description="One alert; null when it does not exist or is not yours to see.")
    async def alert(self, info: Info, id: strawberry.ID) -> Alert | None:
        return await _alert(info, id)

    @strawberry.field(description="Alerts that you see, with the bureau's totals by phase.")
    async def alerts(
        self, info: Info, filter: AlertFilter | None = None, first: int = 50, after: str | None = None
    ) -> AlertConnection:
        size = page_size(first)
        cursor = decode_cursor(after, tuple[datetime, str]) if after else None
        async with info.context.read() as conn:
            rows = await alerts.page(conn, (filter or AlertFilter()).stored(), cursor, size + 1)
            counts = await alerts.counts(conn)
        edges, page_info = paginate(
            rows, size, Alert.of, lambda row: encode_cursor(row.raised_at.isoformat(), row.id)
        )
        least = (await rules_of(info.context, CONTROL_RULES)).count_suppressed_below
        totals = [_total(phase, *found, least) for phase, found in counts.items()]
        return AlertConnection(edges=edges, page_info=page_info, totals=totals)


@strawberry.type
class AlertMutation:
    @strawberry.mutation(description="签收预警: somebody of its line has taken note.")
    async def acknowledge_alert(self, info: Info, input: AcknowledgeAlertInput) -> AlertPayload:
        done, errors = await run(
            info, acknowledge_alert, AcknowledgeAlert(input.alert_id), input.client_mutation_id
        )
        return AlertPayload(alert=await _alert(info, done), user_errors=errors)

    @strawberry.mutation(description="说明: the subject says how it came about.")
    async def explain_alert(self, info: Info, input: ExplainAlertInput) -> AlertPayload:
        command = ExplainAlert(input.alert_id, input.explanation)
        done, errors = await run(info, explain_alert, command, input.client_mutation_id)
        return AlertPayload(alert=await _alert(info, done), user_errors=errors)

    @strawberry.mutation(description="核查: the verifier's verdict; confirmed, it opens an incident.")
    async def resolve_alert(self, info: Info, input: ResolveAlertInput) -> ResolveAlertPayload:
        draft = input.incident.draft() if input.incident else None
        command = ResolveAlert(input.alert_id, input.verdict, input.evidence, draft)
        done, errors = await run(info, resolve_alert, command, input.client_mutation_id)
        opened = await loaders.incident(info.context, done.incident_id) if done and done.incident_id else None
        return ResolveAlertPayload(
            alert=await _alert(info, done.alert_id if done else None),
            incident=Incident.of(opened) if opened else None,
            user_errors=errors,
        )

    @strawberry.mutation(
        description="指派核查: to somebody else, where nobody was found or the limit has passed; the limit runs anew."
    )
    async def assign_verification(self, info: Info, input: AssignVerificationInput) -> AlertPayload:
        command = AssignVerification(input.alert_id, input.verifier_id, input.reason)
        done, errors = await run(info, assign_verification, command, input.client_mutation_id)
        return AlertPayload(alert=await _alert(info, done), user_errors=errors)


async def _alert(info: Info, alert_id: str | None) -> Alert | None:
    found = await loaders.alert(info.context, alert_id) if alert_id else None
    return Alert.of(found) if found else None


def _total(phase: AlertPhase, total: int, visible: int, least: int) -> PhaseTotal:
    """A small count, or a small remainder behind what one sees, would point at somebody."""
    hidden = total - visible
    suppressed = hidden > 0 and (total < least or hidden < least)
    return PhaseTotal(
        phase=phase, total=None if suppressed else total, visible=visible, suppressed=suppressed
    )
