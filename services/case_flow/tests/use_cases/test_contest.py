"""Whoever is named in an incident sees it, contests it in time, and is heard by a leader without a part in it (I-014)."""

from datetime import date

import pytest
from case_flow.domain.alert import AlertState
from case_flow.domain.contest import ContestRefused, ContestTooLate, NoFreeLeader, last_day
from case_flow.domain.incident import IncidentLevel, RootCause
from case_flow.domain.inquiry import InquiryStateRefused
from case_flow.domain.leaders import free_leader
from case_flow.domain.liability import Capacity
from case_flow.rules import CONTROL_RULES
from case_flow.storage import contest as contests
from case_flow.storage import dashboard
from case_flow.storage import incident as incidents
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import confirmed, overdue, seen_by, verdict
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.contest_incident import (
    ContestIncident,
    DecideContest,
    contest_incident,
    decide_contest,
)
from case_flow.use_cases.open_incident import ActDraft, IncidentDraft
from case_flow.use_cases.propose_inquiry import ProposeInquiry, propose_inquiry
from case_flow.use_cases.resolve_alert import resolve_alert
from hypothesis import given
from hypothesis import strategies as st
from plumbline_contracts.case_flow.v1 import IncidentSetAside
from plumbline_org.testing import linjiang
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

GROUNDS = "the paper lay with the carrier from 04-14"


async def contested(bureau: WorkedBureau, by: str = "sun-hao") -> tuple[str, str]:
    """The incident of scenario 1, contested: its id and that of the contest."""
    incident = await confirmed(bureau)
    await bureau.at("2026-05-20 09:00")
    await bureau.do(by, contest_incident, ContestIncident(incident, GROUNDS))
    (one,) = (await bureau.seen(by, lambda conn: contests.of_incidents(conn, [incident])))[incident]
    return incident, one.id


async def test_everybody_named_in_an_incident_reads_it_from_its_confirmation(bureau: WorkedBureau) -> None:
    incident = await confirmed(bureau)
    for name in ("sun-hao", "lin-jie", "chen-gang"):
        found = await bureau.seen(name, lambda conn: incidents.get(conn, incident))
        assert found.findings == "custody gap 04-14 to 05-07"
    with pytest.raises(NotFound):
        await bureau.seen("li-wei", lambda conn: incidents.get(conn, incident))


async def test_what_is_set_aside_counts_nowhere_and_is_told_once(bureau: WorkedBureau) -> None:
    incident, contest = await contested(bureau)
    await bureau.do("huang-zhen", decide_contest, DecideContest(contest, stands=False, reasons="proved"))
    await bureau.at("2026-05-20 09:01")
    (told,) = await bureau.events(IncidentSetAside)
    assert (told.incident_id, told.set_aside_on) == (incident, "2026-05-20")
    assert GROUNDS not in str(told)
    (alert,) = await seen_by(bureau, "chen-gang", "DEADLINE_MISSED")
    assert alert.state is AlertState.CLOSED
    async with bureau.db.read(system("D01")) as conn:
        figures = await dashboard.figures(conn, "D01", 2026, date(2026, 5, 20))
    assert figures.faults == 0
    with pytest.raises(InquiryStateRefused):
        await bureau.do("zhou-min", propose_inquiry, ProposeInquiry(incident, "ten days late"))
    with pytest.raises(ContestRefused):
        await bureau.do("lin-jie", contest_incident, ContestIncident(incident, GROUNDS))


async def test_what_stands_stays_and_is_contested_once_by_one(bureau: WorkedBureau) -> None:
    incident, contest = await contested(bureau)
    stands = DecideContest(contest, stands=True, reasons="the slip was in the office")
    await bureau.do("huang-zhen", decide_contest, stands)
    assert await bureau.events(IncidentSetAside) == []
    with pytest.raises(ContestRefused):
        await bureau.do("huang-zhen", decide_contest, stands)
    with pytest.raises(ContestRefused):
        await bureau.do("sun-hao", contest_incident, ContestIncident(incident, GROUNDS))
    assert await bureau.do("lin-jie", contest_incident, ContestIncident(incident, GROUNDS)) == incident


async def test_who_contests_and_who_decides(bureau: WorkedBureau) -> None:
    incident, contest = await contested(bureau)
    for name in ("luo-fang", "zhou-min", "ma-qing", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(name, contest_incident, ContestIncident(incident, GROUNDS))
        with pytest.raises(NotFound):
            await bureau.do(name, decide_contest, DecideContest(contest, stands=False, reasons="because"))
    with pytest.raises(NotFound):
        await bureau.do("sun-hao", decide_contest, DecideContest(contest, stands=False, reasons="because"))
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", decide_contest, DecideContest(contest, stands=False, reasons=" "))
    with pytest.raises(Invalid):
        await bureau.do("lin-jie", contest_incident, ContestIncident(incident, " "))


async def test_an_inquiry_hears_the_case_and_time_runs_out(bureau: WorkedBureau) -> None:
    incident = await confirmed(bureau)
    await bureau.do("zhou-min", propose_inquiry, ProposeInquiry(incident, "ten days late"))
    with pytest.raises(ContestRefused):
        await bureau.do("sun-hao", contest_incident, ContestIncident(incident, GROUNDS))


async def test_the_last_day_to_contest_is_the_thirtieth(bureau: WorkedBureau) -> None:
    incident = await confirmed(bureau)
    await bureau.at("2026-06-11 09:00")
    with pytest.raises(ContestTooLate):
        await bureau.do("sun-hao", contest_incident, ContestIncident(incident, GROUNDS))
    assert last_day(date(2026, 5, 11), CONTROL_RULES.shipped().limits.appeal, bureau.org.calendar) == date(
        2026, 6, 10
    )


async def test_where_every_leader_has_a_part_the_bureau_above_decides(bureau: WorkedBureau) -> None:
    _, _, alert = await overdue(bureau)
    await bureau.at("2026-05-06 09:00")
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(alert.id))
    acts = tuple(ActDraft(f"D01.{one}", Capacity.APPROVER) for one in ("huang-zhen", "ma-qing", "lin-jie"))
    given_ = verdict(alert.id)
    draft = IncidentDraft(IncidentLevel.ORDINARY, RootCause.CUSTODY_GAP, acts)
    made = await bureau.do(
        "luo-fang", resolve_alert, type(given_)(alert.id, given_.verdict, given_.evidence, draft)
    )
    with pytest.raises(NoFreeLeader):
        await bureau.do("lin-jie", contest_incident, ContestIncident(str(made.incident_id), GROUNDS))


@given(st.frozensets(st.sampled_from(sorted(linjiang().persons))))
def test_a_free_leader_is_never_one_of_the_barred(barred: frozenset[str]) -> None:
    found = free_leader(linjiang(), barred, date(2026, 5, 11))
    assert found not in barred
    assert (found is None) == ({"D01.huang-zhen", "D01.ma-qing"} <= barred)
