"""The report of a replay: from the service's own tables, or from the tally of a replay without them."""

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.checks import check_ids
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.matter import Regime
from case_flow.replay.report_parts import (
    CheckReport,
    DefinitionReport,
    LogReport,
    Report,
    Throughput,
    Variant,
    Variants,
)
from case_flow.replay.tally import Tally, needs
from case_flow.storage import replay_report as tables
from case_flow.storage.replay_run import Run

SCHEMA = "plumbline.replay-report/1"
MOST_FREQUENT = 20


async def build_report(conn: Connection, run: Run, definition: ItemDefinition, digest: str) -> Report:
    """Every figure of a run."""
    totals = await tables.counts(conn, run.id)
    kinds, frequent = await tables.variants(conn, run.id, MOST_FREQUENT)
    seconds = await tables.throughput(conn, run.id) or [0.0, 0.0, 0.0]
    return Report(
        schema=SCHEMA,
        run_id=run.id,
        mode=run.regime.lower(),
        log=LogReport(run.log_name, run.log_sha256, run.cases, run.events, run.empty_cases, run.duplicates),
        definition=DefinitionReport(definition.item, definition.version, digest),
        cases=totals.cases,
        events=totals.events,
        refused_events=totals.refused_events,
        activities=totals.activities,
        persons=totals.persons,
        events_without_person=totals.events_without_person,
        activity_counts=await tables.activities(conn, run.id),
        variants=Variants(kinds, tuple(Variant(tuple(steps), cases) for steps, cases in frequent)),
        main_path=await _main_path(conn, run, definition),
        throughput=Throughput(*seconds),
        checks=tuple([await _check(conn, run, definition, check) for check in check_ids(definition)]),
    )


async def _main_path(conn: Connection, run: Run, definition: ItemDefinition) -> Variant | None:
    path = definition.main_path
    return Variant(path, await tables.exactly(conn, run.id, path)) if path else None


async def _check(conn: Connection, run: Run, definition: ItemDefinition, check: str) -> CheckReport:
    found = await tables.findings(conn, run.id, check)
    return CheckReport(
        check=check,
        kind=check.partition(":")[0],
        applicable_cases=await _applicable(conn, run, definition, check),
        cases=found.cases,
        findings=found.findings,
        by_step=dict(sorted(msgspec.json.decode(found.by_step, type=dict[str, int]).items())),
        case_ids=tuple(found.case_ids),
    )


async def _applicable(conn: Connection, run: Run, definition: ItemDefinition, check: str) -> int:
    """Cases that the check can say something about."""
    wanted = needs(definition, check)
    if not wanted.facts and not wanted.steps:
        return run.cases - run.empty_cases
    return await tables.with_facts_and_steps(conn, run.id, wanted.facts, wanted.steps)


def report_of(
    run_id: str, log: LogReport, regime: Regime, definition: ItemDefinition, digest: str, tally: Tally
) -> Report:
    """Every figure of a replay without a database."""
    path = definition.main_path
    return Report(
        schema=SCHEMA,
        run_id=run_id,
        mode=regime.lower(),
        log=log,
        definition=DefinitionReport(definition.item, definition.version, digest),
        cases=tally.cases,
        events=tally.events,
        refused_events=tally.refused_events,
        activities=tally.activities,
        persons=tally.persons,
        events_without_person=tally.events_without_person,
        activity_counts=tally.activity_counts(),
        variants=tally.variants(MOST_FREQUENT),
        main_path=Variant(path, tally.exactly(path)) if path else None,
        throughput=tally.throughput(),
        checks=tally.checks(),
    )
