"""Branches side by side: every interleaving completes, no token is lost or doubled, separation holds across them."""

from datetime import UTC, date, datetime
from random import Random

import pytest
from case_flow.domain import clock, errors, running_work, separation, transitions
from case_flow.domain.matter import Completion, Matter, OpenStep, Regime, joined
from case_flow.domain.parsing import parse
from case_flow.domain.recorded_case import RecordedCase
from case_flow.testing_blocks import SHAPES, definition_file, shapes
from hypothesis import given, settings
from hypothesis import strategies as st
from plumbline_shared.calendar import seed_calendar

AT = datetime(2026, 4, 1, tzinfo=UTC)
ON = date(2026, 4, 1)
PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8)
ENOUGH = 400
CHANCE = st.integers(0, 2**32).map(Random)


def begun(definition):
    return Matter(
        id="mt", bureau_id="D01", case_ref="r", item_code=definition.item, item_version=1, item_hash="h", title="t",
        unit_id="D01.POLICY", people=(), units=("D01.POLICY",), accepted_at=AT, accepted_on=ON, step=definition.start,
    )  # fmt: skip


def done(step, who, to=""):
    return Completion(step=step, signers=(who,), at=AT, local_on=ON, to=to)


class Office:
    """Claims and completes open steps as drawn, with as many people as separation asks for."""

    def __init__(self, definition, chance):
        self.definition, self.chance = definition, chance
        self.people = [f"p{number}" for number in range(3)]
        self.rounds = 0

    def separate(self, matter, step):
        """Somebody whom separation lets do the step; a new colleague when it lets nobody."""
        able = [one for one in self.people if not separation.conflicts(self.definition, matter, step, one)]
        if not able:
            self.people.append(f"p{len(self.people)}")
            able = self.people[-1:]
        return self.chance.choice(able)

    def claimed(self, matter):
        """Some of the open steps get into somebody's hands before any is done."""
        for one in matter.open_steps:
            if not one.handlers and self.chance.random() < 0.5:
                focus = matter.focused(one.step)
                who = self.separate(focus, one.step)
                matter = transitions.claim(focus, self.definition.by_code[one.step], who)
        return matter

    def completed(self, matter, tired):
        """One of the open steps, whichever is drawn, is done by whoever has it."""
        self.rounds += 1
        code = self.chance.choice([one.step for one in matter.open_steps])
        focus, step = matter.focused(code), self.definition.by_code[code]
        who = focus.handlers[0] if focus.handlers else self.separate(focus, code)
        separation.require_separate(self.definition, focus, code, [who])
        way = (step.next[0] if tired else self.chance.choice(step.next)) if step.next else ""
        after = transitions.complete(self.definition, focus, done(code, who, way))
        return transitions.close(after, AT, ON, 0) if step.end else after


def tokens_are_right(definition, matter):
    """What is open is open once, each in a branch beside the others; a join waits for the last of its branches."""
    codes = [one.step for one in matter.open_steps]
    assert codes
    assert len(set(codes)) == len(codes)
    for number, one in enumerate(codes):
        assert all(definition.parallel(one, other) for other in codes[number + 1 :])
    for block in definition.blocks:
        assert block.join not in codes or not block.steps.intersection(codes)


def ends_well(definition, matter):
    assert matter.open_steps == ()
    for one, others in definition.incompatible.items():
        for other in others:
            by = [set(matter.trail[code].by) for code in (one, other) if code in matter.trail]
            assert len(by) < 2 or not by[0] & by[1]


@settings(max_examples=80, deadline=None)
@given(SHAPES, PAIRS, CHANCE)
def test_every_interleaving_completes_and_loses_no_token(shape, pairs, chance):
    definition = parse(definition_file(shape, pairs))
    office, matter = Office(definition, chance), begun(definition)
    while matter.closed_at is None:
        tokens_are_right(definition, matter)
        matter = office.completed(office.claimed(matter), tired=office.rounds > 15)
        assert office.rounds < ENOUGH
    ends_well(definition, matter)
    for block in definition.blocks:
        if block.split in matter.trail:
            times = matter.trail[block.split].times
            assert matter.trail[block.join].times == times
            assert all(matter.trail[head].times >= times for head in block.branches)


@settings(max_examples=50, deadline=None)
@given(SHAPES, PAIRS, CHANCE)
def test_a_return_leaves_the_other_branches_and_the_matter_still_completes(shape, pairs, chance):
    definition = parse(definition_file(shape, pairs))
    office, matter = Office(definition, chance), begun(definition)
    while matter.closed_at is None:
        tokens_are_right(definition, matter)
        tired = office.rounds > 15
        if matter.trail and not tired and chance.random() < 0.3:
            matter = sent_back(definition, matter, chance)
        else:
            matter = office.completed(office.claimed(matter), tired)
        assert office.rounds < ENOUGH
    ends_well(definition, matter)


def sent_back(definition, matter, chance):
    focus = matter.focused(chance.choice([one.step for one in matter.open_steps]))
    to = chance.choice(sorted(matter.trail))
    try:
        back = running_work.send_back(definition, focus, to, "again")
    except errors.ReturnRefused:
        return matter
    assert set(back.others) == set(focus.others)
    return back


@settings(max_examples=40, deadline=None)
@given(shapes(st.just("block")), CHANCE)
def test_a_record_of_an_allowed_order_has_no_finding(shape, chance):
    """Replayed event by event, any interleaving that could be lived is in order."""
    definition = parse(definition_file(shape))
    case = RecordedCase(definition, Regime.ENFORCE, "c", {}, AT)
    matter = begun(definition)
    while matter.closed_at is None:
        code = chance.choice([one.step for one in matter.open_steps])
        strangers = [
            one for one in definition.by_code if one not in {each.step for each in matter.open_steps}
        ]
        assert not strangers or case.step(chance.choice(strangers), AT, "p").refused
        assert not case.step(code, AT, "p").findings
        matter = transitions.complete(definition, matter.focused(code), done(code, "p"))
        if definition.by_code[code].end:
            matter = transitions.close(matter, AT, ON, 0)


JOINT = """
item: JOINT
version: 1
name: {zh: 会办, en: Joint}
citation: {source: a rule}
limit: {length: 20, citation: {source: a rule}}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 2, split: [law, levy]}
  - {code: law, name: {zh: 法, en: Law}, role: LEGAL_OFFICER, unit: LEGAL, budget: 3, next: law2}
  - {code: law2, name: {zh: 法二, en: Law 2}, role: LEGAL_OFFICER, unit: LEGAL, budget: 4, next: meet}
  - {code: levy, name: {zh: 征, en: Levy}, role: REVIEWER, unit: LEVY, budget: 1, split: [in1, in2]}
  - {code: in1, name: {zh: 一, en: One}, role: REVIEWER, unit: LEVY, budget: 5, incompatible_with: [law], next: inner}
  - {code: in2, name: {zh: 二, en: Two}, role: REVIEWER, unit: POLICY, budget: 2, incompatible_with: [in1], next: inner}
  - {code: inner, name: {zh: 合, en: Inner}, role: REVIEWER, unit: LEVY, join: levy, budget: 3, next: meet}
  - {code: meet, name: {zh: 会, en: Meet}, role: SECTION_CHIEF, unit: POLICY, join: take, budget: 2, end: true}
"""


def test_budgets_run_side_by_side_and_the_longest_branch_counts():
    days = clock.stage_days(parse(JOINT))
    assert days == {"take": 2, "law": 5, "law2": 9, "levy": 3, "in1": 8, "in2": 5, "inner": 11, "meet": 13}
    dues = {one.step: one.on for one in clock.stage_dues(parse(JOINT), begun(parse(JOINT)), seed_calendar())}
    assert dues["meet"] == seed_calendar().add_working_days(ON, 13).on


def test_whoever_has_a_parallel_step_may_neither_claim_nor_complete_one_that_excludes_it():
    definition = parse(JOINT)
    taken = transitions.complete(definition, begun(definition), done("take", "w"))
    split = transitions.complete(definition, taken.focused("levy"), done("levy", "x"))
    assert [one.step for one in split.open_steps] == ["in1", "in2", "law"]
    has_one = transitions.claim(split.focused("in1"), definition.by_code["in1"], "p")
    focus = has_one.focused("in2")
    assert separation.conflicts(definition, focus, "in2", "p") == ("in1",)
    with pytest.raises(errors.SeparationOfDuties):
        separation.require_separate(definition, focus, "in2", ["p"])
    assert separation.conflicts(definition, has_one.focused("law"), "law", "p") == ("in1",)
    assert separation.conflicts(definition, has_one.focused("in1"), "in1", "p") == ()
    asked = transitions.ask_signatures(split.focused("in1"), done("in1", "a"), ("a", "b"))
    assert separation.conflicts(definition, asked.focused("in2"), "in2", "b") == ("in1",)


def test_a_return_across_a_split_waits_until_the_other_branches_ended():
    definition = parse(JOINT)
    taken = transitions.complete(definition, begun(definition), done("take", "w"))
    for to in ("take", "law"):
        with pytest.raises(errors.ReturnRefused):
            running_work.send_back(definition, taken.focused("levy"), to, "again")
    ended = taken
    for code in ("law", "law2"):
        ended = transitions.complete(definition, ended.focused(code), done(code, "l"))
    assert [one.step for one in ended.open_steps] == ["levy"]
    assert running_work.send_back(definition, ended, "take", "again").step == "take"
    with pytest.raises(errors.ReturnRefused):
        running_work.send_back(definition, ended, "law2", "the other branch has ended")


def test_a_repetition_around_a_block_opens_no_way_from_branch_to_branch():
    again = JOINT.replace("budget: 2, end: true}", "budget: 2, next: [done, take]}") + (
        "  - {code: done, name: {zh: 毕, en: Done}, role: WINDOW_CLERK, unit: HALL, end: true}\n"
    )
    definition = parse(again)
    now = begun(definition)
    for code in ("take", "law", "law2", "levy", "in1", "in2", "inner"):
        now = transitions.complete(definition, now.focused(code), done(code, "p"))
    now = transitions.complete(definition, now, done("meet", "p", "take"))
    for code in ("take", "law", "law2"):
        now = transitions.complete(definition, now.focused(code), done(code, "p"))
    assert [one.step for one in now.open_steps] == ["levy"]
    for to in ("law2", "meet", "inner"):
        with pytest.raises(errors.ReturnRefused):
            running_work.send_back(definition, now, to, "past the join and around")


def test_focus_moves_and_loses_nothing():
    definition = parse(JOINT)
    taken = transitions.complete(definition, begun(definition), done("take", "w"))
    for one in taken.open_steps:
        moved = taken.focused(one.step)
        assert moved.step == one.step
        assert set(moved.open_steps) == set(taken.open_steps)
        assert moved.focused(taken.step) == taken
    assert taken.focused("nothing") is taken
    assert OpenStep(step="a", state=taken.state, unit_id="u").hands == joined(())
