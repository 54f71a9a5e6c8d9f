"""Batched, authorized reads of scores and entries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import Connection
from plumbline_shared.graphql import Context
from plumbline_shared.policy import Resource

from performance.domain.ledger import Entry, Score, score
from performance.domain.rules import RuleSet
from performance.domain.subjects import Subject, SubjectKind
from performance.permissions import POLICY, deputy_post_of, score_resource
from performance.storage import entries, rule_sets

SubjectYear = tuple[Subject, int]


@dataclass(frozen=True)
class ScoreOf:
    """A subject's score of a year, the rule set that scales it, and those behind its lines."""

    subject: Subject
    year: int
    score: Score
    rules: RuleSet
    rule_sets: Mapping[str, RuleSet]


@dataclass(frozen=True)
class EntryOf:
    """An entry with its rule set and what took it back."""

    entry: Entry
    rules: RuleSet
    reversed_by: Entry | None


async def load_scores(context: Context, keys: list[SubjectYear]) -> Sequence[ScoreOf | None]:
    """Scores the viewer may see, in the order of the keys; None also before the first rule set."""
    bureau = context.principal.bureau_id
    if bureau is None:
        return [None] * len(keys)
    async with context.read() as conn:
        org = await load_org(conn, bureau)
        known = [key for key in keys if _exists(org, key[0])]
        resources = [
            _resource(org, subject, f"{subject.kind}/{subject.id}/{year}") for subject, year in known
        ]
        decisions = POLICY.decide(context.principal, "read", resources)
        allowed = [key for key, yes in zip(known, decisions, strict=True) if yes]
        found = await _scores(conn, allowed)
    return [found.get(key) for key in keys]


async def _scores(conn: Connection, keys: Sequence[SubjectYear]) -> Mapping[SubjectYear, ScoreOf]:
    lines: defaultdict[SubjectYear, list[Entry]] = defaultdict(list)
    for entry in await entries.of_subjects(conn, keys):
        lines[entry.subject, entry.occurred_on.year].append(entry)
    in_force = {year: await rule_sets.version_on(conn, date(year, 12, 31)) for _subject, year in keys}
    versions = {version for version in in_force.values() if version}
    used = {entry.rule_set_version for found in lines.values() for entry in found}
    known = await rule_sets.by_version(conn, versions | used)
    return {
        (subject, year): ScoreOf(
            subject, year, score(lines[subject, year], known[version].scale, subject), known[version], known
        )
        for subject, year in keys
        if (version := in_force[year])
    }


async def load_entries(context: Context, ids: list[str]) -> Sequence[EntryOf | None]:
    """Entries the viewer may see, in the order of the ids."""
    bureau = context.principal.bureau_id
    if bureau is None:
        return [None] * len(ids)
    async with context.read() as conn:
        org = await load_org(conn, bureau)
        found = {entry.id: entry for entry in await entries.by_ids(conn, ids)}
        known = await rule_sets.by_version(conn, (entry.rule_set_version for entry in found.values()))
    asked = [found[one] for one in dict.fromkeys(ids) if one in found and found[one].bureau_id == bureau]
    resources = [_resource(org, entry.subject, entry.id) for entry in asked]
    decisions = POLICY.decide(context.principal, "read", resources)
    allowed = {entry.id for entry, yes in zip(asked, decisions, strict=True) if yes}
    reversals = {entry.reverses_id: entry for entry in found.values() if entry.reverses_id}
    return [
        EntryOf(found[one], known[found[one].rule_set_version], reversals.get(one))
        if one in allowed
        else None
        for one in ids
    ]


def _exists(org: Org, subject: Subject) -> bool:
    return subject.id in (org.units if subject.kind is SubjectKind.UNIT else org.persons)


def _resource(org: Org, subject: Subject, identifier: str) -> Resource:
    deputy = deputy_post_of(org, subject.id) if subject.kind is SubjectKind.UNIT else None
    return score_resource(subject, org.bureau.id, deputy, identifier)
