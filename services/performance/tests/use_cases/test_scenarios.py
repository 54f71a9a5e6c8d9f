"""The outcomes of the worked scenarios (requirements §7), from the events of the other contexts."""

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from performance.use_cases.publish_rule_set import PublishRuleSet, packaged, publish_rule_set
from plumbline_contracts.case_flow.v1 import (
    AccountabilityForm,
    AppealDecided,
    IncidentConfirmed,
    IncidentSetAside,
    InquiryDecided,
    MatterClosed,
    Part,
    RectificationOverdue,
)
from plumbline_contracts.complaints.v1 import ComplaintKind, ComplaintOverturned, ComplaintSubstantiated
from plumbline_contracts.education.v1 import BatchUnitOverdue, EducationOverdue
from plumbline_contracts.performance.v1 import ScoreEntryPosted
from plumbline_shared.errors import Conflict
from plumbline_shared.principal import system

CONFIRMED = IncidentConfirmed(
    incident_id="in_1",
    bureau_id="D01",
    kind="TIME_LIMIT_MISSED",
    point_id="D01.RP-RELIEF-TIME-02",
    matter_id="mt_1",
    unit_id="D01.POLICY",
    occurred_on="2026-05-01",
    confirmed_on="2026-05-11",
    late_working_days=4,
)
CLOSED = MatterClosed(
    matter_id="mt_1",
    bureau_id="D01",
    unit_id="D01.POLICY",
    due_on="2026-04-30",
    closed_on="2026-05-18",
    late_working_days=10,
    incident_id="in_1",
)
Outcome = InquiryDecided.Outcome
SELF_CRITICISM = AccountabilityForm.ACCOUNTABILITY_FORM_WRITTEN_SELF_CRITICISM
CRITICISM = AccountabilityForm.ACCOUNTABILITY_FORM_CRITICISM_EDUCATION
CIRCULAR = AccountabilityForm.ACCOUNTABILITY_FORM_CIRCULAR
DECIDED = InquiryDecided(
    inquiry_id="iq_1",
    incident_id="in_1",
    incident_kind="TIME_LIMIT_MISSED",
    bureau_id="D01",
    unit_id="D01.POLICY",
    decided_on="2026-06-04",
    outcomes=[
        Outcome(person_id="D01.lin-jie", unit_id="D01.POLICY", part=Part.PART_PRIMARY, form=SELF_CRITICISM),
        Outcome(person_id="D01.sun-hao", unit_id="D01.TO-3", part=Part.PART_SECONDARY, form=CRITICISM),
        Outcome(person_id="D01.chen-gang", unit_id="D01.POLICY", part=Part.PART_SECONDARY, form=CRITICISM),
    ],
)
SCENARIO_1 = [("ev-1", CONFIRMED), ("ev-2", CLOSED), ("ev-3", DECIDED)]
OUTCOME_1 = {
    "D01.POLICY": Decimal("-2.0"),
    "D01.lin-jie": Decimal("-4.0"),
    "D01.sun-hao": Decimal("-2.0"),
    "D01.chen-gang": Decimal("-2.0"),
}


def points(events: list[ScoreEntryPosted]) -> dict[str, Decimal]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for event in events:
        for entry in event.entries:
            sums[event.subject_id] += Decimal(entry.points)
    return dict(sums)


async def balance(runtime) -> dict[str, Decimal]:
    async with runtime.db.read(system()) as conn:
        rows = await conn.fetch("select subject_id, sum(points) as points from entry group by subject_id")
    return {row["subject_id"]: row["points"] for row in rows if row["points"]}


async def forget(owner_url: str) -> None:
    """Empty the ledger between examples, as the database's owner: the service itself cannot."""
    conn = await asyncpg.connect(owner_url)
    await conn.execute("truncate fact, entry, reversal_request, reversal_decision, outbox cascade")
    await conn.close()


async def test_scenario_1_a_relief_approval_overdue(performance, receive, sent) -> None:
    for event_id, event in SCENARIO_1:
        await receive(event, event_id)
    events = await sent()
    assert [type(one) for one in events] == [ScoreEntryPosted] * 4
    assert Counter(one.subject_id for one in events) == dict.fromkeys(OUTCOME_1, 1)
    assert points(events) == OUTCOME_1
    lin = next(one for one in events if one.subject_id == "D01.lin-jie")
    assert [(one.rule, one.points, one.rule_set_version, one.incident_id) for one in lin.entries] == [
        ("SR-01", "-2.0", "DEMO-2026", "in_1"),
        ("SR-07", "-2.0", "DEMO-2026", "in_1"),
    ]
    assert (lin.year, lin.bureau_id) == (2026, "D01")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    order=st.lists(st.sampled_from(SCENARIO_1), min_size=3, max_size=9).filter(
        lambda o: len({i for i, _ in o}) == 3
    )
)
async def test_replaying_any_event_in_any_order_never_posts_twice(performance, receive, order) -> None:
    await forget(performance.settings.owner_database_url)
    for event_id, event in order:
        await receive(event, event_id)
    assert await balance(performance) == OUTCOME_1


@pytest.mark.parametrize("appealed_first", [True, False])
async def test_a_decision_set_aside_on_appeal_costs_nobody_anything(
    performance, receive, appealed_first
) -> None:
    appeal = AppealDecided(
        inquiry_id="iq_1", incident_id="in_1", bureau_id="D01", upheld=False, decided_on="2026-07-20"
    )
    known = [*SCENARIO_1, ("ev-4", appeal)]
    for event_id, event in reversed(known) if appealed_first else known:
        await receive(event, event_id)
    assert await balance(performance) == {"D01.POLICY": Decimal("-2.0")}


@pytest.mark.parametrize("first", [True, False])
async def test_an_incident_that_was_set_aside_costs_nobody_anything(performance, receive, first) -> None:
    aside = IncidentSetAside(incident_id="in_1", bureau_id="D01", set_aside_on="2026-05-25")
    known = [("ev-1", CONFIRMED), ("ev-4", aside)]
    for event_id, event in reversed(known) if first else known:
        await receive(event, event_id)
    assert await balance(performance) == {}


async def test_a_decision_upheld_on_appeal_changes_nothing(performance, receive) -> None:
    upheld = AppealDecided(inquiry_id="iq_1", incident_id="in_1", bureau_id="D01", upheld=True)
    upheld.decided_on = "2026-07-20"
    for event_id, event in [*SCENARIO_1, ("ev-4", upheld)]:
        await receive(event, event_id)
    assert await balance(performance) == OUTCOME_1


async def test_the_same_fact_under_another_event_id_is_the_same_fact(performance, receive, sent) -> None:
    await receive(CONFIRMED, "ev-1")
    await receive(CONFIRMED, "ev-9")
    assert len(await sent()) == 1


async def test_finished_more_than_ten_days_late_costs_the_unit_a_further_point(performance, receive) -> None:
    late = MatterClosed()
    late.CopyFrom(CLOSED)
    late.late_working_days = 11
    for event_id, event in (("ev-1", CONFIRMED), ("ev-2", late)):
        await receive(event, event_id)
    assert await balance(performance) == {"D01.POLICY": Decimal("-3.0")}


async def test_a_matter_closed_without_an_incident_is_not_scored(performance, receive, sent) -> None:
    plain = MatterClosed()
    plain.CopyFrom(CLOSED)
    plain.incident_id = ""
    await receive(plain, "ev-1")
    assert await sent() == []


async def test_scenario_3_a_circular_in_force(performance, receive, sent) -> None:
    decided = InquiryDecided(
        inquiry_id="iq_3",
        incident_id="in_3",
        incident_kind="INTEGRITY",
        bureau_id="D01",
        decided_on="2026-07-10",
        outcomes=[Outcome(person_id="D01.chen-gang", unit_id="D01.POLICY", form=CIRCULAR)],
    )
    await receive(decided, "ev-1")
    assert points(await sent()) == {"D01.chen-gang": Decimal("-3.0"), "D01.POLICY": Decimal("-1.0")}


async def test_scenario_5_education_overdue(performance, receive, sent) -> None:
    overdue = EducationOverdue(
        assignment_id="ea_1",
        batch_id="eb_1",
        bureau_id="D01",
        person_id="D01.wu-bin",
        unit_id="D01.TO-7",
        due_on="2026-03-23",
        overdue_from="2026-03-24",
    )
    batches = {"TO-7": (2, 1), "TO-3": (2, 0), "TO-5": (1, 0), "HALL": (2, 0)}
    await receive(overdue, "ev-1")
    for number, (unit, (total, late)) in enumerate(batches.items()):
        batch = BatchUnitOverdue(
            batch_id="eb_1",
            bureau_id="D01",
            unit_id=f"D01.{unit}",
            total=total,
            overdue=late,
            due_on="2026-03-23",
        )
        await receive(batch, f"ev-b{number}")
    assert points(await sent()) == {"D01.wu-bin": Decimal("-0.5"), "D01.TO-7": Decimal("-0.5")}


async def test_scenario_6_a_rectification_overdue_for_one_further_block(performance, receive, sent) -> None:
    for block, day in ((0, "2026-07-18"), (1, "2026-07-25")):
        late = RectificationOverdue(
            order_id="ro_1",
            bureau_id="D01",
            unit_id="D01.TO-5",
            due_on="2026-07-17",
            blocks=block,
            overdue_from=day,
        )
        await receive(late, f"ev-{block}")
    assert points(await sent()) == {"D01.TO-5": Decimal("-1.5")}


async def test_a_complaint_linked_to_the_incident_counts_only_as_far_as_it_weighs_more(
    performance, receive
) -> None:
    rights = ComplaintSubstantiated(
        complaint_id="cp_1",
        bureau_id="D01",
        unit_id="D01.POLICY",
        person_id="D01.lin-jie",
        kind=ComplaintKind.COMPLAINT_KIND_RIGHTS,
        decided_on="2026-05-20",
        incident_id="in_1",
    )
    overturned = ComplaintOverturned(
        complaint_id="cp_1", bureau_id="D01", unit_id="D01.POLICY", decided_on="2026-06-20"
    )
    await receive(overturned, "ev-0")
    await receive(CONFIRMED, "ev-1")
    assert await balance(performance) == {"D01.POLICY": Decimal("-4.0")}
    await receive(rights, "ev-2")
    assert await balance(performance) == {"D01.POLICY": Decimal("-3.0"), "D01.lin-jie": Decimal("-1.5")}


async def test_what_occurred_before_the_first_rule_set_is_not_scored(performance, receive, sent) -> None:
    old = IncidentConfirmed()
    old.CopyFrom(CONFIRMED)
    old.occurred_on = "2011-05-01"
    await receive(old, "ev-1")
    assert await sent() == []


async def test_bureaus_do_not_mix(performance, receive) -> None:
    other = IncidentConfirmed()
    other.CopyFrom(CONFIRMED)
    other.bureau_id, other.unit_id = "D02", "D02.POLICY"
    await receive(CONFIRMED, "ev-1")
    await receive(other, "ev-2")
    assert await balance(performance) == {"D01.POLICY": Decimal("-2.0"), "D02.POLICY": Decimal("-2.0")}


async def test_a_published_rule_set_never_changes(performance) -> None:
    rules = packaged()[0]
    await performance.execute(system(), publish_rule_set, PublishRuleSet(rules))
    changed = msgspec.structs.replace(rules, effective_from=date(2026, 2, 1))
    with pytest.raises(Conflict):
        await performance.execute(system(), publish_rule_set, PublishRuleSet(changed))
