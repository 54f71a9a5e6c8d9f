"""Deviations of running power over GraphQL: what alerts proved, where, and how it was put right (S2-047)."""

from datetime import date, datetime, timedelta
from typing import Annotated

import strawberry
from plumbline_shared.clock import local_date, start_of_day
from plumbline_shared.graphql import (
    Connection,
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)

from risk_registry.api import ledger_loaders, loaders
from risk_registry.api.ledger import Alert
from risk_registry.api.references import Person, Unit, person, unit
from risk_registry.api.rule_enums import DeficiencyType
from risk_registry.api.types import RiskPoint
from risk_registry.domain import deviations as domain
from risk_registry.domain.ledger import AlertOutcome, LedgerRow
from risk_registry.storage import deviations as stored
from risk_registry.use_cases.record_deviation import AnswerDeviation, answer_deviation

Seen = tuple[domain.Deviation, LedgerRow]


@strawberry.type
class DeviationAnswer:
    deficiency: DeficiencyType
    correction: str
    answered_by: Person
    answered_at: datetime

    @classmethod
    def of(cls, one: domain.DeviationAnswer) -> "DeviationAnswer":
        return cls(
            deficiency=one.deficiency,
            correction=one.correction,
            answered_by=person(one.answered_by),
            answered_at=one.answered_at,
        )


@strawberry.type(description="权力运行偏差: what an alert proved, read with the alert's row.")
class Deviation:
    row: strawberry.Private[LedgerRow]
    alert: Alert
    kind: str
    outcome: AlertOutcome = strawberry.field(
        description="CONFIRMED by verification, OVERRIDDEN, or CORRECTED under a hold."
    )
    process: str
    units: list[Unit]
    raised_at: datetime
    answer: DeviationAnswer | None

    @classmethod
    def of(cls, seen: Seen) -> "Deviation":
        one, row = seen
        return cls(
            row=row,
            alert=Alert(id=strawberry.ID(one.alert_id)),
            kind=row.alert.kind,
            outcome=one.outcome,
            process=one.process,
            units=[unit(each) for each in one.unit_ids if each],
            raised_at=row.alert.raised_at,
            answer=DeviationAnswer.of(one.answer) if one.answer else None,
        )

    @strawberry.field(description="The point as of that day, for those who may read it too.")
    async def risk_point(self, info: Info) -> RiskPoint | None:
        on = local_date(self.row.alert.raised_at)
        found = await loaders.point(info.context, self.row.alert.point_id, on)
        return RiskPoint.of(found) if found else None


@strawberry.input(description="Every part narrows; the period is that in which the alerts were raised.")
class DeviationFilter:
    process: str | None = None
    unit_id: strawberry.ID | None = None
    raised_from: date | None = None
    raised_to: date | None = strawberry.field(default=None, description="This day included.")
    answered: bool | None = None

    def wanted(self) -> domain.DeviationFilter:
        return domain.DeviationFilter(
            process=self.process,
            unit_id=self.unit_id,
            start=start_of_day(self.raised_from) if self.raised_from else None,
            end=start_of_day(self.raised_to + timedelta(days=1)) if self.raised_to else None,
            answered=self.answered,
        )


@strawberry.type(description="Deviations that you may see, newest alert first.")
class DeviationConnection(Connection[Deviation]):
    pass


FilterArgument = Annotated[DeviationFilter | None, strawberry.argument(name="filter")]


@strawberry.type
class DeviationQuery:
    @strawberry.field(description="The log of deviations of running power (S2-047).")
    async def deviations(
        self, info: Info, narrowed: FilterArgument = None, first: int = 50, after: str | None = None
    ) -> DeviationConnection:
        context, size = info.context, page_size(first)
        loaders.bureau_of(context)
        start = decode_cursor(after, tuple[datetime, str]) if after else None
        wanted = (narrowed or DeviationFilter()).wanted()
        async with context.read() as conn:
            found = await stored.page(conn, context.principal, wanted, start, size + 1)
        rows = [(one, await ledger_loaders.row(context, one.alert_id)) for one in found]
        seen = [(one, row) for one, row in rows if row]
        edges, more = paginate(seen, size, Deviation.of, _cursor)
        return DeviationConnection(edges=edges, page_info=more)


def _cursor(seen: Seen) -> str:
    return encode_cursor(seen[1].alert.raised_at.isoformat(), seen[0].alert_id)


@strawberry.input(description="Whether the rule or its execution fell short, and how it was put right.")
class AnswerDeviationInput:
    client_mutation_id: str
    alert_id: strawberry.ID
    deficiency: DeficiencyType
    correction: str


@strawberry.type
class AnswerDeviationPayload:
    alert: Alert | None
    user_errors: list[UserError]


@strawberry.type
class DeviationMutation:
    @strawberry.mutation(description="Answer a deviation, once; by those who manage it.")
    async def answer_deviation(self, info: Info, input: AnswerDeviationInput) -> AnswerDeviationPayload:
        command = AnswerDeviation(input.alert_id, input.deficiency, input.correction)
        done, errors = await run(info, answer_deviation, command, input.client_mutation_id)
        alert = Alert(id=strawberry.ID(done.alert_id)) if done else None
        return AnswerDeviationPayload(alert=alert, user_errors=errors)
