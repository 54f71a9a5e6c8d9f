"""The ledger of reforms and what is measured: shapes, sums over a bureau's year, ranks."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import case_flow
import msgspec
from case_flow.domain.matter_path import elapsed_days
from case_flow.domain.parsing import parse
from case_flow.domain.reform import Change, Reform, Walked, change, main_path, measured, shape
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar

ITEMS = Path(case_flow.__file__).parent / "items"
OLD, NEW = (parse((ITEMS / f"tax_deferral_v{n}.yaml").read_text(encoding="utf-8")) for n in (1, 2))
JUNE = date(2026, 6, 1)
CALENDAR = seed_calendar()


def without(count: int) -> Reform:
    """A reform that takes `count` of the twelve steps away and leaves the limit."""
    gone = {"record", "dispatch", "office_opinion", "take_in", "pre_check", "section_opinion", "seal"}
    names = sorted(gone)[:count]
    steps = tuple(step for step in OLD.steps if step.code not in names)
    return Reform(
        OLD,
        msgspec.structs.replace(OLD, version=2, steps=steps, main_path=tuple(s.code for s in steps)),
        JUNE,
    )


def test_twelve_steps_and_sixty_days_become_five_and_twenty() -> None:
    reform = Reform(OLD, NEW, JUNE)
    assert change([reform]) == Change(steps=-7, hand_overs=-3, limit_working_days=-40)
    assert len(reform.removed) == 7
    assert (shape(OLD).visits, shape(NEW).visits) == (2, 2)


def test_every_branch_lies_on_the_main_path_in_its_order() -> None:
    joint = parse((ITEMS / "quota_change.yaml").read_text(encoding="utf-8"))
    assert main_path(joint) == ("accept", "verify", "review", "examine_law", "decide", "deliver")


def test_the_hall_s_thirty_two_reforms_remove_fifty_five_steps() -> None:
    """S1-109: 32 items, −55 steps."""
    reforms = [without(count) for count in (*[1] * 14, *[2] * 15, *[3] * 1, *[4] * 2)]
    assert len(reforms) == 32
    assert change(reforms).steps == -55
    assert change(reforms).limit_working_days == 0


walks = st.lists(
    st.builds(
        lambda start, length, matters: Walked(
            start, start + timedelta(days=length), matters, matters * 2, matters
        ),
        st.dates(date(2026, 1, 1), date(2026, 6, 30)),
        st.integers(0, 90),
        st.integers(1, 40),
    ),
    min_size=1,
    max_size=20,
)


@given(walks)
def test_ranks_are_those_of_the_matters_one_by_one(given_walks: list[Walked]) -> None:
    found = measured(given_walks, CALENDAR)
    assert found is not None
    each = sorted(
        elapsed_days(one.accepted_on, one.closed_on, CALENDAR)
        for one in given_walks
        for _ in range(one.matters)
    )
    assert found.matters == len(each)
    assert found.elapsed_median == each[-(-len(each) // 2) - 1]
    assert found.elapsed_p90 == each[-(-len(each) * 9 // 10) - 1]
    assert (found.visits, found.hand_overs) == (Decimal("2.0"), Decimal("1.0"))


def test_nothing_closed_is_nothing_measured() -> None:
    assert measured([], CALENDAR) is None
