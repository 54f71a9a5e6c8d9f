"""A service complaint from the call to the feedback; silence is acceptance; a substantiated one is published."""

import json
from datetime import date, datetime

import pytest
from complaints.domain.complaint import Complaint, ComplaintState, SubjectDecides, WrongState
from complaints.storage.complaints import find_complaints
from complaints.testing import File, Officer, Settle, complaint
from complaints.use_cases import handle_complaint as steps
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.errors import IdempotencyMismatch, NotFound
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime


async def stored(
    runtime: Runtime, complaint_id: str | None, who: Principal | None = None
) -> Complaint | None:
    assert complaint_id is not None
    async with runtime.db.read(who or system("D01")) as conn:
        return (await find_complaints(conn, [complaint_id])).get(complaint_id)


async def test_accept_decide_feed_back(
    runtime: Runtime, officer: Officer, file: File, clock: ManualClock
) -> None:
    answer = await file(complaint())
    assert answer.receipt_no.startswith("C-2026-")
    assert answer.promised_by == date(2026, 5, 18)
    handler, case = officer("fan-ke"), answer.complaint_id or ""
    clock.set(datetime(2026, 5, 18, 9, 0, tzinfo=SHANGHAI))
    step = await runtime.execute(handler, steps.accept_complaint, steps.AcceptComplaint(case), key="a")
    assert (step.state, step.due_on) == (ComplaintState.ACCEPTED, date(2026, 5, 25))
    await runtime.execute(handler, steps.decide_complaint, steps.DecideComplaint(case, True), key="b")
    again = await runtime.execute(handler, steps.decide_complaint, steps.DecideComplaint(case, True), key="b")
    assert again.state is ComplaintState.DECIDED
    await runtime.execute(handler, steps.feed_back_complaint, steps.FeedBackComplaint(case, True), key="c")
    row = await stored(runtime, case)
    assert row is not None
    assert (row.state, row.substantiated, row.corrected) == (ComplaintState.FED_BACK, True, True)
    async with runtime.db.read(system("D01")) as conn:
        [event] = await conn.fetch("select subject, data from outbox")
    assert event["subject"] == "complaints.v1.ComplaintSubstantiated"
    assert json.loads(event["data"]) == {
        "complaintId": case,
        "bureauId": "D01",
        "unitId": "D01.HALL",
        "personId": "D01.wu-yan",
        "kind": "COMPLAINT_KIND_BEHAVIOUR",
        "decidedOn": "2026-05-18",
    }


async def test_an_unjustified_complaint_is_not_published(
    runtime: Runtime, officer: Officer, file: File
) -> None:
    case = (await file(complaint())).complaint_id or ""
    handler = officer("fan-ke")
    await runtime.execute(handler, steps.accept_complaint, steps.AcceptComplaint(case))
    await runtime.execute(handler, steps.decide_complaint, steps.DecideComplaint(case, False))
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from outbox") == 0


async def test_silence_is_acceptance_as_of_the_last_day(
    runtime: Runtime, file: File, settle: Settle, clock: ManualClock
) -> None:
    case = (await file(complaint(kind="QUALITY"))).complaint_id
    clock.set(datetime(2026, 5, 18, 23, 59, tzinfo=SHANGHAI))
    await settle()
    row = await stored(runtime, case)
    assert row is not None
    assert row.state is ComplaintState.RECEIVED
    clock.set(datetime(2026, 5, 19, 0, 0, tzinfo=SHANGHAI))
    await settle()
    row = await stored(runtime, case)
    assert row is not None
    assert (row.state, row.accepted_on, row.accepted_by) == (ComplaintState.ACCEPTED, date(2026, 5, 18), None)
    assert row.decide_due_on == date(2026, 6, 1)


async def test_a_handler_of_the_unit_concerned_does_not_decide(
    runtime: Runtime, officer: Officer, file: File
) -> None:
    case = (await file(complaint(unit_id="D01.OFFICE", person_id=None))).complaint_id or ""
    await runtime.execute(officer("fan-ke"), steps.accept_complaint, steps.AcceptComplaint(case))
    with pytest.raises(SubjectDecides):
        await runtime.execute(officer("fan-ke"), steps.decide_complaint, steps.DecideComplaint(case, True))


async def test_who_may_not_handle_learns_nothing(runtime: Runtime, officer: Officer, file: File) -> None:
    case = (await file(complaint())).complaint_id or ""
    for code in ("wu-yan", "chen-gang", "huang-zhen", "operator-07"):
        with pytest.raises(NotFound):
            await runtime.execute(officer(code), steps.accept_complaint, steps.AcceptComplaint(case))
    about_the_handler = (await file(complaint(person_id="D01.fan-ke"), key="2")).complaint_id or ""
    with pytest.raises(NotFound):
        await runtime.execute(
            officer("fan-ke"), steps.accept_complaint, steps.AcceptComplaint(about_the_handler)
        )
    with pytest.raises(WrongState):
        await runtime.execute(officer("fan-ke"), steps.decide_complaint, steps.DecideComplaint(case, True))


async def test_the_subject_sees_it_only_after_acceptance(
    runtime: Runtime, officer: Officer, file: File
) -> None:
    case = (await file(complaint(), caller=officer("operator-07"))).complaint_id
    assert await stored(runtime, case, officer("wu-yan")) is None
    assert await stored(runtime, case, officer("operator-07")) is not None
    await runtime.execute(officer("fan-ke"), steps.accept_complaint, steps.AcceptComplaint(case or ""))
    assert await stored(runtime, case, officer("wu-yan")) is not None
    assert await stored(runtime, case, officer("lin-jie")) is None


async def test_the_same_key_with_another_body_is_refused(
    runtime: Runtime, file: File, clock: ManualClock
) -> None:
    first = await file(complaint(), key="one")
    assert (await file(complaint(), key="one")).receipt_no == first.receipt_no
    with pytest.raises(IdempotencyMismatch):
        await file(complaint(text="another"), key="one")
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from complaint") == 1


async def test_answers_are_forgotten_after_a_day(
    runtime: Runtime, file: File, settle: Settle, clock: ManualClock
) -> None:
    await file(complaint(), key="one")
    clock.set(datetime(2026, 5, 17, 22, 59, tzinfo=SHANGHAI))
    await settle()
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from intake_key") == 1
    clock.set(datetime(2026, 5, 17, 23, 0, tzinfo=SHANGHAI))
    await settle()
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from intake_key") == 0


async def test_a_decision_overturned_above_is_the_deciding_units(
    runtime: Runtime, officer: Officer, file: File
) -> None:
    case = (await file(complaint())).complaint_id or ""
    head, handler = officer("huang-zhen"), officer("fan-ke")
    with pytest.raises(WrongState):
        await runtime.execute(head, steps.overturn_complaint, steps.OverturnComplaint(case))
    await runtime.execute(handler, steps.accept_complaint, steps.AcceptComplaint(case))
    await runtime.execute(handler, steps.decide_complaint, steps.DecideComplaint(case, False))
    for who in (handler, officer("ma-qing"), officer("chen-gang")):
        with pytest.raises(NotFound):
            await runtime.execute(who, steps.overturn_complaint, steps.OverturnComplaint(case))
    await runtime.execute(head, steps.overturn_complaint, steps.OverturnComplaint(case))
    with pytest.raises(WrongState):
        await runtime.execute(head, steps.overturn_complaint, steps.OverturnComplaint(case))
    async with runtime.db.read(system("D01")) as conn:
        [event] = await conn.fetch("select subject, data from outbox")
    assert event["subject"] == "complaints.v1.ComplaintOverturned"
    assert json.loads(event["data"])["unitId"] == "D01.OFFICE"
