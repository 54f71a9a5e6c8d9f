"""Scores as the subgraph answers with them; units, persons and incidents belong to others."""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date, datetime
from decimal import Decimal
from typing import Any, Self

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Citation, Info
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from performance.api.loaders import EntryOf, ScoreOf, load_entries, load_scores
from performance.domain.ledger import EntryKind
from performance.domain.rules import RuleCode, RuleSet
from performance.domain.subjects import Subject, SubjectKind, person, unit
from performance.storage.reversals import ReversalRequest

strawberry.enum(
    EntryKind,
    name="ScoreEntryKind",
    description="记分方式 · posted by a rule, superseded by de-duplication, or reversed by two persons",
)


@strawberry.federation.type(
    keys=[Key(fields=FieldSet("id"), resolvable=False)], description="事件 · owned by case flow"
)
class Incident:
    id: strawberry.ID


@strawberry.type(description="记分规则 · the rule behind an entry, in the version that scored it")
class ScoreRule:
    code: str
    title_zh: str
    title_en: str
    citation: Citation

    @classmethod
    def of(cls, code: RuleCode, rules: RuleSet) -> Self:
        rule = rules.rules.of(code)
        citation = Citation(text=rule.citation, version=rules.version)
        return cls(code=code, title_zh=rule.title.zh, title_en=rule.title.en, citation=citation)


@strawberry.federation.type(keys=["id"], description="记分明细 · one line of the ledger")
class ScoreEntry:
    id: strawberry.ID
    kind: EntryKind
    rule: ScoreRule
    rule_set_version: str
    points: Decimal
    unit: "Unit" = strawberry.field(description="The unit scored, or the person's unit at the time.")
    person: "Person | None" = strawberry.field(description="Null when the unit is scored.")
    incident: Incident | None
    evidence_event_id: str
    occurred_on: date
    recorded_at: datetime
    reason: str | None
    reverses_id: strawberry.ID | None = strawberry.field(description="The entry that this one takes back.")
    reversed_by_id: strawberry.ID | None = strawberry.field(description="The entry that took this one back.")
    running_total: Decimal | None = strawberry.field(
        description="The score after this entry; null outside a score.", default=None
    )

    @classmethod
    def of(cls, one: EntryOf, running_total: Decimal | None = None) -> Self:
        entry = one.entry
        scored = entry.subject if entry.subject.kind is SubjectKind.PERSON else None
        return cls(
            id=strawberry.ID(entry.id),
            kind=entry.kind,
            rule=ScoreRule.of(entry.rule, one.rules),
            rule_set_version=entry.rule_set_version,
            points=entry.points,
            unit=Unit(id=strawberry.ID(entry.unit_id)),
            person=Person(id=strawberry.ID(scored.id)) if scored else None,
            incident=Incident(id=strawberry.ID(entry.incident_id)) if entry.incident_id else None,
            evidence_event_id=entry.event_id,
            occurred_on=entry.occurred_on,
            recorded_at=entry.recorded_at,
            reason=entry.reason,
            reverses_id=strawberry.ID(entry.reverses_id) if entry.reverses_id else None,
            reversed_by_id=strawberry.ID(one.reversed_by.id) if one.reversed_by else None,
            running_total=running_total,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> Self | None:
        return await cls.load(info, id)

    @classmethod
    async def load(cls, info: Info, identifier: str) -> Self | None:
        found = await info.context.loader(load_entries).load(identifier)
        return cls.of(found) if found else None


@strawberry.type(description="部门得分 · a unit's score of a year")
class UnitScore:
    unit: "Unit"
    year: int
    start: Decimal
    floor: Decimal
    cap: Decimal
    total: Decimal
    entries: list[ScoreEntry]

    @classmethod
    async def load(cls, info: Info, unit_id: str, year: int) -> Self | None:
        found = await _load(info, unit(unit_id), year)
        return cls(unit=Unit(id=strawberry.ID(unit_id)), **_fields(found)) if found else None


@strawberry.type(description="个人得分 · a person's score of a year")
class PersonScore:
    person: "Person"
    year: int
    start: Decimal
    floor: Decimal
    cap: Decimal
    total: Decimal
    entries: list[ScoreEntry]

    @classmethod
    async def load(cls, info: Info, person_id: str, year: int) -> Self | None:
        found = await _load(info, person(person_id), year)
        return cls(person=Person(id=strawberry.ID(person_id)), **_fields(found)) if found else None


@strawberry.federation.type(keys=["id"])
class Unit:
    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, info: Info, id: strawberry.ID) -> Self | None:
        return cls(id=id) if _in_own_bureau(info, id) else None

    @strawberry.field(description="部门得分. Null when it is not the viewer's to see.")
    async def score(self, info: Info, year: int) -> UnitScore | None:
        return await UnitScore.load(info, self.id, year)


@strawberry.federation.type(keys=["id"])
class Person:
    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, info: Info, id: strawberry.ID) -> Self | None:
        return cls(id=id) if _in_own_bureau(info, id) else None

    @strawberry.field(description="个人得分. Null when it is not the viewer's to see.")
    async def score(self, info: Info, year: int) -> PersonScore | None:
        return await PersonScore.load(info, self.id, year)


@strawberry.type(description="撤销申请 · a request to take an entry back; a second person decides (SoD-5)")
class ScoreReversal:
    id: strawberry.ID
    entry_id: strawberry.ID
    reason: str
    requested_by: Person
    confirmed: bool | None = strawberry.field(description="Null while nobody decided.")

    @classmethod
    def of(cls, one: ReversalRequest) -> Self:
        return cls(
            id=strawberry.ID(one.id),
            entry_id=strawberry.ID(one.entry_id),
            reason=one.reason,
            requested_by=Person(id=strawberry.ID(one.requested_by)),
            confirmed=one.confirmed,
        )


def _in_own_bureau(info: Info, identifier: str) -> bool:
    """No id of one bureau resolves in another (invariant 14)."""
    return identifier.partition(".")[0] == info.context.principal.bureau_id


async def _load(info: Info, subject: Subject, year: int) -> ScoreOf | None:
    if not MINYEAR <= year <= MAXYEAR:
        raise Invalid("there is no such year", path=["year"])
    return await info.context.loader(load_scores).load((subject, year))


def _fields(found: ScoreOf) -> dict[str, Any]:
    scale = found.rules.scale
    return {
        "year": found.year,
        "start": scale.start,
        "floor": scale.floor,
        "cap": scale.cap(found.subject.kind),
        "total": found.score.total,
        "entries": list(_lines(found)),
    }


def _lines(found: ScoreOf) -> Iterable[ScoreEntry]:
    for line in found.score.lines:
        rules = found.rule_sets[line.entry.rule_set_version]
        yield ScoreEntry.of(EntryOf(line.entry, rules, line.reversed_by), line.running_total)
