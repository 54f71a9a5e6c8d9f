"""One replay from file to report: look, publish, import in batches, read the tables."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from plumbline_shared.clock import Clock
from plumbline_shared.database import Database
from plumbline_shared.principal import system
from plumbline_shared.use_case import execute

from case_flow.domain.bpmn_in import parse_either
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.matter import Regime
from case_flow.replay.report import build_report
from case_flow.replay.report_parts import Report
from case_flow.replay.survey import Survey, survey
from case_flow.replay.xes import LogPart, read_parts
from case_flow.storage import replay_run as runs
from case_flow.use_cases.publish_item import ItemPublished, PublishItem, publish_item
from case_flow.use_cases.replay_batch import BatchDone, CasePart, RecordedEvent, ReplayBatch, replay_batch

BATCH_EVENTS = 400
Progress = Callable[[str, int, int, int], None]
"""The stage, how much of how much is done in it (bytes of the file, or events), and the events so far."""


class Replay(msgspec.Struct, frozen=True):
    """What to replay: a log, the definition's text, the bureau it goes to, and how checks count."""

    log: Path
    definition: str
    bureau_id: str
    regime: Regime


def silent(stage: str, done: int, total: int, events: int) -> None:
    """Nobody watches."""


async def replay(db: Database, clock: Clock, wanted: Replay, progress: Progress = silent) -> Report:
    """Replay a log and return its report. Again with the same log, definition and regime: the same run.

    Raises LogRefused before anything is written when the log is broken, InvalidDefinition, VersionImmutable.
    """
    definition = parse_either(wanted.definition)
    size = wanted.log.stat().st_size
    looked = survey(wanted.log, definition, lambda done: progress("survey", done, size, 0))
    who = system(wanted.bureau_id)
    source = PublishItem(wanted.definition, check_places=False)
    published = await execute(db, clock, who, publish_item, source, key=None)
    run = _run(wanted, looked, published, clock)
    async with db.transaction(who) as conn:
        await runs.start(conn, run)
        position = await runs.position(conn, run.id)
    for batch in _batches(wanted, definition, run.id, published, position):
        done: BatchDone = await execute(db, clock, who, replay_batch, batch, key=None)
        progress("replay", done.position, looked.events, done.position)
    async with db.transaction(who) as conn:
        await runs.finish(conn, run.id, clock.now())
        return await build_report(conn, run, definition, published.hash)


def _run(wanted: Replay, looked: Survey, published: ItemPublished, clock: Clock) -> runs.Run:
    return runs.Run(
        id=run_id(wanted, looked, published.hash),
        bureau_id=wanted.bureau_id,
        log_name=wanted.log.name,
        log_sha256=looked.sha256,
        item_code=published.item,
        item_version=published.version,
        regime=wanted.regime,
        cases=looked.cases,
        events=looked.events,
        empty_cases=looked.empty_cases,
        duplicates=looked.duplicates,
        started_at=clock.now(),
    )


def run_id(wanted: Replay, looked: Survey, digest: str) -> str:
    """The same log, definition, regime and bureau are the same run."""
    same = f"{wanted.bureau_id}|{looked.sha256}|{digest}|{wanted.regime}"
    return f"rn_{hashlib.sha256(same.encode()).hexdigest()[:26]}"


def _batches(
    wanted: Replay, definition: ItemDefinition, run_id: str, published: ItemPublished, position: int
) -> Iterator[ReplayBatch]:
    """The log in batches of about 400 events, without those that are in already."""
    parts: list[CasePart] = []
    seen = held = 0
    for part in read_parts(wanted.log):
        seen += len(part.events)
        if seen <= position or not part.events:
            continue
        parts.append(_case_part(definition, part))
        held += len(part.events)
        if held >= BATCH_EVENTS:
            yield ReplayBatch(
                run_id, published.item, published.hash, wanted.regime, seen - held, tuple(parts)
            )
            parts, held = [], 0
    if parts:
        yield ReplayBatch(run_id, published.item, published.hash, wanted.regime, seen - held, tuple(parts))


def _case_part(definition: ItemDefinition, part: LogPart) -> CasePart:
    events = tuple(
        RecordedEvent(definition.by_activity[one.activity].code, one.at, one.official, one.attributes)
        for one in part.events
    )
    return CasePart(part.ref, part.attributes, events, part.offset, part.ends)
