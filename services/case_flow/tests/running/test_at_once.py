"""Two acts on one step at the same moment: one counts, the other is told, nothing is done by halves."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest
from case_flow.domain.errors import NothingToSign
from case_flow.domain.recusal import Relation
from case_flow.domain.signing import SignerRefused
from case_flow.testing import WorkedBureau
from case_flow.testing_running import ALL_SIGN, ANY_SIGN, published, rows
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.change_signers import AddSigner, RemoveSigner, add_signer, remove_signer
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.declare_interest import DeclareInterest, declare_interest
from case_flow.use_cases.withdraw_matter import WithdrawMatter, withdraw_matter
from plumbline_contracts.case_flow.v1 import MatterClosed
from plumbline_shared.errors import Conflict, NotFound, Refused
from plumbline_shared.principal import system

LI, ZHAO, QIN, BO = (f"D01.{one}" for one in ("li-wei", "zhao-qiang", "qin-yue", "bo-tao"))


async def taken_in(bureau: WorkedBureau, item: str) -> str:
    await published(bureau, item)
    return (await bureau.do("wu-yan", accept_matter, AcceptMatter("SIGNED", "x"))).matter_id


async def race(*acts: Awaitable[Any]) -> list[BaseException]:
    """Both at once; whatever was refused."""
    done = await asyncio.gather(*acts, return_exceptions=True)
    refused = [one for one in done if isinstance(one, BaseException)]
    assert all(isinstance(one, Conflict | Refused | NotFound) for one in refused), refused
    return refused


async def test_of_two_first_signatures_at_once_one_begins(bureau: WorkedBureau) -> None:
    matter = await taken_in(bureau, ALL_SIGN)
    refused = await race(
        bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(QIN,))),
        bureau.do("zhao-qiang", advance_matter, AdvanceMatter(matter, "look", co_signers=(BO,))),
    )
    assert len(refused) == 1
    assert len(await rows(bureau, "select from signature")) == 1


async def test_of_two_last_signatures_at_once_one_completes_the_step(bureau: WorkedBureau) -> None:
    matter = await taken_in(bureau, ANY_SIGN)
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO, QIN)))
    sign = CoSignStep(matter, "look")
    refused = await race(
        bureau.do("zhao-qiang", co_sign_step, sign), bureau.do("qin-yue", co_sign_step, sign)
    )
    assert len(refused) == 1
    [done] = await rows(bureau, "select signers from matter_step where step = 'look'")
    assert len(done["signers"]) == 2
    assert len(await rows(bureau, "select from signature")) == 2


async def test_two_signatures_of_three_at_once_are_both_kept_once_repeated(bureau: WorkedBureau) -> None:
    matter = await taken_in(bureau, ALL_SIGN)
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO, QIN)))
    sign = CoSignStep(matter, "look")
    names = ("zhao-qiang", "qin-yue")
    refused = await race(*(bureau.do(name, co_sign_step, sign) for name in names))
    assert all(isinstance(one, Conflict) for one in refused)
    for name in names:
        try:
            await bureau.do(name, co_sign_step, sign)
        except NothingToSign:
            continue
    [done] = await rows(bureau, "select signers from matter_step where step = 'look'")
    assert sorted(done["signers"]) == sorted((LI, ZHAO, QIN))


async def test_taking_a_signer_off_while_another_goes_never_leaves_one_alone(bureau: WorkedBureau) -> None:
    matter = await taken_in(bureau, ALL_SIGN)
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO, QIN)))
    refused = await race(
        bureau.do("sun-hao", remove_signer, RemoveSigner(matter, "look", ZHAO, "ill")),
        bureau.do("tang-li", remove_signer, RemoveSigner(matter, "look", QIN, "ill")),
    )
    assert len(refused) == 1
    [row] = await rows(bureau, "select pending -> 'signers' s from matter")
    assert len({LI, ZHAO, QIN} - {one for one in (LI, ZHAO, QIN) if one in row["s"]}) == 1
    left = ZHAO if ZHAO in row["s"] else QIN
    with pytest.raises(SignerRefused):
        await bureau.do("sun-hao", remove_signer, RemoveSigner(matter, "look", left, "ill"))


async def test_a_withdrawal_and_a_completion_at_once_are_told_apart(bureau: WorkedBureau) -> None:
    matter = await taken_in(bureau, ALL_SIGN)
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO,)))
    completed, withdrawn = await asyncio.gather(
        bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "look")),
        bureau.run(system("D01"), withdraw_matter, WithdrawMatter(matter, "not needed")),
        return_exceptions=True,
    )
    counts = [not isinstance(one, Exception) for one in (completed, withdrawn)]
    assert any(counts)
    done = await rows(bureau, "select from matter_step where step = 'look'")
    [row] = await rows(bureau, "select state, step, row_version from matter")
    assert [len(done) == 1, row["state"] == "WITHDRAWN"] == counts
    assert len(await bureau.events(MatterClosed)) == int(counts[1])
    assert row["step"] == (None if counts[1] else "check")


async def test_somebody_added_and_declaring_an_interest_at_once_does_not_sign(bureau: WorkedBureau) -> None:
    matter = await taken_in(bureau, ALL_SIGN)
    await bureau.do("li-wei", advance_matter, AdvanceMatter(matter, "look", co_signers=(ZHAO,)))
    await race(
        bureau.do("li-wei", add_signer, AddSigner(matter, "look", QIN, "knows the plant")),
        bureau.do("qin-yue", declare_interest, DeclareInterest(Relation.KIN, "x", party="x")),
    )
    with pytest.raises((Refused, NotFound)):
        await bureau.do("qin-yue", co_sign_step, CoSignStep(matter, "look"))
    await bureau.at("2026-04-01 09:01")
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "look"))
    [done] = await rows(bureau, "select signers from matter_step where step = 'look'")
    assert list(done["signers"]) == [LI, ZHAO]
