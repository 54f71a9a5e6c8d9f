"""Work finds its people by rule: never by choice of the applicant, and why is kept (S1-087)."""

from datetime import date
from typing import Any

import pytest
from case_flow.control_subscriptions import on_education_overdue, on_risk_point_published
from case_flow.domain.assignment import Considered, choose
from case_flow.domain.definition import Assign, AssignRule, Citation
from case_flow.domain.errors import InvalidDefinition
from case_flow.domain.parsing import parse
from case_flow.testing import WorkedBureau, point
from case_flow.testing_running import RULED, accepted, published
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.hand_over_work import HandOverWork, hand_over_work
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from plumbline_contracts.education.v1 import EducationOverdue
from plumbline_shared.principal import system

LI, ZHAO, QIN, BO = (f"D01.{one}" for one in ("li-wei", "zhao-qiang", "qin-yue", "bo-tao"))
IN_TURN = RULED.replace("LEAST_LOAD", "ROUND_ROBIN").replace("RULED", "IN-TURN")
BY_AREA = RULED.replace("rule: LEAST_LOAD", "rule: TERRITORY, areas: {A7: TO-3.investigator-3}").replace(
    "RULED", "BY-AREA"
)
PAIRS = IN_TURN.replace("IN-TURN", "PAIRS").replace("    assign:", "    min_actors: 2\n    assign:")


async def test_whoever_has_least_in_hand_gets_the_next_and_equals_take_turns(bureau: WorkedBureau) -> None:
    await published(bureau, RULED)
    got = [(await accepted(bureau, "RULED"))[1] for _ in range(4)]
    assert sorted(one for [one] in got) == sorted((LI, ZHAO, QIN, BO))
    _matter, [fifth] = await accepted(bureau, "RULED")
    assert [fifth] == got[0]
    await bureau.do("qin-yue", advance_matter, AdvanceMatter((await of(bureau, QIN))[0], "look"))
    assert (await accepted(bureau, "RULED"))[1] == [QIN]


async def of(bureau: WorkedBureau, person: str) -> list[str]:
    sql = "select matter_id from work where assignee = $1 order by matter_id"
    return [
        one["matter_id"]
        for one in await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, person))
    ]


async def test_in_turn_means_in_turn_whatever_they_have_in_hand(bureau: WorkedBureau) -> None:
    await published(bureau, IN_TURN)
    got = [(await accepted(bureau, "IN-TURN"))[1][0] for _ in range(8)]
    assert got[:4] == got[4:]
    assert sorted(got[:4]) == sorted((LI, ZHAO, QIN, BO))


async def test_an_area_leads_to_whoever_answers_for_it_and_any_other_to_the_least_load(
    bureau: WorkedBureau,
) -> None:
    await published(bureau, BY_AREA)
    assert [(await accepted(bureau, "BY-AREA", area="A7"))[1] for _ in range(2)] == [[QIN], [QIN]]
    assert (await accepted(bureau, "BY-AREA", area="B1"))[1] != [QIN]


async def test_a_step_for_two_gets_two(bureau: WorkedBureau) -> None:
    await published(bureau, PAIRS)
    first, second = (await accepted(bureau, "PAIRS"))[1], (await accepted(bureau, "PAIRS"))[1]
    assert len({*first, *second}) == 4


async def test_overdue_education_on_a_high_point_keeps_new_work_away_and_the_explanation_says_so(
    bureau: WorkedBureau, graph: Any
) -> None:
    await bureau.receive(on_risk_point_published, point("RP-LOOK-01", "HIGH"))
    overdue = EducationOverdue(
        assignment_id="ea-1", bureau_id="D01", person_id=LI, unit_id="D01.TO-3", point_id="D01.RP-LOOK-01",
        overdue_from=date(2026, 3, 1).isoformat(),
    )  # fmt: skip
    await bureau.receive(on_education_overdue, overdue)
    await published(bureau, RULED)
    matter, [chosen] = await accepted(bureau, "RULED")
    assert chosen != LI
    explanation = """query($id: ID!) { matter(id: $id) { assignmentExplanation {
      step basis citation by { id } people { id } considered { person { id } openSteps excluded } text { zh en } } } }"""
    [why] = (await graph.ask("sun-hao", explanation, id=matter))["matter"]["assignmentExplanation"]
    assert (why["step"], why["basis"], why["by"], why["citation"]) == (
        "look",
        "LEAST_LOAD",
        None,
        "分派办法 Art 3",
    )
    assert {one["person"]["id"]: one["excluded"] for one in why["considered"]}[LI] == "HIGH_WORK_BARRED"
    assert "教育或轮岗逾期" in why["text"]["zh"]
    assert chosen in why["text"]["en"]
    other = next(one for one in (ZHAO, QIN, BO) if one != chosen)
    await bureau.do("sun-hao", assign_work, AssignWork(matter, "look", (other,), "knows the plant"))
    last = next(one for one in (ZHAO, QIN, BO) if one not in (chosen, other))
    over = HandOverWork(matter, "look", last, "on a course")
    await bureau.do(other.removeprefix("D01."), hand_over_work, over)
    found = (await graph.ask("sun-hao", explanation, id=matter))["matter"]["assignmentExplanation"]
    assert [(one["basis"], one["people"][0]["id"]) for one in found[1:]] == [
        ("DISPATCHED", other),
        ("HANDED_OVER", last),
    ]
    assert "knows the plant" in found[1]["text"]["en"]


async def test_when_too_few_are_free_the_step_waits_in_the_queue(bureau: WorkedBureau) -> None:
    await published(bureau, PAIRS.replace("min_actors: 2", "min_actors: 5"))
    _matter, handlers = await accepted(bureau, "PAIRS")
    assert handlers == []


def test_faults_in_a_rule_are_told_with_their_line() -> None:
    for wrong in ("rule: LUCK", "rule: TERRITORY", "rule: LEAST_LOAD, areas: {A: TO-3.chief}"):
        with pytest.raises(InvalidDefinition):
            parse(RULED.replace("rule: LEAST_LOAD", wrong))
    assert parse(RULED).by_code["look"].assign is not None


RULES = st.sampled_from(AssignRule).map(lambda rule: Assign(rule=rule, citation=Citation(source="x")))
AMONG = st.lists(
    st.builds(
        Considered,
        person=st.text("abcdef", min_size=1, max_size=3),
        load=st.integers(0, 5),
        turn=st.integers(0, 50),
        answers=st.booleans(),
        excluded=st.sampled_from([None, None, "RECUSED", "SOD_SAME_PERSON"]),
    ),
    max_size=8,
    unique_by=lambda one: one.person,
)


@given(rule=RULES, among=AMONG, number=st.integers(1, 4))
def test_a_choice_is_of_free_people_as_many_as_needed_and_the_best(
    rule: Assign, among: list[Considered], number: int
) -> None:
    chosen = choose(rule, among, number)
    free = {one.person: one for one in among if one.excluded is None}
    assert len(chosen) in (0, number)
    assert set(chosen) <= set(free)
    assert bool(chosen) is (len(free) >= number)
    assert choose(rule, reversed(among), number) == chosen
    for one in chosen:
        for other in set(free) - set(chosen):
            assert not _better(rule.rule, free[other], free[one])


def _better(rule: AssignRule, one: Considered, than: Considered) -> bool:
    if rule is AssignRule.ROUND_ROBIN:
        return one.turn < than.turn
    if rule is AssignRule.TERRITORY and one.answers != than.answers:
        return one.answers
    return one.load < than.load


@given(among=AMONG, rounds=st.integers(1, 12))
def test_taking_turns_nobody_is_ahead_by_more_than_one(among: list[Considered], rounds: int) -> None:
    rule = Assign(rule=AssignRule.ROUND_ROBIN, citation=Citation(source="x"))
    state = {one.person: structs.replace(one, turn=0) for one in among}
    times = dict.fromkeys(state, 0)
    for turn in range(1, rounds + 1):
        for one in choose(rule, state.values(), 1):
            times[one] += 1
            state[one] = structs.replace(state[one], turn=turn)
    counts = [times[one.person] for one in among if one.excluded is None]
    assert not counts or max(counts) - min(counts) <= 1
