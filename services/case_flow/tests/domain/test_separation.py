"""Segregation of duties holds for every order of steps and persons (SoD-1, SoD-2, invariant 4)."""

from datetime import UTC, date, datetime
from importlib.resources import files

import pytest
from case_flow.domain import errors, separation, transitions
from case_flow.domain.matter import Completion, Matter
from case_flow.domain.parsing import parse
from hypothesis import given
from hypothesis import strategies as st

RELIEF = parse(files("case_flow").joinpath("items", "relief_approval.yaml").read_text(encoding="utf-8"))
PEOPLE = ("p1", "p2", "p3", "p4", "p5", "p6")
AT = datetime(2026, 4, 1, tzinfo=UTC)


def matter(step="accept"):
    return Matter(
        id="mt", bureau_id="D01", case_ref="r", item_code=RELIEF.item, item_version=1, item_hash="h", title="t",
        unit_id="D01.HALL", people=(), units=("D01.HALL",), accepted_at=AT, accepted_on=date(2026, 4, 1), step=step,
    )  # fmt: skip


def done(step, *signers, **payload):
    return Completion(step=step, signers=signers, at=AT, local_on=date(2026, 4, 1), payload=payload)


@given(
    st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True), min_size=4, max_size=4)
)
def test_nobody_ends_up_on_two_steps_of_one_matter(teams):
    now = matter()
    for step, team in zip(("accept", "investigate", "review", "approve"), teams, strict=True):
        before = {person for mark in now.trail.values() for person in mark.by}
        if before & set(team):
            with pytest.raises(errors.SeparationOfDuties):
                separation.require_separate(RELIEF, now, step, team)
            return
        separation.require_separate(RELIEF, now, step, team)
        now = transitions.complete(RELIEF, now, done(step, *team, outcome="APPROVED"))
    sets = [set(mark.by) for mark in now.trail.values()]
    assert sum(map(len, sets)) == len(set().union(*sets))


@given(st.sampled_from(PEOPLE), st.permutations(["accept", "investigate", "review", "approve"]))
def test_incompatibility_has_no_direction(person, order):
    first, second = order[:2]
    now = matter(first).change(
        trail=transitions.complete(RELIEF, matter(first), done(first, person, outcome="REFUSED")).trail
    )
    assert separation.conflicts(RELIEF, now, second, person) == (first,)
    assert separation.conflicts(RELIEF, now, first, person) == ()


@given(st.sampled_from(PEOPLE), st.lists(st.sampled_from(PEOPLE), max_size=3).map(tuple))
def test_two_people_means_two_different_people(signer, others):
    step = RELIEF.by_code["investigate"]
    try:
        signers = separation.require_signers(matter(), step, signer, others)
    except errors.CoSignerIsSigner:
        assert signer in others or len(set(others)) < len(others)
    except errors.CoSignerMissing:
        assert not others
    else:
        assert len(set(signers)) == len(signers) >= 2
        assert signers[0] == signer


def test_a_second_review_asks_for_a_second_signature():
    review = RELIEF.by_code["review"]
    assert separation.signers_needed(matter(), review) == 1
    assert separation.signers_needed(matter().change(second_review=True), review) == 2


def test_a_signature_is_given_once_and_only_by_whom_it_is_asked_of():
    asked = transitions.ask_signatures(matter("investigate"), done("investigate", "p1", "p2"), ("p1", "p2"))
    for stranger in ("p1", "p3"):
        with pytest.raises(errors.NothingToSign):
            transitions.sign(asked, "investigate", stranger)
    assert transitions.sign(asked, "investigate", "p2").signed == ("p1", "p2")
    with pytest.raises(errors.SignaturePending):
        transitions.ask_signatures(asked, done("investigate", "p1", "p2"), ("p1", "p2"))


def test_repeated_work_does_not_grow_the_trail():
    now = matter("review")
    for _ in range(1000):
        now = now.change(trail=transitions.complete(RELIEF, now, done("review", "p1")).trail)
    assert now.trail["review"].by == ("p1",)
    assert now.trail["review"].times == 1000
