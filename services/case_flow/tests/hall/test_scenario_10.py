"""Scenario 10: pre-review, acceptance at the window, back office, sign-off by the next on the roster."""

from datetime import date

import pytest
from case_flow.domain import errors
from case_flow.domain.definition import Outcome
from case_flow.domain.form import FormInvalid, FormRetired
from case_flow.domain.matter_path import Looks, MatterPath, matter_path, visits_of
from case_flow.domain.pre_review import PreReviewRefused
from case_flow.domain.reform import Walked
from case_flow.storage import matter as matters
from case_flow.storage import reform, sign_off, trail
from case_flow.storage.looks import looks_of
from case_flow.testing_hall import presented, publish_forms
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.decide_matter import DecideMatter, decide_matter
from case_flow.use_cases.pre_review import (
    PreReviewApplication,
    PresentAgain,
    pre_review_application,
    present_again,
)
from case_flow.use_cases.publish_form import PublishForm, RetireForm, publish_form, retire_form
from plumbline_contracts.case_flow.v1 import AlertRaised, MatterAccepted, MatterClosed
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

ITEM, TITLE = "INVOICE-QUANTITY-INCREASE", "Linjiang Foundry"
LACKING = presented(documents=["LICENCE_COPY", "INVOICE_BOOK"])


async def rows(bureau, sql, *args):
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))


@pytest.fixture
async def hall(bureau):
    await publish_forms(bureau, "invoice_quantity")
    await bureau.publish("invoice_quantity_increase")
    await bureau.at("2026-10-09 09:05")
    return bureau


async def _told(hall, payload=LACKING):
    return await hall.do("gao-yun", pre_review_application, PreReviewApplication(ITEM, TITLE, None, payload))


def _acceptance(review, **changes):
    return AcceptMatter(item=ITEM, title=TITLE, pre_review_id=review.pre_review_id, **changes)


async def _accepted(hall):
    told = await _told(hall)
    await hall.at("2026-10-09 14:20")
    await hall.do("gao-yun", present_again, PresentAgain(told.pre_review_id, presented()))
    await hall.at("2026-10-09 14:32")
    return told, await hall.do("wu-yan", accept_matter, _acceptance(told))


async def test_the_whole_story(hall):
    told = await _told(hall)
    assert [one.code for one in told.missing] == ["BANK_STATEMENT"]
    assert "银行对账单" in told.notice.zh
    assert "Bank statement" in told.notice.en
    assert await hall.events() == []
    assert await rows(hall, "select from timer") == []
    with pytest.raises(PreReviewRefused):
        await hall.do("wu-yan", accept_matter, _acceptance(told))
    await hall.at("2026-10-09 14:20")
    back = await hall.do("gao-yun", present_again, PresentAgain(told.pre_review_id, presented()))
    assert back.missing == ()
    await hall.at("2026-10-09 14:32")
    accepted = await hall.do("wu-yan", accept_matter, _acceptance(told))
    assert accepted.receipt_no == told.receipt_no
    [event] = await hall.events(MatterAccepted)
    assert (event.accepted_on, event.due_on) == ("2026-10-09", "2026-10-15")
    dues = await rows(hall, "select clock, due_on from clock_event order by due_on, clock")
    assert [(row["clock"], row["due_on"].isoformat()) for row in dues] == [
        ("stage:front_check", "2026-10-10"), ("stage:back_approval", "2026-10-13"),
        ("matter", "2026-10-15"), ("stage:sign_off", "2026-10-15"),
    ]  # fmt: skip
    await hall.at("2026-10-12 10:00")
    await hall.do("zhou-min", advance_matter, AdvanceMatter(accepted.matter_id, "back_approval"))
    routed = await hall.seen("tang-li", lambda conn: sign_off.of_matters(conn, [accepted.matter_id]))
    assert [(one.person_id, one.refusal) for one in routed[accepted.matter_id]] == [
        ("D01.zhou-min", "SOD_SAME_PERSON"), ("D01.tang-li", None),
    ]  # fmt: skip
    with pytest.raises(errors.NotHandler):
        await hall.do("zhou-min", decide_matter, DecideMatter(accepted.matter_id, Outcome.APPROVED))
    await hall.at("2026-10-13 10:00")
    await hall.do("tang-li", decide_matter, DecideMatter(accepted.matter_id, Outcome.APPROVED))
    [closed] = await hall.events(MatterClosed)
    assert (closed.closed_on, closed.late_working_days) == ("2026-10-13", 0)
    assert await hall.events(AlertRaised) == []
    done = (await hall.seen("tang-li", lambda conn: trail.steps(conn, [accepted.matter_id])))[
        accepted.matter_id
    ]
    assert [one.step for one in done] == ["pre_review", "front_check", "back_approval", "sign_off"]
    [matter] = (
        await hall.seen("tang-li", lambda conn: matters.get_many(conn, [accepted.matter_id]))
    ).values()
    looks = (await hall.within(system("D01"), lambda uow: looks_of(uow.conn, [matter.id])))[matter.id]
    assert looks == Looks(2, date(2026, 10, 9))
    visits = visits_of([one.step for one in done], ("pre_review", "front_check"), matter.accepted_on, looks)
    path = matter_path(
        [one.signers for one in done], matter.accepted_on, matter.closed_on, visits, hall.org.calendar
    )
    assert path == MatterPath(steps=4, hand_overs=3, visits=2, elapsed=2)
    [walked] = await hall.within(
        system("D01"),
        lambda uow: reform.walked(
            uow.conn, "D01", ITEM, 1, (matter.closed_on, matter.closed_on), ("pre_review", "front_check")
        ),
    )
    assert walked == Walked(matter.accepted_on, matter.closed_on, matters=1, visits=2, hand_overs=3)
    await hall.at("2026-11-30 00:00")
    assert await hall.events(AlertRaised) == []


async def test_the_sign_off_goes_to_the_director_on_duty_who_took_no_part(hall):
    _, accepted = await _accepted(hall)
    await hall.at("2026-10-12 10:00")
    [step] = await rows(hall, "select step, handlers from matter where id = $1", accepted.matter_id)
    assert (step["step"], step["handlers"]) == ("back_approval", ["D01.zhou-min"])


async def test_guide_and_acceptor_are_different_people(hall):
    whole = PreReviewApplication(ITEM, TITLE, None, presented())
    told = await hall.do("double", pre_review_application, whole)
    with pytest.raises(errors.SeparationOfDuties):
        await hall.do("double", accept_matter, _acceptance(told))
    with pytest.raises(PreReviewRefused):
        await hall.do("wu-yan", accept_matter, AcceptMatter(item=ITEM, title=TITLE, payload=presented()))
    await hall.do("xu-lan", accept_matter, _acceptance(told))
    with pytest.raises(PreReviewRefused):
        await hall.do("wu-yan", accept_matter, _acceptance(told))
    with pytest.raises(PreReviewRefused):
        await hall.do("gao-yun", present_again, PresentAgain(told.pre_review_id, presented()))


async def test_only_a_guide_of_the_hall_looks_and_only_the_hall_sees(hall):
    command = PreReviewApplication(ITEM, TITLE, None, LACKING)
    for name in ("wu-yan", "he-xin", "chen-gang", "huang-zhen"):
        with pytest.raises(errors.NotEligible):
            await hall.do(name, pre_review_application, command)
    told = await _told(hall)
    with pytest.raises(NotFound):
        await hall.do("chen-gang", accept_matter, _acceptance(told))


async def test_what_the_window_sends_must_fit_the_form(hall):
    told = await _told(hall, presented())
    wrong = {**presented()["fields"], "monthly_copies": 0, "colour": "red"}
    with pytest.raises(FormInvalid) as refusal:
        await hall.do("wu-yan", accept_matter, _acceptance(told, payload={"fields": wrong}))
    found = {tuple(one["path"]): one["code"] for one in refusal.value.details["faults"]}
    assert found == {("fields", "colour"): "UNKNOWN", ("fields", "monthly_copies"): "TOO_SMALL"}
    with pytest.raises(Invalid):
        await hall.do("wu-yan", accept_matter, _acceptance(told, payload={"documents": "all"}))


async def test_a_retired_form_names_its_successor_and_a_notice_given_before_holds(hall):
    told = await _told(hall)
    source = (await rows(hall, "select source from form_version"))[0]["source"]
    await hall.do("huang-zhen", publish_form, PublishForm(source.replace("version: 1", "version: 2")))
    retire = RetireForm("INVOICE-QUANTITY/1", "INVOICE-QUANTITY/2", date(2026, 10, 9))
    with pytest.raises(NotFound):
        await hall.do("chen-gang", retire_form, retire)
    with pytest.raises(Invalid):
        await hall.do(
            "huang-zhen",
            retire_form,
            RetireForm("INVOICE-QUANTITY/1", "INVOICE-QUANTITY/9", date(2026, 10, 9)),
        )
    await hall.do("huang-zhen", retire_form, retire)
    fresh = await _told(hall, presented())
    old = presented(form="INVOICE-QUANTITY/1")
    with pytest.raises(FormRetired) as refusal:
        await hall.do("wu-yan", accept_matter, _acceptance(fresh, payload=old))
    assert refusal.value.details["successor"] == "INVOICE-QUANTITY/2"
    await hall.do("gao-yun", present_again, PresentAgain(told.pre_review_id, presented()))
    await hall.do("wu-yan", accept_matter, _acceptance(told))
