"""Who held paper and file when, and where the chain has gaps (S1-122, S1-137): computed from what was done."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.clock import end_of_day

from case_flow.domain.definition import ItemDefinition


class GapKind(StrEnum):
    """What is wrong with a stretch."""

    NOT_ACKNOWLEDGED = "NOT_ACKNOWLEDGED"
    PAPER_BEHIND = "PAPER_BEHIND"


class Done(msgspec.Struct, frozen=True):
    """A completed step: by which unit, when."""

    step: str
    unit_id: str
    at: datetime


class Sent(msgspec.Struct, frozen=True):
    """A slip: from where to where, when sent, due and acknowledged."""

    from_unit: str
    to_unit: str
    sent_at: datetime
    due_on: date
    acknowledged_at: datetime | None


class Holding(msgspec.Struct, frozen=True):
    """A unit answers for the thing from `since` on; `to_unit` while it is on its way there. Open at the end: None."""

    unit_id: str
    since: datetime
    until: datetime | None
    to_unit: str | None = None


class Gap(msgspec.Struct, frozen=True):
    """The paper was unacknowledged past its limit, or not where the file was worked on."""

    kind: GapKind
    unit_id: str
    to_unit: str
    since: datetime
    until: datetime | None


class Chain(msgspec.Struct, frozen=True):
    """The way of paper and file, from acceptance to `until` (now, or the close)."""

    paper: tuple[Holding, ...]
    file: tuple[Holding, ...]
    gaps: tuple[Gap, ...]
    since: datetime
    until: datetime


def chain(
    definition: ItemDefinition,
    steps: Sequence[Done],
    slips: Sequence[Sent],
    open_unit: str | None,
    since: datetime,
    until: datetime,
) -> Chain:
    """`steps` and `slips` in order of time; `open_unit` has the open step, None once closed.

    The paper goes with the work, except where a step has a transfer, or a slip was sent: then slips move it.
    """
    file = tuple(_file(steps, open_unit, since, until))
    paper = tuple(_paper(definition, steps, slips, open_unit, since, until))
    late = (
        Gap(GapKind.NOT_ACKNOWLEDGED, one.from_unit, one.to_unit, one.sent_at, one.acknowledged_at)
        for one in slips
        if (one.acknowledged_at or until) >= end_of_day(one.due_on)
    )
    gaps = sorted((*late, *_behind(paper, file, until)), key=lambda one: (one.since, one.kind))
    return Chain(paper, file, tuple(gaps), since, until)


def _file(
    steps: Sequence[Done], open_unit: str | None, since: datetime, until: datetime
) -> Iterator[Holding]:
    """The electronic file is with the unit whose step is open."""
    worked = [*((one.unit_id, one.at) for one in steps), *([(open_unit, until)] if open_unit else [])]
    begun = since
    for (unit, ends), following in zip(worked, [*worked[1:], ("", until)], strict=True):
        last = following[0] == ""
        if last or following[0] != unit:
            if last or begun < ends:
                yield Holding(unit, begun, None if last and open_unit else ends)
            begun = ends


def _paper(
    definition: ItemDefinition,
    steps: Sequence[Done],
    slips: Sequence[Sent],
    open_unit: str | None,
    since: datetime,
    until: datetime,
) -> Iterator[Holding]:
    """Each stretch of the paper; in transit the sender answers for it."""
    holder, begun = (steps[0].unit_id if steps else open_unit or ""), since
    for move in sorted((*_along(definition, steps, open_unit), *_by_slip(slips)), key=lambda one: one.at):
        if not move.slip and move.from_unit != holder:
            continue
        if begun < move.at:
            yield Holding(holder, begun, move.at)
        if move.slip:
            yield Holding(move.from_unit, move.at, move.arrived, move.to_unit)
        if move.arrived is None:
            return
        holder, begun = move.to_unit, move.arrived
    yield Holding(holder, begun, None if open_unit else until)


class _Move(msgspec.Struct, frozen=True):
    """The paper goes from unit to unit: with the work, at once, or by slip, until it is acknowledged."""

    at: datetime
    from_unit: str
    to_unit: str
    arrived: datetime | None
    slip: bool


def _along(definition: ItemDefinition, steps: Sequence[Done], open_unit: str | None) -> Iterator[_Move]:
    """With the work: to the unit that follows a step without a transfer."""
    following = [*(one.unit_id for one in steps[1:]), open_unit]
    for done, unit in zip(steps, following, strict=False):
        step = definition.by_code.get(done.step)
        if unit and unit != done.unit_id and not (step and step.transfer):
            yield _Move(done.at, done.unit_id, unit, done.at, slip=False)


def _by_slip(slips: Sequence[Sent]) -> Iterator[_Move]:
    return (_Move(one.sent_at, one.from_unit, one.to_unit, one.acknowledged_at, slip=True) for one in slips)


def _behind(paper: Sequence[Holding], file: Sequence[Holding], until: datetime) -> Iterator[Gap]:
    """Stretches in which a unit worked on the file while another one had the paper, not on its way."""
    for worked in file:
        for held in paper:
            if held.to_unit is not None or held.unit_id == worked.unit_id:
                continue
            since = max(worked.since, held.since)
            ends = min(worked.until or until, held.until or until)
            if since < ends:
                still = worked.until is None and held.until is None
                yield Gap(GapKind.PAPER_BEHIND, held.unit_id, worked.unit_id, since, None if still else ends)
