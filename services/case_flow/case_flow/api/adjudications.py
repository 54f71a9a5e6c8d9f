"""Collective adjudications of major cases as entities of the graph (重大案件集体审理, S2-060)."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Connection, Context, Info

from case_flow.access import POLICY
from case_flow.adjudication_access import adjudication_resource
from case_flow.api import matter_loaders
from case_flow.api.control_enums import Choice, Party
from case_flow.api.matters import Matter
from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain import adjudication as rules
from case_flow.domain.adjudication import AdjudicationState, Round
from case_flow.storage import adjudication as storage
from case_flow.storage import participant

strawberry.enum(AdjudicationState, description="提请 PROPOSED, 书面 WRITTEN, 会议 MEETING, 审结 DECIDED")
strawberry.enum(Round, name="AdjudicationRound", description="书面审理 WRITTEN, 会议审理 MEETING")


@strawberry.type(description="审理委员会成员单位的代表")
class AdjudicationMember:
    person: Person
    unit: Unit
    recused: bool
    recusal_reason: str
    present: bool


@strawberry.type(description="审理意见, by name; all are shown once the case is decided.")
class AdjudicationOpinion:
    round: Round
    person: Person
    choice: Choice
    text: str
    given_at: datetime


@strawberry.federation.type(
    keys=["id"], description="重大案件集体审理: what the committee ruled on a major case."
)
class Adjudication:
    row: strawberry.Private[rules.Adjudication]
    id: strawberry.ID
    state: AdjudicationState
    party: Party
    amount_fen: int
    dossier: str
    proposal: str
    threshold: str = strawberry.field(description="The version of the threshold that was looked at.")
    number: str | None
    quorum: int | None = strawberry.field(description="Two thirds of the member units.")
    meeting_on: date | None
    minutes: str | None
    votes_for: int | None
    votes_against: int | None
    abstained: int | None
    carried: bool | None
    decided_on: date | None

    @classmethod
    def of(cls, row: rules.Adjudication) -> "Adjudication":
        return cls(
            row=row,
            id=strawberry.ID(row.id),
            state=row.state,
            party=row.party,
            amount_fen=row.amount_fen,
            dossier=row.dossier,
            proposal=row.proposal,
            threshold=row.threshold,
            number=row.number,
            quorum=row.quorum,
            meeting_on=row.meeting_on,
            minutes=row.minutes,
            votes_for=row.votes_for,
            votes_against=row.votes_against,
            abstained=row.abstained,
            carried=row.carried,
            decided_on=row.decided_on,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Adjudication | None":
        return await adjudication_of(info, id)

    @strawberry.field(description="The case, for those who may see it too.")
    async def matter(self, info: Info) -> Matter | None:
        found = await matter_loaders.matter(info.context, self.row.matter_id)
        return Matter.of(found) if found else None

    @strawberry.field
    async def members(self, info: Info) -> list[AdjudicationMember]:
        async with info.context.read() as conn:
            seats = await storage.seats(conn, self.row.id)
        return [
            AdjudicationMember(
                person=person(one.person_id),
                unit=unit(one.unit_id),
                recused=one.recused,
                recusal_reason=one.recusal_reason,
                present=one.present,
            )
            for one in seats
        ]

    @strawberry.field(
        description="Your own opinion; once the case is decided all of them, dissents included."
    )
    async def opinions(self, info: Info) -> list[AdjudicationOpinion]:
        async with info.context.read() as conn:
            given = await storage.opinions(conn, self.row.id)
        return [
            AdjudicationOpinion(
                round=one.round,
                person=person(one.person_id),
                choice=one.choice,
                text=one.text,
                given_at=one.given_at,
            )
            for one in given
        ]


@strawberry.type(description="Adjudications that you take part in, newest first.")
class AdjudicationConnection(Connection[Adjudication]):
    pass


async def adjudication_of(info: Info, adjudication_id: str | None) -> Adjudication | None:
    """The adjudication as the caller sees it."""
    found = await info.context.loader(_adjudications).load(adjudication_id) if adjudication_id else None
    return Adjudication.of(found) if found else None


async def _adjudications(context: Context, ids: Sequence[str]) -> list[rules.Adjudication | None]:
    async with context.read() as conn:
        rows = await storage.many(conn, ids)
        mine = await participant.mine(conn, list(rows), context.principal.person_id)
    me = (context.principal.person_id or "",)
    resources = [adjudication_resource(row, me if row.id in mine else ()) for row in rows.values()]
    decisions = POLICY.decide(context.principal, "read", resources)
    allowed = {one.id for one, yes in zip(resources, decisions, strict=True) if yes}
    return [rows[one] if one in allowed else None for one in ids]
