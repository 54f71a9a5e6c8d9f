"""How high approval climbs, before and after a change of the process (S1-107)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from risk_registry.domain.processes import DECIDES, Graph, Step, StepFunction, metrics
from risk_registry.domain.reform import compare

F = StepFunction
MOST = 6
STEPS = st.lists(
    st.tuples(
        st.sampled_from([F.EXECUTE, F.REVIEW, F.APPROVE]),
        st.sampled_from(["A", "B"]),
        st.sets(st.integers(0, MOST - 1), max_size=3),
    ),
    min_size=1,
    max_size=MOST,
)


def graph(said: Sequence[tuple[StepFunction, str, set[int]]]) -> Graph:
    """Steps in a row, with further ways ahead and back."""
    steps = tuple(
        Step(
            f"s{at}", "x", function, post=post,
            next=tuple(f"s{to}" for to in sorted({at + 1, *ways}) if to < len(said) and to != at),
        )
        for at, (function, post, ways) in enumerate(said)
    )  # fmt: skip
    return Graph("t", steps, 20)


def ways(of: Graph, at: int) -> Iterator[tuple[Step, ...]]:
    """Every way ahead from a step to where none goes on."""
    step = of.steps[at]
    further = [to for to in range(at + 1, len(of.steps)) if (step, of.steps[to]) in set(of.edges())]
    for to in further:
        yield from ((step, *rest) for rest in ways(of, to))
    if not further:
        yield (step,)


def levels(way: Sequence[Step]) -> int:
    posts = [step.post for step in way if step.function in DECIDES]
    return sum(one != other for one, other in zip(posts, ["", *posts], strict=False))


@given(said=STEPS)
def test_levels_are_those_of_the_way_with_the_most(
    said: list[tuple[StepFunction, str, set[int]]],
) -> None:
    of = graph(said)
    found = metrics(of)
    assert found.approval_levels == max(levels(way) for way in ways(of, 0))
    chain = [of.by_code[code] for code in found.chain]
    assert all(step.function in DECIDES for step in chain)
    assert all(one.post != other.post for one, other in pairwise(chain))


def row(*posts: str) -> Graph:
    """Accepted, decided at each post in turn, delivered."""
    decide = [Step(f"d{at}", post, F.APPROVE, post=post) for at, post in enumerate(posts)]
    return Graph(
        "t",
        (Step("accept", "x", F.ACCEPT, post="HALL"), *decide, Step("deliver", "x", F.DELIVER, post="HALL")),
        20,
    )


def test_a_flatter_process_has_fewer_levels() -> None:
    tall, flat = row("OFFICE", "SECTION", "DEPUTY", "HEAD"), row("SECTION", "DEPUTY")
    assert (metrics(tall).approval_levels, metrics(flat).approval_levels) == (4, 2)
    assert metrics(row("SECTION", "SECTION", "DEPUTY")).chain == ("d0", "d2")
    assert compare(tall, flat).removed == ("d2", "d3")


def test_branches_beside_one_another_do_not_add_up() -> None:
    of = row("SECTION", "DEPUTY")
    accept, one, other, deliver = of.steps
    beside = replace(
        of,
        steps=(
            replace(accept, next=(one.code, other.code)),
            replace(one, next=(deliver.code,)),
            replace(other, next=(deliver.code,)),
            deliver,
        ),
    )
    assert (metrics(of).approval_levels, metrics(beside).approval_levels) == (2, 1)
