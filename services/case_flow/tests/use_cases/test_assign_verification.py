"""An alert is never left without somebody who verifies it (requirements 5.3, R1: assign; 5.5)."""

from datetime import date

import pytest
from case_flow.domain.alert import AlertState, AlertStateRefused, NotTheVerifier, VerifierOfOwnUnit
from case_flow.domain.verification import NotAVerifier
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import overdue, seen_by, verdict
from case_flow.use_cases.acknowledge_alert import AcknowledgeAlert, acknowledge_alert
from case_flow.use_cases.assign_verification import AssignVerification, assign_verification
from case_flow.use_cases.raise_alert import raise_alert
from case_flow.use_cases.resolve_alert import resolve_alert
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system

DUE = date(2026, 5, 19)
WHY = "legal is away on a course"


async def unverified(bureau: WorkedBureau) -> str:
    """The missed deadline, taken note of, whose verifier let the limit pass."""
    _, _, alert = await overdue(bureau)
    await bureau.at("2026-05-06 09:00")
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(alert.id))
    await bureau.at("2026-05-12 09:00")
    return alert.id


async def test_once_the_limit_has_passed_the_head_gives_it_to_somebody_else(bureau: WorkedBureau) -> None:
    alert = await unverified(bureau)
    await bureau.do("huang-zhen", assign_verification, AssignVerification(alert, "D01.bai-xue", WHY))
    (now,) = await seen_by(bureau, "bai-xue", "DEADLINE_MISSED")
    assert (now.verifier, now.verify_due, now.state) == ("D01.bai-xue", DUE, AlertState.VERIFYING)
    with pytest.raises(NotTheVerifier):
        await bureau.do("luo-fang", resolve_alert, verdict(alert))
    resolved = await bureau.do("bai-xue", resolve_alert, verdict(alert))
    assert resolved.incident_id is not None


async def test_before_that_the_head_does_not_see_it_and_nobody_else_assigns(bureau: WorkedBureau) -> None:
    _, _, alert = await overdue(bureau)
    wanted = AssignVerification(alert.id, "D01.bai-xue", WHY)
    for name in ("huang-zhen", "chen-gang", "zhou-min", "luo-fang", "lin-jie", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(name, assign_verification, wanted)


async def test_whom_the_head_may_not_name(bureau: WorkedBureau) -> None:
    alert = await unverified(bureau)
    for chosen, refused in (
        ("D01.chen-gang", VerifierOfOwnUnit),
        ("D01.wu-yan", NotAVerifier),
        ("D01.huang-zhen", Invalid),
        ("D01.luo-fang", Invalid),
        ("D01.nobody", Invalid),
    ):
        with pytest.raises(refused):
            await bureau.do("huang-zhen", assign_verification, AssignVerification(alert, chosen, WHY))
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", assign_verification, AssignVerification(alert, "D01.bai-xue", " "))


async def test_what_has_its_verdict_is_given_to_nobody(bureau: WorkedBureau) -> None:
    alert = await unverified(bureau)
    await bureau.do("luo-fang", resolve_alert, verdict(alert))
    with pytest.raises(AlertStateRefused):
        await bureau.do("huang-zhen", assign_verification, AssignVerification(alert, "D01.bai-xue", WHY))


async def test_where_nobody_is_fit_the_head_hears_of_it_at_once(bureau: WorkedBureau) -> None:
    """Every person whom the rule could choose had a part in it."""
    everybody = sorted(bureau.org.persons)
    await bureau.at("2026-05-06 09:00")
    alert = await bureau.within(
        system("D01"),
        lambda uow: raise_alert(
            uow, kind="PROCEDURAL_VIOLATION", at=uow.now, subject_person_ids=["D01.lin-jie"],
            unit_ids=["D01.POLICY"], grade="MEDIUM", involved=everybody,
        ),
    )  # fmt: skip
    (seen,) = await seen_by(bureau, "huang-zhen", "PROCEDURAL_VIOLATION")
    assert (seen.id, seen.verifier) == (alert, None)
    await bureau.do("chen-gang", acknowledge_alert, AcknowledgeAlert(alert))
    await bureau.do("huang-zhen", assign_verification, AssignVerification(alert, "D01.bai-xue", WHY))
    (now,) = await seen_by(bureau, "bai-xue", "PROCEDURAL_VIOLATION")
    assert now.state is AlertState.VERIFYING


async def test_about_the_head_the_discipline_lead_assigns(bureau: WorkedBureau) -> None:
    await bureau.at("2026-05-06 09:00")
    alert = await bureau.within(
        system("D01"),
        lambda uow: raise_alert(
            uow, kind="PROCEDURAL_VIOLATION", at=uow.now, subject_person_ids=["D01.huang-zhen"],
            unit_ids=["D01.POLICY"], grade="LOW", involved=sorted(bureau.org.persons),
        ),
    )  # fmt: skip
    wanted = AssignVerification(alert, "D01.bai-xue", WHY)
    with pytest.raises(NotFound):
        await bureau.do("huang-zhen", assign_verification, wanted)
    assert await bureau.do("ma-qing", assign_verification, wanted) == alert
