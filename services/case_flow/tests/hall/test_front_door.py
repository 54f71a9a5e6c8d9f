"""One front door, what moved to it, and what the taxpayer answers for (S1-094, S1-099, S1-116, S1-139)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from case_flow.app import definition
from case_flow.control_subscriptions import on_risk_point_published
from case_flow.domain.declaration import require_declared
from case_flow.domain.definition import Citation, Declaration, Origin, Outcome, State, Step, Text
from case_flow.domain.errors import (
    ControlBlocked,
    DirectIntakeRefused,
    ExitConditionMissing,
    InvalidDefinition,
    NotEligible,
)
from case_flow.domain.form import FormInvalid
from case_flow.domain.guide import offered
from case_flow.domain.parsing import parse
from case_flow.storage import matter as matters
from case_flow.testing import FOLDER, point
from case_flow.testing_hall import hall_org, publish_forms
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.assign_work import AssignWork, assign_work
from case_flow.use_cases.co_sign_step import CoSignStep, co_sign_step
from case_flow.use_cases.decide_matter import DecideMatter, decide_matter
from case_flow.use_cases.set_up_windows import SetUpWindows, set_up_windows
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid
from plumbline_shared.principal import ANONYMOUS
from plumbline_shared.runtime import Runtime
from plumbline_shared.settings import load
from plumbline_shared.testing.plugin import run_graphql

TODAY = date(2026, 10, 9)
SIGNED = {"signed_by": "Zhou Wei", "signed_on": "2026-10-09", "document": "a" * 64}
TAXES = {
    "form": "TAX-TYPES/1",
    "fields": {"taxpayer": "Linjiang Foundry", "registration_no": "91330000MA000000X0", "business": "castings",
               "began_on": "2026-09-01", "turnover": 8_000_000},
    "documents": ["LICENCE_COPY"],
    "declaration": SIGNED,
}  # fmt: skip
REASON = "纳税人行动不便, 上门受理"
MATTER = """query($id: ID!) { matter(id: $id) { receiptNo directIntake { officer { id } reason }
  declarations { step signedBy signedOn document } } }"""
DIRECT = """{ hallStatistics(since: "2026-10-01", until: "2026-11-01") {
  intake { itemCode matters } direct { itemCode unit { id } matters } } }"""
STATUS = """query($no: String!, $code: String!) { matterByReceipt(receiptNo: $no, code: $code) {
  receiptNo stage { en } responsibleUnit } }"""


def shipped():
    for path in sorted((FOLDER / "items").glob("*.yaml")):
        yield parse(path.read_text(encoding="utf-8"))


def test_what_moved_in_front_is_taken_in_by_the_hall_and_some_of_it_reviewed_there():
    """S1-116: intake of all, review of some."""
    org = hall_org()
    moved = [one for one in shipped() if one.origin is Origin.FRONT_LOADED]
    assert {one.item for one in moved} >= {"TAX-TYPE-DETERMINATION", "INVOICE-QUANTITY-INCREASE", "SUMMARY-PENALTY"}  # fmt: skip
    assert all(offered(one, org) and one.former_owner for one in moved)
    reviewed = {
        one.item: any(step.unit == "HALL" and step.state is State.UNDER_REVIEW for step in one.steps)
        for one in moved
    }
    assert reviewed["TAX-TYPE-DETERMINATION"]
    assert reviewed["SUMMARY-PENALTY"]
    assert not reviewed["INVOICE-QUANTITY-INCREASE"]


def test_declarations_that_ship_dissolve_eleven_points():
    """S1-139: 化解11个风险点."""
    replaced = [
        code
        for one in shipped()
        for step in one.steps
        if step.declaration
        for code in step.declaration.replaces
    ]
    assert len(replaced) == len(set(replaced)) == 11


def test_a_point_that_a_declaration_stands_for_is_watched_no_more():
    source = (Path(FOLDER) / "items" / "tax_type_determination.yaml").read_text(encoding="utf-8")
    with pytest.raises(InvalidDefinition) as caught:
        parse(
            source.replace(
                "    role: SECTION_CHIEF", "    role: SECTION_CHIEF\n    point: RP-TAXTYPE-SCALE-02"
            )
        )
    assert [one.code for one in caught.value.problems] == ["DECLARED_POINT"]
    with pytest.raises(InvalidDefinition) as caught:
        parse(source.replace("    visit: true\n", "").replace("start: accept", "start: accept\norder: FREE"))
    assert [one.code for one in caught.value.problems] == ["DIRECT_INTAKE"]


STEP = Step(
    code="s",
    name=Text(zh="受理", en="Accept"),
    declaration=Declaration(
        text=Text(zh="属实", en="True"), citation=Citation(source="c"), replaces=("RP-1",)
    ),
)


@given(st.dates(TODAY - timedelta(400), TODAY), st.text(min_size=1, max_size=200).filter(str.strip), st.binary(min_size=32, max_size=32))  # fmt: skip
def test_a_declaration_signed_by_today_passes(on, by, digest):
    given = {"signed_by": by, "signed_on": on.isoformat(), "document": digest.hex()}
    require_declared(STEP, {"declaration": given}, TODAY)
    require_declared(Step(code="s", name=STEP.name), {}, TODAY)


@given(st.one_of(
    st.integers(), st.text(min_size=1), st.lists(st.integers(), min_size=1),
    st.sampled_from([{**SIGNED, key: wrong} for key, wrong in (
        ("signed_by", ""), ("signed_by", " "), ("signed_by", "x" * 201), ("signed_on", "2026-10-10"), ("signed_on", "soon"),
        ("document", "A" * 64), ("document", "a" * 63), ("extra", 1))]),
))  # fmt: skip
def test_what_is_no_declaration_is_refused(wrong):
    with pytest.raises(Invalid):
        require_declared(STEP, {"declaration": wrong}, TODAY)


@pytest.fixture
async def hall(bureau):
    await publish_forms(bureau, "tax_types")
    await bureau.publish("tax_type_determination", "summary_penalty", "quota_change")
    await bureau.at("2026-10-09 09:00")
    await bureau.do("huang-zhen", set_up_windows, SetUpWindows("D01.HALL"))
    settings = load(definition.settings, {"DATABASE_URL": "postgresql://unused", "MODE": "test"})
    bureau.runtime = Runtime(definition, settings, bureau.db, bureau.clock)
    return bureau


async def ask(hall, who, query, **variables):
    answer = await run_graphql(hall.runtime, hall.who(who) if who else ANONYMOUS, query, variables)
    assert "errors" not in answer, answer
    return next(iter(answer["data"].values()))


def taxes(payload=TAXES, **changes):
    return AcceptMatter("TAX-TYPE-DETERMINATION", "Linjiang Foundry", "D01.TO-5", payload=payload, **changes)


async def test_the_declaration_is_what_lets_the_step_pass(hall):
    without = {key: value for key, value in TAXES.items() if key != "declaration"}
    with pytest.raises(ExitConditionMissing) as refusal:
        await hall.do("wu-yan", accept_matter, taxes(without))
    assert refusal.value.details["missing"] == ["declaration"]
    accepted = await hall.do("wu-yan", accept_matter, taxes())
    told = await ask(hall, "wu-yan", MATTER, id=accepted.matter_id)
    assert told["declarations"] == [
        {"step": "accept", "signedBy": "Zhou Wei", "signedOn": "2026-10-09", "document": "a" * 64}
    ]
    assert told["directIntake"] is None
    await hall.do("he-xin", decide_matter, DecideMatter(accepted.matter_id, Outcome.APPROVED))


async def test_past_the_front_door_only_with_a_reason_where_the_item_allows_it(hall):
    """S1-094."""
    with pytest.raises(NotEligible):
        await hall.do("he-jun", accept_matter, taxes())
    for wrong in ("x", " " * 20, "x" * 501):
        with pytest.raises(DirectIntakeRefused):
            await hall.do("he-jun", accept_matter, taxes(direct_reason=wrong))
    for other in ("lin-jie", "pan-yu", "sun-hao"):
        with pytest.raises(NotEligible):
            await hall.do(other, accept_matter, taxes(direct_reason=REASON))
    fine = AcceptMatter("SUMMARY-PENALTY", "T", direct_reason=REASON)
    with pytest.raises(DirectIntakeRefused):
        await hall.do("he-jun", accept_matter, fine)
    with pytest.raises(FormInvalid):
        await hall.do("he-jun", accept_matter, taxes({"declaration": SIGNED}, direct_reason=REASON))
    accepted = await hall.do("he-jun", accept_matter, taxes(direct_reason=REASON))
    told = await ask(hall, "he-jun", MATTER, id=accepted.matter_id)
    assert told["directIntake"] == {"officer": {"id": "D01.he-jun"}, "reason": REASON}
    await hall.do("wu-yan", accept_matter, taxes({**TAXES, "direct_intake": "not for the payload to say"}))
    assert await ask(hall, "chen-gang", DIRECT) == {
        "intake": [{"itemCode": "TAX-TYPE-DETERMINATION", "matters": 1}],
        "direct": [{"itemCode": "TAX-TYPE-DETERMINATION", "unit": {"id": "D01.TO-5"}, "matters": 1}],
    }


async def test_one_number_follows_the_matter_through_every_unit(hall):
    """S1-099: 一个窗口. The hall takes it in and gives it back; three units had it in between, under one number."""
    accepted = await hall.do("wu-yan", accept_matter, AcceptMatter("QUOTA-CHANGE", "Noodles", "D01.TO-3"))
    matter, keys = accepted.matter_id, {"no": accepted.receipt_no, "code": accepted.receipt_code}
    seen = [await ask(hall, None, STATUS, **keys)]

    async def advance(who, step, **given):
        await hall.do(who, advance_matter, AdvanceMatter(matter, step, **given))
        seen.append(await ask(hall, None, STATUS, **keys))

    await hall.do("sun-hao", assign_work, AssignWork(matter, "verify", ("D01.li-wei", "D01.zhao-qiang")))
    await advance("luo-fang", "examine_law", payload={"opinion": "lawful"})
    await advance("lin-jie", "review", payload={"opinion": "2,400 a month"})
    await advance("li-wei", "verify", payload={"report": "forty bowls"}, co_signers=("D01.zhao-qiang",))
    await hall.do("zhao-qiang", co_sign_step, CoSignStep(matter, "verify"))
    await advance("chen-gang", "decide", payload={"outcome": "APPROVED"})
    await advance("wu-yan", "deliver")
    assert {one["receiptNo"] for one in seen} == {accepted.receipt_no}
    [row] = (await hall.seen("wu-yan", lambda conn: matters.get_many(conn, [matter]))).values()
    assert set(row.units) == {"D01.HALL", "D01.TO-3", "D01.POLICY", "D01.LEGAL"}
    assert [one["responsibleUnit"] for one in seen][-2:] == ["D01.HALL", None]


async def test_a_penalty_on_the_spot_is_the_halls_from_filing_to_decision(hall):
    """S1-116: 简易处罚."""
    await hall.receive(on_risk_point_published, point("RP-PENALTY-TIER-01", "HIGH", unit="D01.TO-5"))
    accepted = await hall.do(
        "wu-yan", accept_matter, AcceptMatter("SUMMARY-PENALTY", "Late change registration")
    )
    late = {"point": "LATE_CHANGE_REGISTRATION", "party": "ORGANISATION", "ordered_on": "2026-09-27", "corrected_on": "2026-10-09"}  # fmt: skip
    fine = {"amount_fen": 24000, "violation": late}
    ordinary = {**fine, "procedure": "ORDINARY"}
    with pytest.raises(ControlBlocked):
        await hall.do("wu-yan", advance_matter, AdvanceMatter(accepted.matter_id, "propose", ordinary))
    await hall.do("wu-yan", advance_matter, AdvanceMatter(accepted.matter_id, "propose", {**fine, "procedure": "SUMMARY"}))  # fmt: skip
    decided = AdvanceMatter(accepted.matter_id, "decide", {"outcome": "APPROVED"}, ("D01.xu-lan",))
    assert (await hall.do("wu-yan", advance_matter, decided)).waiting_for == ("D01.xu-lan",)
    await hall.do("xu-lan", co_sign_step, CoSignStep(accepted.matter_id, "decide"))
    [matter] = (await hall.seen("wu-yan", lambda conn: matters.get_many(conn, [accepted.matter_id]))).values()
    assert (matter.closed_on, matter.units) == (TODAY, ("D01.HALL",))
