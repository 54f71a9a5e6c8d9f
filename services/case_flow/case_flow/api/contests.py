"""What becomes of an incident: contested by whoever is named in it (I-014), graver than it was confirmed (S1-005)."""

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from case_flow.api import control_loaders as loaders
from case_flow.api.control_enums import IncidentLevel
from case_flow.api.incidents import Incident
from case_flow.use_cases.contest_incident import (
    ContestIncident,
    DecideContest,
    contest_incident,
    decide_contest,
)
from case_flow.use_cases.escalate_incident import EscalateIncident, escalate_incident


@strawberry.input
class ContestIncidentInput:
    client_mutation_id: str
    incident_id: strawberry.ID
    grounds: str


@strawberry.input(description="`stands` false sets the incident aside: nothing follows from it any more.")
class DecideContestInput:
    client_mutation_id: str
    contest_id: strawberry.ID
    stands: bool
    reasons: str


@strawberry.input(description="A graver level than the incident has.")
class EscalateIncidentInput:
    client_mutation_id: str
    incident_id: strawberry.ID
    level: IncidentLevel
    reason: str


@strawberry.type
class IncidentPayload:
    incident: Incident | None
    user_errors: list[UserError]


@strawberry.type
class ContestMutation:
    @strawberry.mutation(description="申辩: whoever is named in an incident says what is wrong with it.")
    async def contest_incident(self, info: Info, input: ContestIncidentInput) -> IncidentPayload:
        command = ContestIncident(input.incident_id, input.grounds)
        return await _payload(info, *await run(info, contest_incident, command, input.client_mutation_id))

    @strawberry.mutation(description="复核: the head, or the discipline lead, decides whether it stands.")
    async def decide_contest(self, info: Info, input: DecideContestInput) -> IncidentPayload:
        command = DecideContest(input.contest_id, input.stands, input.reasons)
        return await _payload(info, *await run(info, decide_contest, command, input.client_mutation_id))

    @strawberry.mutation(description="升级: the head or the discipline lead says that it is graver.")
    async def escalate_incident(self, info: Info, input: EscalateIncidentInput) -> IncidentPayload:
        command = EscalateIncident(input.incident_id, input.level, input.reason)
        return await _payload(info, *await run(info, escalate_incident, command, input.client_mutation_id))


async def _payload(info: Info, done: str | None, errors: list[UserError]) -> IncidentPayload:
    found = await loaders.incident(info.context, done) if done else None
    return IncidentPayload(incident=Incident.of(found) if found else None, user_errors=errors)
