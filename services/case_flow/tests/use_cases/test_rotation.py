"""A rotation that is due: who hears of it, and what an overdue holder is not given (S2-021, requirements 5.3 R21)."""

from typing import Any

import pytest
from case_flow.control_subscriptions import CONTROL_SUBSCRIPTIONS, on_risk_point_published
from case_flow.domain.errors import NotEligible
from case_flow.storage import alert as alerts
from case_flow.testing import WorkedBureau, point
from case_flow.use_cases.check_eligibility import check_eligibility
from plumbline_contracts.risk_registry.v1 import (
    AvoidanceFound,
    RotationDueSoon,
    RotationExtended,
    RotationOverdue,
    RotationResolved,
)
from plumbline_shared.principal import system

HELD = {
    "rotation_id": "ro_1", "bureau_id": "D01", "unit_id": "D01.POLICY", "post_id": "D01.POLICY.reviewer",
    "person_id": "D01.lin-jie", "held_since": "2021-07-01", "due_on": "2026-07-01", "grade": "RISK_GRADE_HIGH",
}  # fmt: skip
ENDED = {key: value for key, value in HELD.items() if key not in ("held_since", "grade", "due_on")}
EVERYBODY = {
    "huang-zhen", "zhou-min", "tang-li", "ma-qing", "chen-gang", "lin-jie", "xie-tao", "bai-xue", "luo-fang",
    "gu-ping", "he-jun", "qian-lu",
}  # fmt: skip


async def receive(bureau: WorkedBureau, event: Any) -> None:
    await bureau.receive(CONTROL_SUBSCRIPTIONS[type(event)], event)


def overdue(month: str, started_on: str, due_on: str = "2026-07-01") -> RotationOverdue:
    held: dict[str, Any] = {**HELD, "due_on": due_on}
    return RotationOverdue(overdue_from="2026-07-02", month=month, started_on=started_on, **held)


async def seen_by(bureau: WorkedBureau, kind: str) -> set[str]:
    wanted = alerts.AlertFilter(kind=kind)
    return {
        name
        for name in EVERYBODY
        if await bureau.seen(name, lambda conn: alerts.page(conn, wanted, None, 10))
    }


async def free(bureau: WorkedBureau, code: str) -> bool:
    try:
        await bureau.within(system("D01"), lambda uow: check_eligibility(uow, ["D01.lin-jie"], code))
    except NotEligible:
        return False
    return True


async def test_the_holder_their_line_and_hr_hear_of_it_and_nobody_else(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-02 00:00")
    due: dict[str, Any] = HELD
    for _ in range(2):
        await receive(bureau, RotationDueSoon(days_left=90, **due))
    assert await seen_by(bureau, "ROTATION_DUE_SOON") == {"lin-jie", "zhou-min", "xie-tao"}
    await bureau.at("2026-07-02 00:00")
    for month, day in (("2026-07", "2026-07-02"), ("2026-08", "2026-08-01")):
        await receive(bureau, overdue(month, day))
    assert await seen_by(bureau, "ROTATION_OVERDUE") == {
        "lin-jie", "zhou-min", "xie-tao", "huang-zhen", "ma-qing",
    }  # fmt: skip
    raised = [one.kind for one in await bureau.events() if one.DESCRIPTOR.name == "AlertRaised"]
    assert raised == ["ROTATION_DUE_SOON", "ROTATION_OVERDUE"]


@pytest.mark.parametrize(
    "ending",
    [
        RotationResolved(resolved_on="2026-07-10", **ENDED),
        RotationExtended(extended_until="2026-12-31", **ENDED),
    ],
)
async def test_an_overdue_holder_gets_no_new_high_matter_until_it_ends(
    bureau: WorkedBureau, ending: Any
) -> None:
    await bureau.at("2026-07-02 09:00")
    await receive(bureau, point("RP-H", "HIGH"))
    await bureau.receive(on_risk_point_published, point("RP-M", "MEDIUM"))
    assert await free(bureau, "RP-H")
    await receive(bureau, overdue("2026-07", "2026-07-02"))
    assert not await free(bureau, "RP-H")
    assert await free(bureau, "RP-M")
    await receive(bureau, ending)
    assert await free(bureau, "RP-H")
    await receive(bureau, overdue("2027-01", "2027-01-01", "2026-12-31"))
    assert not await free(bureau, "RP-H")


async def test_a_finding_about_kin_names_nobody(bureau: WorkedBureau) -> None:
    await receive(bureau, AvoidanceFound(finding_id="av_1", bureau_id="D01", found_on="2026-04-02"))
    assert await seen_by(bureau, "AVOIDANCE_FOUND") == {"xie-tao", "ma-qing", "huang-zhen"}
    (found,) = await bureau.seen(
        "xie-tao", lambda conn: alerts.page(conn, alerts.AlertFilter(kind="AVOIDANCE_FOUND"), None, 10)
    )
    assert (found.subject_ids, found.unit_ids, found.facts) == ((), (), {})
