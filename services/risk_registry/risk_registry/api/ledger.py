"""The alert ledger over GraphQL: rows with posts, persons and line as of their instant, limits, outcomes, totals."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, cast

import strawberry
from plumbline_shared.clock import local_date, start_of_day
from plumbline_shared.graphql import (
    Citation,
    Connection,
    Info,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
)
from strawberry.scalars import JSON

from risk_registry.alert_limits import limits
from risk_registry.api import ledger_loaders, loaders
from risk_registry.api.enums import AlertPhase, RiskGrade
from risk_registry.api.references import Person, Post, Unit, person, post, unit
from risk_registry.api.types import RiskPoint
from risk_registry.domain import ledger as domain
from risk_registry.domain.ledger import AlertOutcome, LedgerRow, Part
from risk_registry.storage.ledger import page, totals

strawberry.enum(
    AlertOutcome,
    name="AlertOutcome",
    description="属实 CONFIRMED, 已说明 EXPLAINED, 误报 FALSE_POSITIVE, 已更正 CORRECTED, 经批准 OVERRIDDEN, "
    "已放弃 ABANDONED, 原因消除 SETTLED",
)
strawberry.enum(
    Part,
    name="AlertPart",
    description="责任人 ANSWERABLE, 管理 MANAGER, 监督 MONITOR, 跟踪 TRACKER, 核查 VERIFIER, 知悉 INFORMED",
)


@strawberry.type(description="A person of an alert's row, on the post held when it was raised.")
class AlertLine:
    part: Part
    person: Person
    post: Post | None
    unit: Unit | None
    basis: str = strawberry.field(description="The rule that puts them there.")

    @classmethod
    def of(cls, one: domain.AlertLine) -> "AlertLine":
        return cls(
            part=one.part,
            person=person(one.person_id),
            post=post(one.post_id) if one.post_id else None,
            unit=unit(one.unit_id) if one.unit_id else None,
            basis=one.basis,
        )


@strawberry.type(description="The indicator version that was active when the alert was raised (I-014).")
class AlertExplanation:
    indicator_version_id: strawberry.ID
    code: str
    number: int
    title: str
    title_en: str
    basis: str
    citation: str
    condition: str


@strawberry.type(description="A limit of an alert; `lateWorkingDays` up to the day it was met, or today.")
class AlertLimit:
    due_on: date
    met_at: datetime | None
    late_working_days: int
    rule: Citation


@strawberry.type(description="预警台账: one alert, resolved as of the instant it was raised.")
class AlertLedgerEntry:
    row: strawberry.Private[LedgerRow]
    kind: str
    phase: AlertPhase
    grade: RiskGrade | None
    units: list[Unit]
    raised_at: datetime
    outcome: AlertOutcome | None
    resolved_at: datetime | None
    incident_id: strawberry.ID | None

    @classmethod
    def of(cls, row: LedgerRow) -> "AlertLedgerEntry":
        return cls(
            row=row,
            kind=row.alert.kind,
            phase=row.alert.phase,
            grade=row.alert.grade,
            units=[unit(one) for one in row.unit_ids if one],
            raised_at=row.alert.raised_at,
            outcome=row.outcome,
            resolved_at=row.resolved_at,
            incident_id=strawberry.ID(row.incident_id) if row.incident_id else None,
        )

    @strawberry.field
    def alert(self) -> "Alert":
        return Alert(id=strawberry.ID(self.row.alert.id))

    @strawberry.field(description="The point as of that day, for those who may read it too.")
    async def risk_point(self, info: Info) -> RiskPoint | None:
        on = local_date(self.row.alert.raised_at)
        found = await loaders.point(info.context, self.row.alert.point_id, on)
        return RiskPoint.of(found) if found else None

    @strawberry.field(description="Who answers, manages, monitors, tracks, verifies, is informed (S2-037).")
    async def lines(self, info: Info) -> list[AlertLine]:
        found = await ledger_loaders.lines(info.context, self.row.alert.id)
        return [AlertLine.of(one) for one in found]

    @strawberry.field
    async def explanation(self, info: Info) -> AlertExplanation | None:
        if self.row.indicator_version is None:
            return None
        found = await ledger_loaders.indicator(info.context, self.row.indicator_version)
        if found is None:
            return None
        return AlertExplanation(
            indicator_version_id=strawberry.ID(found.id),
            code=found.code,
            number=found.version,
            title=found.body.title_zh,
            title_en=found.body.title_en,
            basis=found.body.basis,
            citation=found.body.citation,
            condition=found.body.when,
        )

    @strawberry.field(description="What the control looked at.")
    def facts(self) -> JSON:
        return cast(JSON, dict(self.row.facts))

    @strawberry.field(description="To take note of it; an outcome before that meets it as well.")
    async def acknowledge(self, info: Info) -> AlertLimit:
        met = self.row.acknowledged_at or self.row.resolved_at
        return await _limit(info, self.row, self.row.acknowledge_due, met, None)

    @strawberry.field(description="To verify it; null where nobody is to.")
    async def verify(self, info: Info) -> AlertLimit | None:
        if self.row.verify_due is None:
            return None
        return await _limit(info, self.row, self.row.verify_due, self.row.resolved_at, self.row.alert.grade)


@strawberry.federation.type(keys=["id"], description="What the ledger says of an alert of case flow.")
class Alert:
    id: strawberry.ID

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "Alert | None":
        return cls(id=id) if await ledger_loaders.row(info.context, id) else None

    @strawberry.field(description="Null when it is not in the ledger, or its row is not yours to see.")
    async def ledger_entry(self, info: Info) -> AlertLedgerEntry | None:
        found = await ledger_loaders.row(info.context, self.id)
        return AlertLedgerEntry.of(found) if found else None


@strawberry.input(description="Every part narrows. `overdue`: a limit has passed that is not met yet.")
class AlertLedgerFilter:
    phase: AlertPhase | None = None
    grade: RiskGrade | None = None
    kind: str | None = None
    unit_id: strawberry.ID | None = None
    point_id: strawberry.ID | None = None
    outcome: AlertOutcome | None = None
    open: bool | None = None
    overdue: bool | None = None
    raised_from: date | None = None
    raised_to: date | None = strawberry.field(default=None, description="This day included.")

    def wanted(self) -> domain.LedgerFilter:
        return domain.LedgerFilter(
            phase=self.phase,
            grade=self.grade,
            kind=self.kind,
            unit_id=self.unit_id,
            point_id=self.point_id,
            outcome=self.outcome,
            open=self.open,
            overdue=self.overdue,
            start=start_of_day(self.raised_from) if self.raised_from else None,
            end=start_of_day(self.raised_to + timedelta(days=1)) if self.raised_to else None,
        )


@strawberry.type(description="Rows of the ledger that you may see, newest first.")
class AlertLedgerConnection(Connection[AlertLedgerEntry]):
    pass


@strawberry.type(description="Alerts of a phase that have an outcome; null: not yet.")
class AlertOutcomeCount:
    outcome: AlertOutcome | None
    count: int


@strawberry.type(description="Alerts of one phase (S2-039…041), with their outcomes.")
class AlertPhaseTotal:
    phase: AlertPhase
    total: int
    outcomes: list[AlertOutcomeCount]


FilterArgument = Annotated[AlertLedgerFilter | None, strawberry.argument(name="filter")]
FromDay = Annotated[date, strawberry.argument(name="from")]
ToDay = Annotated[date, strawberry.argument(name="to")]


@strawberry.type
class LedgerQuery:
    @strawberry.field(description="The alert ledger: the rows that you may see.")
    async def alert_ledger(
        self, info: Info, narrowed: FilterArgument = None, first: int = 50, after: str | None = None
    ) -> AlertLedgerConnection:
        context, size = info.context, page_size(first)
        start = decode_cursor(after, tuple[datetime, str]) if after else None
        wanted = (narrowed or AlertLedgerFilter()).wanted()
        loaders.bureau_of(context)
        async with context.read() as conn:
            rows = await page(conn, context.principal, wanted, context.today, start, size + 1)
        edges, more = paginate(ledger_loaders.allowed(context, rows), size, AlertLedgerEntry.of, _cursor)
        return AlertLedgerConnection(edges=edges, page_info=more)

    @strawberry.field(
        description="Alerts raised in a period by phase and outcome, as far as you may count them."
    )
    async def alert_totals(
        self, info: Info, start: FromDay, end: ToDay, unit_id: strawberry.ID | None = None, kind: str | None = None
    ) -> list[AlertPhaseTotal]:  # fmt: skip
        context = info.context
        bureau = loaders.bureau_of(context)
        who = await loaders.reader_on(context, context.today)
        until = start_of_day(end + timedelta(days=1))
        async with context.runtime.db.read(who) as conn:
            found = await totals(conn, bureau, start_of_day(start), until, unit_id, kind)
        return [_total(phase, found) for phase in AlertPhase]


def _total(phase: AlertPhase, found: Sequence[domain.PhaseCount]) -> AlertPhaseTotal:
    mine = [one for one in found if one.phase == phase]
    outcomes = [AlertOutcomeCount(outcome=one.outcome, count=one.alerts) for one in mine]
    return AlertPhaseTotal(phase=phase, total=sum(one.alerts for one in mine), outcomes=outcomes)


async def _limit(
    info: Info, row: LedgerRow, due: date, met: datetime | None, grade: RiskGrade | None
) -> AlertLimit:
    org = await loaders.org_of(info.context, row.alert.bureau_id)
    rule = limits(row.limits).verify[grade] if grade else limits(row.limits).acknowledge
    done = local_date(met) if met else None
    return AlertLimit(
        due_on=due,
        met_at=met,
        late_working_days=domain.days_late(org.calendar, due, done, info.context.today),
        rule=Citation(text=rule.citation, version=row.limits),
    )


def _cursor(row: LedgerRow) -> str:
    return encode_cursor(row.alert.raised_at.isoformat(), row.alert.id)
