"""Whoever investigates is qualified on the day: asked when work is given, claimed and completed (SoD-2, I-017)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
import pytest_asyncio
from case_flow.domain import errors
from case_flow.domain.hands import CoSignerAbsent
from case_flow.testing import WorkedBureau
from case_flow.testing_running import ALL_SIGN, RULED, accepted, published, rows
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.claim_work import ClaimWork, claim_work
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from plumbline_org.parts import PersonStatus, Span, StatusSpan
from plumbline_org.storage.write import put_person
from plumbline_shared.errors import NotFound, Refused
from plumbline_shared.principal import system

LI, ZHAO, QIN = (f"D01.{one}" for one in ("li-wei", "zhao-qiang", "qin-yue"))
REVOKED = StatusSpan(PersonStatus.QUALIFICATION_REVOKED, Span(date(2026, 4, 2)))


@pytest_asyncio.fixture
async def revoked(bureau: WorkedBureau) -> AsyncIterator[WorkedBureau]:
    """From 2 April on Zhao Qiang's qualification is revoked."""
    before = bureau.org
    person = before.persons[ZHAO]
    changed = replace(person, statuses=(StatusSpan(PersonStatus.ACTIVE, Span()), REVOKED))
    bureau.org = replace(before, persons={**before.persons, ZHAO: changed})
    async with bureau.db.transaction(system("D01")) as conn:
        await put_person(conn, changed)
    yield bureau
    async with bureau.db.transaction(system("D01")) as conn:
        await put_person(conn, person)


async def test_without_a_qualification_nobody_takes_or_is_given_an_investigation(
    revoked: WorkedBureau,
) -> None:
    await revoked.at("2026-04-01 09:00")
    await published(revoked, ALL_SIGN, RULED)
    matter = (await accepted(revoked, "SIGNED"))[0]
    await revoked.do("zhao-qiang", claim_work, ClaimWork(matter, "look"))
    await revoked.at("2026-04-02 09:00")
    other = (await accepted(revoked, "SIGNED"))[0]
    with pytest.raises((errors.NotEligible, NotFound)):
        await revoked.do("zhao-qiang", claim_work, ClaimWork(other, "look"))
    with pytest.raises(errors.NotEligible):
        await revoked.do("sun-hao", assign_work, AssignWork(other, "look", (LI, ZHAO)))
    with pytest.raises((errors.NotEligible, CoSignerAbsent)):
        await revoked.do("li-wei", advance_matter, AdvanceMatter(other, "look", co_signers=(ZHAO,)))
    given = [(await accepted(revoked, "RULED"))[1] for _ in range(4)]
    assert [ZHAO] not in given


async def test_what_was_in_hand_is_not_completed_once_the_qualification_is_gone(
    revoked: WorkedBureau,
) -> None:
    await revoked.at("2026-04-01 09:00")
    await published(revoked, ALL_SIGN)
    first, second = (await accepted(revoked, "SIGNED"))[0], (await accepted(revoked, "SIGNED"))[0]
    await revoked.do("zhao-qiang", claim_work, ClaimWork(first, "look"))
    await revoked.do("li-wei", advance_matter, AdvanceMatter(second, "look", co_signers=(ZHAO,)))
    await revoked.at("2026-04-02 09:00")
    for act in (
        revoked.do("zhao-qiang", advance_matter, AdvanceMatter(first, "look", co_signers=(QIN,))),
        revoked.do("zhao-qiang", co_sign_step, CoSignStep(second, "look")),
    ):
        with pytest.raises(Refused):
            await act
    assert await rows(revoked, "select from matter_step where step = 'look'") == []
