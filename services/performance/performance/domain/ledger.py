"""The ledger: what to add so that it says what the facts say. Nothing is ever changed; an entry is taken back by another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from performance.domain.effects import Effect
from performance.domain.rules import RuleCode, Scale
from performance.domain.subjects import Subject


class EntryKind(StrEnum):
    """How an entry came about: by a rule, superseded by the rules, or taken back by two persons."""

    POSTED = "POSTED"
    SUPERSEDED = "SUPERSEDED"
    REVERSED = "REVERSED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. A counter-entry names what it takes back in `reverses_id`."""

    id: str
    kind: EntryKind
    subject: Subject
    bureau_id: str
    unit_id: str
    rule: RuleCode
    rule_set_version: str
    points: Decimal
    event_id: str
    incident_id: str | None
    occurred_on: date
    recorded_at: datetime
    posting: int = 1
    reverses_id: str | None = None
    reason: str | None = None

    @property
    def key(self) -> tuple[str, RuleCode, Subject]:
        return (self.event_id, self.rule, self.subject)


@dataclass(frozen=True)
class Postings:
    """Effects to post, each with its number for this evidence, rule and subject; and entries to take back."""

    post: tuple[tuple[Effect, int], ...]
    supersede: tuple[Entry, ...]


def reconcile(entries: Sequence[Entry], wanted: Iterable[Effect]) -> Postings:
    """What to add to the entries of one cause so that the active ones are the wanted effects.

    Deterministic and idempotent: a second call finds nothing to do. What two persons took back is never posted again.
    """
    gone = {entry.reverses_id for entry in entries if entry.reverses_id}
    posted = [entry for entry in entries if entry.kind is EntryKind.POSTED]
    by_hand = {one.key for one in entries if one.kind is EntryKind.REVERSED}
    active = {entry.key for entry in posted if entry.id not in gone}
    effects = {effect.key: effect for effect in wanted}
    return Postings(
        post=tuple(
            (effect, 1 + sum(entry.key == key for entry in posted))
            for key, effect in effects.items()
            if key not in active and key not in by_hand
        ),
        supersede=tuple(one for one in posted if one.id not in gone and one.key not in effects),
    )


@dataclass(frozen=True)
class Line:
    """An entry with the score after it."""

    entry: Entry
    running_total: Decimal
    reversed_by: Entry | None


@dataclass(frozen=True)
class Score:
    """A year's score: start plus all entries, between floor and cap (invariant 6)."""

    total: Decimal
    lines: tuple[Line, ...]


def score(entries: Sequence[Entry], scale: Scale, subject: Subject) -> Score:
    """The score of a subject from its entries of one year, in the order of the ledger."""
    reversals = {entry.reverses_id: entry for entry in entries if entry.reverses_id}
    lines: list[Line] = []
    total = scale.start
    for entry in entries:
        total += entry.points
        lines.append(Line(entry, scale.clamp(total, subject.kind), reversals.get(entry.id)))
    return Score(scale.clamp(total, subject.kind), tuple(lines))
