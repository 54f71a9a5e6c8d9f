"""Tuning of indicators over GraphQL: how often each is wrong, a dry run over recorded alerts, proposals."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, cast

import strawberry
from plumbline_shared.clock import start_of_day
from plumbline_shared.errors import TooLarge
from plumbline_shared.graphql import Citation, Context, Info, UserError, run
from plumbline_shared.principal import system
from strawberry.scalars import JSON

from risk_registry.api import loaders
from risk_registry.api.indicators import Indicator, version
from risk_registry.api.ledger import Alert
from risk_registry.api.references import Person, person
from risk_registry.domain import tuning as domain
from risk_registry.domain.indicators import in_force
from risk_registry.domain.ledger import AlertOutcome
from risk_registry.policies import POLICY
from risk_registry.policies.indicators import indicator_resource
from risk_registry.storage import indicators as stored
from risk_registry.storage.tuning import outcomes, recorded, tunings
from risk_registry.tuning_rules import rule_on, versions
from risk_registry.use_cases import propose_tuning as proposing
from risk_registry.use_cases.keep_indicator import indicator_body


@strawberry.type(description="误报率: false positives among judged alerts, with the Wilson interval; 0 to 1.")
class IndicatorTally:
    judged: int
    false_positives: int
    share: float
    low: float
    high: float
    suggested: bool = strawberry.field(description="Surely above the rule's share: tune it.")
    rule: Citation

    @classmethod
    def of(cls, one: domain.Tally) -> "IndicatorTally":
        citation = next(rule.citation for rule in versions() if rule.version == one.rule)
        return cls(
            judged=one.judged,
            false_positives=one.false_positives,
            share=one.share,
            low=one.low,
            high=one.high,
            suggested=one.suggested,
            rule=Citation(text=citation, version=one.rule),
        )


@strawberry.type(description="Recorded alerts with one outcome; `raised` null where a fact is missing.")
class DryRunCell:
    outcome: AlertOutcome | None
    raised: bool | None
    alerts: int

    @classmethod
    def of(cls, one: domain.DryRunCell) -> "DryRunCell":
        return cls(outcome=one.outcome, raised=one.raised, alerts=one.alerts)


@strawberry.type(description="How often a version in force is wrong.")
class IndicatorAccuracy:
    indicator: Indicator
    tally: IndicatorTally


@strawberry.type(description="A draft that is to do better than a version, with what it rests on (L12).")
class IndicatorTuning:
    one: strawberry.Private[domain.Tuning]
    id: strawberry.ID
    reason: str
    proposed_by: Person
    proposed_at: datetime
    tally: IndicatorTally
    dry_run: list[DryRunCell]
    false_positives: list[Alert]

    @classmethod
    def of(cls, one: domain.Tuning) -> "IndicatorTuning":
        return cls(
            one=one,
            id=strawberry.ID(one.id),
            reason=one.reason,
            proposed_by=person(one.proposed_by),
            proposed_at=one.proposed_at,
            tally=IndicatorTally.of(one.evidence.tally),
            dry_run=[DryRunCell.of(cell) for cell in one.evidence.dry_run],
            false_positives=[Alert(id=strawberry.ID(alert)) for alert in one.false_positives],
        )

    @strawberry.field(description="The version that is wrong too often.")
    async def tuned(self, info: Info) -> Indicator | None:
        found = await version(info.context, self.one.from_version)
        return Indicator.of(found) if found else None

    @strawberry.field(description="Its next version, drafted; somebody else activates it.")
    async def draft(self, info: Info) -> Indicator | None:
        found = await version(info.context, self.one.draft_version)
        return Indicator.of(found) if found else None


FromDay = Annotated[date, strawberry.argument(name="from")]
ToDay = Annotated[date, strawberry.argument(name="to")]


@strawberry.type
class TuningQuery:
    @strawberry.field(description="For each indicator in force how often it is wrong; the worst first.")
    async def indicator_accuracy(self, info: Info) -> list[IndicatorAccuracy]:
        context = info.context
        bureau = _weighing(context)
        rule = rule_on(context.today)
        async with context.runtime.db.read(system(bureau)) as conn:
            known = await stored.versions(conn, bureau)
            counting = in_force(known, await stored.retirements(conn, bureau), context.today)
            counts = await outcomes(conn, bureau)
        found = [(one, domain.tally(counts.get(one.id, {}), rule)) for one in counting]
        found.sort(key=lambda each: (-each[1].low, each[0].code))
        return [
            IndicatorAccuracy(indicator=Indicator.of(one), tally=IndicatorTally.of(tally))
            for one, tally in found
        ]

    @strawberry.field(
        description="What a body would say of the alerts of its kind that were raised in a period; of what was "
        "never raised it says nothing."
    )
    async def indicator_dry_run(self, info: Info, body: JSON, start: FromDay, end: ToDay) -> list[DryRunCell]:
        context = info.context
        bureau = _weighing(context)
        given = indicator_body(cast(dict[str, Any], body))
        first, last = start_of_day(start), start_of_day(end + timedelta(days=1))
        most = proposing.MOST_ALERTS
        async with context.runtime.db.read(system(bureau)) as conn:
            alerts = await recorded(conn, bureau, given.alert_kind, first, last, most + 1)
        if len(alerts) > most:
            raise TooLarge(f"more than {most} alerts: choose a shorter period", path=("to",))
        return [DryRunCell.of(cell) for cell in domain.dry_run(given, alerts)]

    @strawberry.field(description="Proposals to tune indicators, oldest first.")
    async def indicator_tunings(self, info: Info) -> list[IndicatorTuning]:
        bureau = _weighing(info.context)
        async with info.context.read() as conn:
            found = await tunings(conn, bureau)
        return [IndicatorTuning.of(one) for one in found]


def _weighing(context: Context) -> str:
    """The bureau of a reader who may weigh indicators. Raises NotFound."""
    bureau = loaders.bureau_of(context)
    POLICY.require(context.principal, "weigh", indicator_resource("all", bureau))
    return bureau


@strawberry.input(description="`body` of the next version; `versionId` the one that is wrong too often.")
class ProposeIndicatorTuningInput:
    client_mutation_id: str
    version_id: strawberry.ID
    body: JSON
    reason: str


@strawberry.type
class IndicatorTuningPayload:
    tuning_id: strawberry.ID | None
    draft_version_id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class TuningMutation:
    @strawberry.mutation(description="Draft a version that is to do better, kept with what it rests on.")
    async def propose_indicator_tuning(
        self, info: Info, input: ProposeIndicatorTuningInput
    ) -> IndicatorTuningPayload:
        command = proposing.ProposeTuning(input.version_id, cast(dict[str, Any], input.body), input.reason)
        done, errors = await run(info, proposing.propose_tuning, command, input.client_mutation_id)
        return IndicatorTuningPayload(
            tuning_id=strawberry.ID(done.id) if done else None,
            draft_version_id=strawberry.ID(done.draft_version_id) if done else None,
            user_errors=errors,
        )
