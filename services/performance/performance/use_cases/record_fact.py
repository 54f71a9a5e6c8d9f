"""A fact arrived: keep it, and bring the ledger of its cause in line with all that is known."""

from dataclasses import replace

from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from performance.domain.effects import Effect, effects
from performance.domain.facts import AnyFact, Evidence
from performance.domain.ledger import Entry, EntryKind, reconcile
from performance.publications import publish_posted, publish_reversed
from performance.storage import entries, facts, rule_sets


async def record_fact(uow: Uow, fact: AnyFact, event_id: str) -> None:
    """Store a fact once and post what it changes; a repeat, under the same event or another, changes nothing.

    A day before the first rule set has no rules: nothing is scored.
    """
    version = await rule_sets.version_on(uow.conn, fact.on)
    if version is None:
        return
    await facts.lock_bureau(uow.conn, fact.bureau_id)
    if await facts.add(uow.conn, Evidence(event_id, version, fact), uow.now):
        await _bring_in_line(uow, fact)


async def _bring_in_line(uow: Uow, fact: AnyFact) -> None:
    evidence = await facts.linked(uow.conn, fact)
    rules = await rule_sets.by_version(uow.conn, (one.rule_set_version for one in evidence))
    known = await entries.of_events(uow.conn, [one.event_id for one in evidence])
    plan = reconcile(known, effects(evidence, rules))
    superseded = [counter_entry(uow, one, EntryKind.SUPERSEDED, "de-duplication") for one in plan.supersede]
    posted = [_posted(uow, fact.bureau_id, effect, number) for effect, number in plan.post]
    await entries.add(uow.conn, [*superseded, *posted])
    await publish_reversed(uow, superseded)
    await publish_posted(uow, posted)
    for entry in (*superseded, *posted):
        await uow.audit(
            "score.post", "ScoreEntry", entry.id, {"rule": entry.rule, "points": str(entry.points)}
        )


def counter_entry(uow: Uow, entry: Entry, kind: EntryKind, reason: str) -> Entry:
    """The entry that takes another one back."""
    return replace(
        entry,
        id=new_id("se"),
        kind=kind,
        points=-entry.points,
        recorded_at=uow.now,
        reverses_id=entry.id,
        reason=reason,
    )


def _posted(uow: Uow, bureau_id: str, effect: Effect, number: int) -> Entry:
    return Entry(
        id=new_id("se"),
        kind=EntryKind.POSTED,
        subject=effect.subject,
        bureau_id=bureau_id,
        unit_id=effect.unit_id,
        rule=effect.rule,
        rule_set_version=effect.rule_set_version,
        points=effect.points,
        event_id=effect.event_id,
        incident_id=effect.incident_id,
        occurred_on=effect.occurred_on,
        recorded_at=uow.now,
        posting=number,
    )
