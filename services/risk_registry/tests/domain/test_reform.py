"""What a draft touches, and that dispositions cover exactly that (invariants 2 and 11)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid
from risk_registry.domain.processes import Graph, Step, StepFunction, check_graph, metrics
from risk_registry.domain.reform import compare, step_problems

CODES = "abcdefgh"
POSTS = ["A.x", "B.y", "C.z"]
CLAUSES = frozenset({"R#1"})
STEPS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(POSTS), min_size=1).map(
    lambda said: tuple(
        Step(code, code, StepFunction.EXECUTE, post=post, monitor="D.m", basis="R#1", procedure="p")
        for code, post in said.items()
    )
)
GRAPHS = STEPS.map(lambda steps: Graph("t", steps, 20))
ALL_POSTS = frozenset((*POSTS, "D.m"))


@given(GRAPHS, GRAPHS)
def test_every_step_is_removed_added_or_kept(before: Graph, after: Graph) -> None:
    found = compare(before, after)
    old, new = set(before.by_code), set(after.by_code)
    assert (set(found.removed), set(found.added)) == (old - new, new - old)
    assert set(found.moved) == {c for c in old & new if before.by_code[c].post != after.by_code[c].post}
    assert found.bound == set(found.removed) | set(found.moved)


@given(GRAPHS, st.data())
def test_a_step_with_one_invariant_missing_is_always_named(graph: Graph, data: st.DataObject) -> None:
    assert step_problems(graph, ALL_POSTS, CLAUSES) == []
    field = data.draw(st.sampled_from(["basis", "procedure", "monitor", "post"]))
    index = data.draw(st.integers(0, len(graph.steps) - 1))
    steps = list(graph.steps)
    steps[index] = replace(steps[index], **{field: ""})
    problems = step_problems(replace(graph, steps=tuple(steps)), ALL_POSTS, CLAUSES)
    assert steps[index].code in {each.subject for each in problems}


@given(GRAPHS)
def test_metrics_count_steps_and_hand_overs(graph: Graph) -> None:
    found = metrics(graph)
    pairs = zip(graph.steps, graph.steps[1:], strict=False)
    assert (found.steps, found.hand_overs) == (len(graph.steps), sum(a.post != b.post for a, b in pairs))


@pytest.mark.parametrize("change", [{"limit_days": 0}, {"steps": ()}])
def test_a_graph_that_is_no_process_is_refused(change: dict[str, object]) -> None:
    step = Step("a", "a", StepFunction.ACCEPT)
    with pytest.raises(Invalid):
        check_graph(replace(Graph("t", (step,), 5), **change))  # type: ignore[arg-type]


def test_a_way_to_nowhere_and_a_code_twice_are_refused() -> None:
    step = Step("a", "a", StepFunction.ACCEPT, next=("b",))
    for steps in [(step,), (replace(step, next=()), replace(step, next=()))]:
        with pytest.raises(Invalid):
            check_graph(Graph("t", steps, 5))
