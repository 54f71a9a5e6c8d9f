"""A bureau's own controls: author and approver differ, conditions are compiled, each version counts from its day (SoD-6)."""

from datetime import date

import pytest
from case_flow.domain.control_set import ControlSetApproved
from case_flow.domain.errors import ControlBlocked, InvalidDefinition
from case_flow.domain.hold import HoldState
from case_flow.storage import control_set as sets
from case_flow.storage import hold as holds
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import Advanced, AdvanceMatter, advance_matter
from case_flow.use_cases.publish_controls import (
    ApproveControlSet,
    DraftControlSet,
    approve_control_set,
    draft_control_set,
)
from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.four_eyes import AuthorApproves
from plumbline_shared.principal import system

ITEM = """
item: REFUND
version: 1
name: {zh: 退税, en: Refund}
citation: {source: a rule}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: TAX_ADMINISTRATOR, unit: "@office", next: check}
  - {code: check, name: {zh: 核, en: Check}, role: TAX_ADMINISTRATOR, unit: "@office", end: true}
"""


def controls(action: str = "HOLD", when: str = "facts.amount > 1000", step: str = "check") -> str:
    return f"""
citation: {{source: D01-2026-3}}
controls:
  - item: REFUND
    step: {step}
    control:
      id: CT-REFUND-LARGE
      phase: IN_PROCESS
      action: {action}
      when: {when}
      message: {{zh: 金额较大，请复核, en: A large refund: check again}}
      citation: {{source: D01-2026-3, locator: Art 2}}
""".replace("A large refund: check again", '"A large refund: check again"')


async def drafted(bureau: WorkedBureau, source: str | None = None) -> int:
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    return await bureau.do("luo-fang", draft_control_set, DraftControlSet(source or controls()))


async def refund(bureau: WorkedBureau) -> str:
    command = AcceptMatter("REFUND", "a refund", office_id="D01.TO-5")
    return (await bureau.do("he-jun", accept_matter, command)).matter_id


async def check(bureau: WorkedBureau, matter: str, amount: int) -> Advanced:
    return await bureau.do("he-jun", advance_matter, AdvanceMatter(matter, "check", {"amount": amount}))


async def approve(bureau: WorkedBureau, version: int, on: date) -> None:
    await bureau.do("huang-zhen", approve_control_set, ApproveControlSet(version, on))


async def test_from_its_day_on_a_set_holds_steps_and_is_cleared_by_a_correction(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-01 09:00")
    version = await drafted(bureau)
    await approve(bureau, version, date(2026, 4, 3))
    await bureau.at("2026-04-02 23:59")
    assert (await check(bureau, await refund(bureau), 2000)).hold_id is None
    await bureau.at("2026-04-03 00:00")
    matter = await refund(bureau)
    held = (await check(bureau, matter, 2000)).hold_id
    assert held is not None
    hold = await bureau.seen("he-jun", lambda conn: holds.get(conn, held))
    assert (hold.code, hold.citation) == ("CT-REFUND-LARGE", "D01-2026-3 Art 2")
    assert (await check(bureau, matter, 900)).hold_id is None
    ended = await bureau.seen("he-jun", lambda conn: holds.get(conn, held))
    assert ended.state is HoldState.CORRECTED


async def test_the_newest_day_counts_and_every_version_can_be_read_as_of_its_day(
    bureau: WorkedBureau,
) -> None:
    await bureau.at("2026-04-01 09:00")
    first = await drafted(bureau)
    await approve(bureau, first, date(2026, 4, 1))
    assert (await check(bureau, await refund(bureau), 2000)).hold_id is not None
    second = await drafted(bureau, controls("BLOCK", "facts.amount > 5000"))
    await approve(bureau, second, date(2026, 5, 6))
    await bureau.at("2026-05-06 09:00")
    assert (await check(bureau, await refund(bureau), 2000)).hold_id is None
    with pytest.raises(ControlBlocked):
        await check(bureau, await refund(bureau), 6000)
    in_force = [
        await bureau.seen("wu-yan", lambda conn, day=day: sets.in_force(conn, "D01", day))
        for day in (date(2026, 3, 31), date(2026, 5, 5), date(2026, 5, 6))
    ]
    assert [row.version if row else None for row in in_force] == [None, first, second]


async def test_an_empty_set_takes_the_controls_away(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-01 09:00")
    await approve(bureau, await drafted(bureau), date(2026, 4, 1))
    await approve(bureau, await drafted(bureau, "citation: {source: D01-2026-9}"), date(2026, 4, 1))
    assert (await check(bureau, await refund(bureau), 2000)).hold_id is None


async def test_whoever_drafted_a_set_does_not_approve_it(bureau: WorkedBureau) -> None:
    await bureau.at("2026-04-01 09:00")
    version = await drafted(bureau)
    wanted = ApproveControlSet(version, date(2026, 4, 1))
    for name in ("luo-fang", "zhou-min", "ma-qing"):
        with pytest.raises(NotFound):
            await bureau.do(name, approve_control_set, wanted)
    author = bureau.who("luo-fang")
    both = type(author)(
        kind=author.kind,
        person_id=author.person_id,
        bureau_id=author.bureau_id,
        roles=author.roles | {"BUREAU_HEAD"},
    )
    with pytest.raises(AuthorApproves):
        await bureau.run(both, approve_control_set, wanted)
    yesterday = ApproveControlSet(version, date(2026, 3, 31))
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", approve_control_set, yesterday)
    await bureau.do("huang-zhen", approve_control_set, wanted)
    with pytest.raises(ControlSetApproved):
        await bureau.do("huang-zhen", approve_control_set, wanted)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (controls(when="facts.amount >"), "BAD_CONDITION"),
        (controls(when="1 + 1"), "BAD_CONDITION"),
        (controls().replace("citation: {source: D01-2026-3, locator: Art 2}", ""), "MISSING_CITATION"),
        (controls(action="SHOUT"), "UNKNOWN_VALUE"),
        (controls() + controls().split("controls:")[1], "DUPLICATE_CODE"),
    ],
    ids=["syntax", "no boolean", "no citation", "unknown action", "twice"],
)
async def test_a_faulty_set_is_told_every_fault(bureau: WorkedBureau, source: str, code: str) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        await drafted(bureau, source)
    assert code in [one.code for one in refused.value.problems]


async def test_a_control_belongs_to_a_step_that_an_item_has(bureau: WorkedBureau) -> None:
    with pytest.raises(Invalid):
        await drafted(bureau, controls(step="bless"))
    with pytest.raises(NotFound):
        await drafted(bureau, controls().replace("item: REFUND", "item: NOTHING"))
    with pytest.raises(NotFound):
        await bureau.do("he-jun", draft_control_set, DraftControlSet(controls()))
