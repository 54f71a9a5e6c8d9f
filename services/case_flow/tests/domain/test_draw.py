"""A draw is distinct, within its strata, reproducible, and takes the smallest tickets (invariant 7)."""

import subprocess
from pathlib import Path
from random import Random

import pytest
from case_flow.domain.draw import (
    FrameUnit,
    Stratum,
    digest,
    draw,
    draw_inspectors,
    frame_root,
    frame_text,
    plan_hash,
    seed_of,
)
from case_flow.domain.inspection import check_frame
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid

HOW_TO = Path(__file__).parents[4] / "docs" / "how-to" / "verify-a-draw.md"
CODES = ("A", "B", "C")
seeds = st.text("0123456789abcdef", min_size=64, max_size=64)
plans = st.tuples(*(st.builds(Stratum, st.just(code), st.integers(1, 6)) for code in CODES))
frames = st.lists(
    st.builds(FrameUnit, st.sampled_from(CODES), st.integers(0, 15).map("f{}".format), st.just("D01.TO-1")),
    max_size=40,
    unique_by=lambda one: (one.stratum, one.unit),
)


@given(seeds, plans, frames)
def test_files_are_distinct_within_their_strata_and_never_topped_up(
    seed: str, strata: tuple[Stratum, ...], frame: list[FrameUnit]
) -> None:
    sample = draw(seed, strata, frame)
    members = {(one.stratum, one.unit) for one in frame}
    assert len({one.unit for one in sample.picks}) == len(sample.picks)
    assert all((one.stratum, one.unit) in members for one in sample.picks)
    short = {one.stratum: one.drawn for one in sample.short}
    taken: set[str] = set()
    for stratum in strata:
        drawn = [one for one in sample.picks if one.stratum == stratum.code]
        free = {unit for code, unit in members if code == stratum.code} - taken
        assert len(drawn) == min(stratum.quota, len(free)) == short.get(stratum.code, stratum.quota)
        left = free - {one.unit for one in drawn}
        assert all(one.ticket <= digest(seed, stratum.code, unit) for one in drawn for unit in left)
        taken |= {one.unit for one in drawn}


@given(seeds, plans, frames, st.randoms())
def test_the_same_frame_in_any_order_gives_the_same_draw(
    seed: str, strata: tuple[Stratum, ...], frame: list[FrameUnit], random: Random
) -> None:
    other = list(frame)
    random.shuffle(other)
    assert draw(seed, strata, other) == draw(seed, strata, frame)
    assert frame_root(other) == frame_root(frame)


@given(
    seeds,
    st.frozensets(st.sampled_from("pqrst")),
    st.dictionaries(st.sampled_from("pqrst"), st.sampled_from("XYZ")),
)
def test_nobody_inspects_the_own_office_or_a_file_they_touched(
    seed: str, touched: frozenset[str], units: dict[str, str]
) -> None:
    file = FrameUnit("A", "f", "X", tuple(touched))
    people = draw_inspectors(seed, file, {who: frozenset({where}) for who, where in units.items()}, 2)
    free = [who for who, where in units.items() if where != "X" and who not in touched]
    assert set(people) <= set(free)
    assert len(people) == min(2, len(free))


def test_one_more_file_moves_at_most_one_pick() -> None:
    strata, seed = (Stratum("A", 61),), "5" * 64
    frame = [FrameUnit("A", f"f{number}", "X") for number in range(600)]
    before = {one.unit for one in draw(seed, strata, frame).picks}
    after = {one.unit for one in draw(seed, strata, [*frame, FrameUnit("A", "new", "X")]).picks}
    assert len(before - after) <= 1


def test_a_unit_told_in_two_ways_is_refused() -> None:
    strata = (Stratum("A", 1), Stratum("B", 1))
    with pytest.raises(Invalid):
        check_frame(strata, [FrameUnit("A", "f", "X"), FrameUnit("B", "f", "Y")])
    for name in ("with space", "with|bar", ""):
        with pytest.raises(Invalid):
            check_frame(strata, [FrameUnit("A", name, "X")])


def test_the_shell_lines_of_the_how_to_find_the_same_files(tmp_path: Path) -> None:
    strata = (Stratum("A", 5), Stratum("B", 4), Stratum("C", 9))
    frame = [FrameUnit(code, f"f{number}", "X") for code in CODES for number in range(3, 20, len(code) + 1)]
    root, plan, reveals = (
        frame_root(frame),
        plan_hash("INS-1", strata),
        {"L": "one", "D": "two", "S": "three"},
    )
    (tmp_path / "frame.txt").write_text(frame_text(frame), encoding="utf-8")
    (tmp_path / "strata.txt").write_text("".join(f"{one.code} {one.quota}\n" for one in strata))
    (tmp_path / "plan.txt").write_text(plan)
    (tmp_path / "reveals.txt").write_text("|".join(reveals[role] for role in sorted(reveals)))
    script = HOW_TO.read_text(encoding="utf-8").split("```sh\n", 1)[1].split("```", 1)[0]
    ran = subprocess.run(["bash", "-euc", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    sample = draw(seed_of(root, plan, reveals), strata, frame)
    assert ran.stdout.split("\n")[:-1] == [f"{one.ticket} {one.stratum} {one.unit}" for one in sample.picks]
