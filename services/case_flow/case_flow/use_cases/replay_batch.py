"""Replay some events of a log: every one is accepted or advanced by the same use cases as live work."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

import msgspec
from plumbline_shared.errors import Conflict, Refused
from plumbline_shared.principal import Principal
from plumbline_shared.use_case import Uow

from case_flow.domain.checks import Finding
from case_flow.domain.matter import Regime
from case_flow.storage import replay_run as runs
from case_flow.storage.replay_run import FindingRow
from case_flow.use_cases.accept_matter import AcceptMatter, Recorded, accept_matter
from case_flow.use_cases.acting import RecordedUow
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.conclude_record import ConcludeRecord, conclude_record


class RecordedEvent(msgspec.Struct, frozen=True):
    """A step as the log has it: when, with the offset as written, and by which official."""

    step: str
    at: datetime
    official: str | None
    payload: dict[str, str] = {}


class CasePart(msgspec.Struct, frozen=True):
    """Consecutive events of one case; `offset` events of it came in earlier parts, `ends` when none follow."""

    ref: str
    facts: dict[str, str]
    events: tuple[RecordedEvent, ...]
    offset: int
    ends: bool


class ReplayBatch(msgspec.Struct, frozen=True):
    """Consecutive parts of a log, the first of which begins at event `position` of the log."""

    run_id: str
    item: str
    item_hash: str
    regime: Regime
    position: int
    parts: tuple[CasePart, ...]


class BatchDone(msgspec.Struct, frozen=True):
    """How many events of the log are in the database now."""

    position: int


async def replay_batch(uow: Uow, command: ReplayBatch) -> BatchDone:
    """Add the batch and move the run's position, in one transaction: a run that broke off goes on where it was.

    Raises Conflict when the run stands elsewhere, because another replay of it is at work.
    """
    position = await runs.position(uow.conn, command.run_id)
    if position != command.position:
        raise Conflict(
            f"the run stands at event {position}, not {command.position}: is it replayed twice at once?"
        )
    acts = RecordedUow(uow.conn, uow.principal, uow.now)
    findings: list[FindingRow] = []
    for part in command.parts:
        findings.extend(await _replay_part(acts, command, part))
        acts.known.clear()
    await runs.add_findings(uow.conn, uow.principal.bureau_id or "", command.run_id, findings)
    position += sum(len(part.events) for part in command.parts)
    await runs.move(uow.conn, command.run_id, position)
    return BatchDone(position)


async def _replay_part(uow: RecordedUow, command: ReplayBatch, part: CasePart) -> list[FindingRow]:
    matter_id = await runs.matter_of(uow.conn, command.run_id, part.ref) if part.offset else None
    rows: list[FindingRow] = []
    for number, event in enumerate(part.events, start=part.offset + 1):
        act = _recorded(uow, event)
        try:
            if matter_id is None:
                done = await accept_matter(act, _acceptance(command, part, event))
                matter_id = done.matter_id
            else:
                done = await advance_matter(act, AdvanceMatter(matter_id, event.step, event.payload))
            rows.extend(_rows(part, number, event.at, done.findings, refused=False))
        except Refused as refusal:
            rows.append(_refused(part, number, event, refusal))
    if part.ends and part.events and matter_id is not None:
        number, last = part.offset + len(part.events) + 1, part.events[-1]
        end = await conclude_record(_recorded(uow, last), ConcludeRecord(matter_id))
        rows.extend(_rows(part, number, last.at, end.findings, refused=end.refused))
    return rows


def _recorded(uow: RecordedUow, event: RecordedEvent) -> RecordedUow:
    """The unit of work as it was: the official acts, at the recorded time."""
    bureau = uow.principal.bureau_id
    official = f"{bureau}.{event.official}" if event.official else None
    return replace(uow, principal=Principal("system", person_id=official, bureau_id=bureau), now=event.at)


def _acceptance(command: ReplayBatch, part: CasePart, event: RecordedEvent) -> AcceptMatter:
    recorded = Recorded(command.run_id, part.ref, command.regime, command.item_hash, event.step)
    return AcceptMatter(
        command.item, part.ref, facts=_plain(part.facts), payload=event.payload, recorded=recorded
    )


def _plain(facts: Mapping[str, str]) -> dict[str, object]:
    return dict(facts)


def _rows(
    part: CasePart, number: int, at: datetime, findings: tuple[Finding, ...], *, refused: bool
) -> list[FindingRow]:
    return [
        FindingRow(part.ref, number, ordinal, one.check, one.step, one.people, at, refused)
        for ordinal, one in enumerate(findings)
    ]


def _refused(part: CasePart, number: int, event: RecordedEvent, refusal: Refused) -> FindingRow:
    check, people = str(refusal.details.get("check", refusal.code)), refusal.details.get("people")
    listed = tuple(map(str, cast(list[object], people))) if isinstance(people, list) else ()
    return FindingRow(part.ref, number, 0, check, event.step, listed, event.at, refused=True)
