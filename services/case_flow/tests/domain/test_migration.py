"""Taking a running matter to another version: nothing done is lost, nothing is passed over, no limit becomes longer."""

from datetime import UTC, date, datetime
from pathlib import Path

import case_flow
import msgspec
import pytest
from case_flow.domain.definition import ItemDefinition, Migrates
from case_flow.domain.errors import InvalidDefinition
from case_flow.domain.matter import Mark, Matter, Pending, Suspension
from case_flow.domain.migration import WORDS, Migrated, Obstacle, migrated
from case_flow.domain.parsing import parse
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar

ITEMS = Path(case_flow.__file__).parent / "items"
TEXT = {number: (ITEMS / f"tax_deferral_v{number}.yaml").read_text(encoding="utf-8") for number in (1, 2)}
OLD, NEW = parse(TEXT[1]), parse(TEXT[2])
CALENDAR = seed_calendar()
MAY = date(2026, 5, 20)
AT = datetime(2026, 5, 20, tzinfo=UTC)
CODES = [step.code for step in OLD.steps]
REMOVED = [code for code in CODES if code not in NEW.by_code]


def mark(*people: str) -> Mark:
    return Mark(by=people, times=1, first_at=AT, first_on=MAY, last_at=AT, last_on=MAY)


def matter(done: int, **changes: object) -> Matter:
    """A matter of v1 with its first `done` steps done, each by its own person."""
    made = Matter(
        id="mt", bureau_id="D01", case_ref="r", item_code="TAX-DEFERRAL", item_version=1, item_hash="old",
        title="t", unit_id="D01.HALL", people=(), units=("D01.HALL",), accepted_at=AT, accepted_on=MAY,
        step=CODES[done], due_on=date(2026, 8, 13), trail={code: mark(f"p-{code}") for code in CODES[:done]},
    )  # fmt: skip
    return made.change(**changes)


def go(one: Matter, new: ItemDefinition = NEW, on: date = date(2026, 6, 1), *, held: bool = False):
    return migrated(new, "new", one, CALENDAR, on, held=held)


OPENS = {
    1: "investigate", 2: "investigate", 3: "investigate", 4: "review", 5: "review", 6: "review", 7: "review",
    8: "approve", 9: "approve", 10: "deliver", 11: "deliver",
}  # fmt: skip


@pytest.mark.parametrize(("done", "step"), OPENS.items())
def test_wherever_a_matter_stands_the_first_step_not_done_opens(done: int, step: str) -> None:
    found = go(matter(done))
    assert isinstance(found, Migrated)
    assert found.matter.step == step
    assert found.matter.due_on == date(2026, 6, 17)
    assert set(found.kept) == set(CODES[:done]) & set(NEW.by_code)
    assert set(found.matter.trail) == set(CODES[:done])
    assert (found.matter.item_version, found.matter.item_hash) == (2, "new")


def test_who_did_a_removed_step_counts_among_those_of_the_step_that_takes_it_in_once_that_is_done() -> None:
    waiting, done = go(matter(7)), go(matter(8))
    assert isinstance(waiting, Migrated)
    assert isinstance(done, Migrated)
    assert "review" not in waiting.matter.trail
    assert set(done.matter.trail["review"].by) == {"p-review", "p-take_in", "p-pre_check"}


PENDING = Pending(step="review", signers=("a", "b"), signed=("a",), since=AT)


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"pending": PENDING}, Obstacle.SIGNATURE_PENDING),
        ({"slip_id": "sl"}, Obstacle.IN_TRANSIT),
        ({"suspension": Suspension(started_on=MAY, reason="HEARING")}, Obstacle.SUSPENDED),
        ({"closed_at": AT, "closed_on": MAY}, Obstacle.CLOSED),
        ({"item_version": 7}, Obstacle.NO_MAPPING),
        ({"due_on": date(2026, 6, 16)}, Obstacle.LIMIT_LENGTHENED),
        ({"step": "elsewhere"}, Obstacle.STEP_LOST),
    ],
)
def test_what_stands_in_the_way_is_named(change: dict[str, object], obstacle: Obstacle) -> None:
    assert go(matter(3, **change)) is obstacle


def test_a_hold_keeps_a_matter_where_it_is_and_so_does_a_limit_that_has_passed() -> None:
    assert go(matter(3), held=True) is Obstacle.HELD
    assert isinstance(go(matter(3), on=date(2026, 6, 17)), Migrated)
    assert go(matter(3), on=date(2026, 6, 18)) is Obstacle.LIMIT_PASSED


def test_a_step_that_the_new_version_puts_before_is_not_passed_over() -> None:
    text = TEXT[2].replace("next: investigate", "next: hearing").replace(
        "  - code: investigate",
        "  - {code: hearing, name: {zh: 听证, en: Hear}, role: REVIEWER, unit: POLICY, next: investigate}\n"
        "  - code: investigate", 1,
    )  # fmt: skip
    assert go(matter(4), parse(text)) is Obstacle.STEP_SKIPPED


def test_a_longer_limit_is_refused_whatever_the_way() -> None:
    longer = parse(TEXT[2].replace("length: 20", "length: 61"))
    assert go(matter(3), longer) is Obstacle.LIMIT_LENGTHENED
    endless = msgspec.structs.replace(NEW, limit=None)
    assert go(matter(3), endless) is Obstacle.LIMIT_LENGTHENED


@given(
    done=st.integers(1, 11),
    targets=st.fixed_dictionaries({code: st.sampled_from(sorted(NEW.by_code)) for code in REMOVED}),
    length=st.integers(1, 90),
)
def test_whatever_the_mapping_a_migrated_matter_keeps_its_steps_and_its_limit(
    done: int, targets: dict[str, str], length: int
) -> None:
    assert NEW.limit is not None
    limit = msgspec.structs.replace(NEW.limit, length=length)
    new = msgspec.structs.replace(NEW, limit=limit, migrates=(Migrates(version=1, steps=targets),))
    before = matter(done)
    found = go(before, new, on=MAY)
    if isinstance(found, Obstacle):
        return
    after = found.matter
    assert after.step not in before.trail
    assert after.due_on is not None
    assert before.due_on is not None
    assert MAY <= after.due_on <= before.due_on
    for code, old in before.trail.items():
        assert set(old.by) <= set(after.trail[code].by)
    path = [step.code for step in new.steps]
    assert set(path[: path.index(after.step or "")]) <= set(found.kept)


def test_every_obstacle_has_words_in_both_languages() -> None:
    assert set(WORDS) == set(Obstacle)
    assert all(zh and en for zh, en in WORDS.values())


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (("effective_from: 2026-06-01", "effective_from: June"), "NOT_A_DATE"),
        (("record: accept", "record: receive"), "UNKNOWN_STEP"),
        (("from: 1", "from: one"), "NOT_A_NUMBER"),
        (("from: 1", "of: 1"), "UNKNOWN_KEY"),
    ],
)
def test_a_mistake_in_the_mapping_is_named_with_its_line(broken: tuple[str, str], code: str) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        parse(TEXT[2].replace(*broken))
    assert code in {one.code for one in refused.value.problems}
    assert all(one.line > 1 for one in refused.value.problems)
