"""会签 and 或签: who must sign, who is added, who is taken off, and what never goes (SoD-2)."""

import pytest
from case_flow.domain import errors
from case_flow.domain.hands import CoSignerAbsent
from case_flow.domain.signing import SignerRefused
from case_flow.testing import WorkedBureau
from case_flow.testing_running import ALL_SIGN, ANY_SIGN, rows
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.change_signers import AddSigner, RemoveSigner, add_signer, remove_signer
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.errors import Invalid
from plumbline_shared.principal import system

LI, ZHAO, QIN, BO, SHI = (f"D01.{one}" for one in ("li-wei", "zhao-qiang", "qin-yue", "bo-tao", "shi-yi"))


async def begun(bureau: WorkedBureau, item: str, *co_signers: str) -> str:
    """A matter whose step `look` Li Wei has signed and the others are asked to sign."""
    await bureau.run(system("D01"), publish_item, PublishItem(item))
    taken = await bureau.do("wu-yan", accept_matter, AcceptMatter("SIGNED", "x"))
    look = AdvanceMatter(taken.matter_id, "look", co_signers=co_signers)
    await bureau.do("li-wei", advance_matter, look)
    return taken.matter_id


async def signers_of(bureau: WorkedBureau, matter: str) -> list[list[str]]:
    sql = "select signers from matter_step where matter_id = $1 and step = 'look'"
    return [list(one["signers"]) for one in await rows(bureau, sql, matter)]


async def test_all_of_those_asked_sign_each_from_their_own_session(bureau: WorkedBureau) -> None:
    matter = await begun(bureau, ALL_SIGN, ZHAO, QIN)
    sign = CoSignStep(matter, "look")
    assert (await bureau.do("qin-yue", co_sign_step, sign)).waiting_for == (ZHAO,)
    for name in ("qin-yue", "li-wei", "bo-tao"):
        with pytest.raises(errors.NothingToSign):
            await bureau.do(name, co_sign_step, sign)
    await bureau.do("zhao-qiang", co_sign_step, sign)
    assert await signers_of(bureau, matter) == [[LI, QIN, ZHAO]]


async def test_any_two_of_those_asked_are_enough_and_only_they_did_it(bureau: WorkedBureau) -> None:
    matter = await begun(bureau, ANY_SIGN, ZHAO, QIN)
    assert (await bureau.do("qin-yue", co_sign_step, CoSignStep(matter, "look"))).waiting_for == ()
    assert await signers_of(bureau, matter) == [[LI, QIN]]
    with pytest.raises(errors.NothingToSign):
        await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "look"))


async def test_a_signer_is_added_with_the_reason_and_signs_too(bureau: WorkedBureau) -> None:
    matter = await begun(bureau, ALL_SIGN, ZHAO)
    with pytest.raises(Invalid):
        await bureau.do("li-wei", add_signer, AddSigner(matter, "look", QIN, " "))
    with pytest.raises(errors.NotHandler):
        await bureau.do("wu-yan", add_signer, AddSigner(matter, "look", QIN, "x"))
    with pytest.raises(SignerRefused):
        await bureau.do("li-wei", add_signer, AddSigner(matter, "look", ZHAO, "x"))
    with pytest.raises(CoSignerAbsent, match=QIN):
        await bureau.do("li-wei", add_signer, AddSigner(matter, "look", SHI, "x"))
    for other in ("D01.lin-jie", "D01.nobody"):
        with pytest.raises(errors.NotEligible):
            await bureau.do("li-wei", add_signer, AddSigner(matter, "look", other, "x"))
    added = await bureau.do("sun-hao", add_signer, AddSigner(matter, "look", QIN, "knows the plant"))
    assert added.waiting_for == (ZHAO, QIN)
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "look"))
    assert await signers_of(bureau, matter) == []
    await bureau.do("qin-yue", co_sign_step, CoSignStep(matter, "look"))
    assert await signers_of(bureau, matter) == [[LI, ZHAO, QIN]]


async def test_a_signer_is_taken_off_by_the_chief_never_below_two_and_never_after_signing(
    bureau: WorkedBureau,
) -> None:
    matter = await begun(bureau, ALL_SIGN, ZHAO)
    with pytest.raises(SignerRefused, match="needs 2"):
        await bureau.do("sun-hao", remove_signer, RemoveSigner(matter, "look", ZHAO, "ill"))
    await bureau.do("li-wei", add_signer, AddSigner(matter, "look", QIN, "Zhao Qiang is ill"))
    for name in ("li-wei", "zhao-qiang", "wu-yan"):
        with pytest.raises(errors.NotHandler):
            await bureau.do(name, remove_signer, RemoveSigner(matter, "look", ZHAO, "x"))
    with pytest.raises(Invalid):
        await bureau.do("sun-hao", remove_signer, RemoveSigner(matter, "look", ZHAO, ""))
    with pytest.raises(SignerRefused, match="has signed"):
        await bureau.do("sun-hao", remove_signer, RemoveSigner(matter, "look", LI, "x"))
    left = await bureau.do("sun-hao", remove_signer, RemoveSigner(matter, "look", ZHAO, "ill"))
    assert left.waiting_for == (QIN,)
    with pytest.raises(errors.NothingToSign):
        await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "look"))
    await bureau.do("qin-yue", co_sign_step, CoSignStep(matter, "look"))
    assert await signers_of(bureau, matter) == [[LI, QIN]]
    sql = "select person, act, by_person, reason from signer_change where matter_id = $1 order by seq"
    assert [tuple(one) for one in await rows(bureau, sql, matter)] == [
        (QIN, "ADDED", LI, "Zhao Qiang is ill"),
        (ZHAO, "REMOVED", "D01.sun-hao", "ill"),
    ]


async def test_the_last_one_asked_stays_although_enough_have_signed(bureau: WorkedBureau) -> None:
    matter = await begun(bureau, ALL_SIGN, ZHAO, QIN)
    await bureau.do("zhao-qiang", co_sign_step, CoSignStep(matter, "look"))
    with pytest.raises(SignerRefused, match="last one"):
        await bureau.do("sun-hao", remove_signer, RemoveSigner(matter, "look", QIN, "dissents"))
    assert await signers_of(bureau, matter) == []


async def test_nothing_is_added_before_the_first_signature(bureau: WorkedBureau) -> None:
    await bureau.run(system("D01"), publish_item, PublishItem(ALL_SIGN))
    taken = await bureau.do("wu-yan", accept_matter, AcceptMatter("SIGNED", "x"))
    with pytest.raises(errors.NothingToSign):
        await bureau.do("sun-hao", add_signer, AddSigner(taken.matter_id, "look", QIN, "x"))
