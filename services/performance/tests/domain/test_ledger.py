from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from performance.domain.effects import Effect, effects
from performance.domain.facts import (
    ComplaintSubstantiated,
    Evidence,
    Fact,
    IncidentConfirmed,
    InquiryDecided,
    MatterClosed,
    Outcome,
    Part,
)
from performance.domain.ledger import Entry, EntryKind, reconcile, score
from performance.domain.rules import ComplaintKind, Form, RuleCode
from performance.domain.subjects import Subject, SubjectKind, person, unit
from performance.use_cases.publish_rule_set import packaged
from plumbline_org.grades import RiskGrade

RULES = {one.version: one for one in packaged()}
SCALE = packaged()[0].scale
NOW = datetime(2026, 6, 4, tzinfo=UTC)
MAY = date(2026, 5, 1)

FACTS: list[Fact] = [
    IncidentConfirmed(
        bureau_id="D01",
        incident_id="in",
        kind="TIME_LIMIT_MISSED",
        unit_id="POLICY",
        occurred_on=MAY,
        grade=RiskGrade.HIGH,
    ),
    MatterClosed(bureau_id="D01", matter_id="mt", incident_id="in", closed_on=MAY, late_working_days=12),
    InquiryDecided(
        bureau_id="D01",
        inquiry_id="iq",
        incident_id="in",
        decided_on=MAY,
        outcomes=(
            Outcome("lin", "POLICY", Part.PRIMARY, Form.WRITTEN_SELF_CRITICISM),
            Outcome("sun", "TO-3", Part.SECONDARY, Form.CIRCULAR),
        ),
    ),
    ComplaintSubstantiated(
        bureau_id="D01",
        complaint_id="cp",
        kind=ComplaintKind.RIGHTS,
        unit_id="POLICY",
        person_id="lin",
        decided_on=MAY,
        incident_id="in",
    ),
    ComplaintSubstantiated(
        bureau_id="D01",
        complaint_id="cp-2",
        kind=ComplaintKind.QUALITY,
        unit_id="POLICY",
        person_id="lin",
        decided_on=MAY,
        incident_id="in",
    ),
]


def evidence(fact: Fact) -> Evidence:
    return Evidence(f"ev-{fact.identity}", "DEMO-2026", fact)  # type: ignore[arg-type]


def entry(effect: Effect, posting: int, number: int) -> Entry:
    return Entry(
        id=f"se-{number}",
        kind=EntryKind.POSTED,
        subject=effect.subject,
        bureau_id="D01",
        unit_id=effect.unit_id,
        rule=effect.rule,
        rule_set_version=effect.rule_set_version,
        points=effect.points,
        event_id=effect.event_id,
        incident_id=effect.incident_id,
        occurred_on=effect.occurred_on,
        recorded_at=NOW,
        posting=posting,
    )


def counter(one: Entry, number: int, kind: EntryKind = EntryKind.SUPERSEDED) -> Entry:
    return replace(one, id=f"se-{number}", kind=kind, points=-one.points, reverses_id=one.id)


def after(ledger: Sequence[Entry], known: Sequence[Evidence]) -> list[Entry]:
    """The ledger brought in line with what is known."""
    plan = reconcile(ledger, effects(known, RULES))
    grown = list(ledger)
    for one in plan.supersede:
        grown.append(counter(one, len(grown)))
    for effect, posting in plan.post:
        grown.append(entry(effect, posting, len(grown)))
    return grown


def balance(ledger: Sequence[Entry]) -> dict[Subject, Decimal]:
    sums = {one.subject: Decimal(0) for one in ledger}
    for one in ledger:
        sums[one.subject] += one.points
    return {subject: points for subject, points in sums.items() if points}


def play(order: Sequence[Fact]) -> list[Entry]:
    ledger: list[Entry] = []
    known: dict[str, Evidence] = {}
    for fact in order:
        known[fact.identity] = evidence(fact)
        ledger = after(ledger, list(known.values()))
    return ledger


@given(st.lists(st.sampled_from(FACTS), max_size=12), st.randoms())
def test_any_order_repetition_and_replay_give_the_same_balance(order: list[Fact], random) -> None:
    unique = list({fact.identity: fact for fact in order}.values())
    random.shuffle(unique)
    assert balance(play(order)) == balance(play(unique))


@given(st.lists(st.sampled_from(FACTS), max_size=8))
def test_entries_are_unique_in_evidence_rule_subject_and_posting(order: list[Fact]) -> None:
    posted = [one for one in play(order) if one.kind is EntryKind.POSTED]
    assert len({(*one.key, one.posting) for one in posted}) == len(posted)


@given(st.lists(st.sampled_from(FACTS), max_size=8))
def test_a_second_look_finds_nothing_to_do(order: list[Fact]) -> None:
    ledger = play(order)
    known = [evidence(fact) for fact in {fact.identity: fact for fact in order}.values()]
    assert after(ledger, known) == ledger


def test_the_largest_supersedes_and_its_return_is_posted_again() -> None:
    late, closed, _, rights, _ = FACTS
    ledger = play([late, rights, closed])
    assert [(one.kind, one.rule, one.points) for one in ledger if one.subject == unit("POLICY")] == [
        (EntryKind.POSTED, RuleCode.SR_01, Decimal("-2.0")),
        (EntryKind.SUPERSEDED, RuleCode.SR_01, Decimal("2.0")),
        (EntryKind.POSTED, RuleCode.SR_04, Decimal("-3.0")),
        (EntryKind.SUPERSEDED, RuleCode.SR_04, Decimal("3.0")),
        (EntryKind.POSTED, RuleCode.SR_01, Decimal("-1.0")),
        (EntryKind.POSTED, RuleCode.SR_01, Decimal("-2.0")),
    ]


def test_what_two_persons_took_back_is_not_posted_again() -> None:
    late, closed, *_ = FACTS
    ledger = play([late])
    ledger.append(counter(ledger[0], 99, EntryKind.REVERSED))
    known = [evidence(late), evidence(closed)]
    assert balance(after(ledger, known)) == {unit("POLICY"): Decimal("-1.0")}


points = st.lists(st.decimals("-30", "30", places=1), max_size=12)


@given(points, st.sampled_from(SubjectKind))
def test_a_score_is_start_plus_entries_within_floor_and_cap(values: list[Decimal], kind: SubjectKind) -> None:
    subject = Subject(kind, "x")
    found = score([_line(subject, value, n) for n, value in enumerate(values)], SCALE, subject)
    assert found.total == min(max(100 + sum(values), Decimal(0)), SCALE.cap(kind))
    assert [line.running_total for line in found.lines][-1:] == ([found.total] if values else [])


@given(points, st.data())
def test_reversing_an_entry_restores_the_earlier_total(values: list[Decimal], data: st.DataObject) -> None:
    subject = person("x")
    ledger = [_line(subject, value, n) for n, value in enumerate([*values, Decimal("-2.0")])]
    taken = data.draw(st.sampled_from(ledger))
    without = score([one for one in ledger if one is not taken], SCALE, subject)
    reversed_ = score([*ledger, counter(taken, 99, EntryKind.REVERSED)], SCALE, subject)
    assert reversed_.total == without.total
    line = next(line for line in reversed_.lines if line.entry is taken)
    assert line.reversed_by is not None


def _line(subject: Subject, value: Decimal, number: int) -> Entry:
    effect = Effect(subject, "u", RuleCode.SR_01, value, "DEMO-2026", f"ev-{number}", None, MAY, "s")
    return entry(effect, 1, number)
