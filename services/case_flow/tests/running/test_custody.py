"""Paper and file move together: what differs alarms, who held what is known, gaps are told (S1-122, S1-137)."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from case_flow.domain.custody import Mismatch
from case_flow.domain.custody_chain import Chain, Done, GapKind, Holding, Sent, chain
from case_flow.domain.custody_picture import picture
from case_flow.domain.errors import SlipRefused
from case_flow.domain.parsing import parse
from case_flow.testing import FOLDER, WorkedBureau
from case_flow.testing_relief import to_policy
from case_flow.testing_running import ALL_SIGN, rows
from case_flow.use_cases.acknowledge_transfer import AcknowledgeTransfer, acknowledge_transfer
from case_flow.use_cases.transfer_matter import TransferMatter, transfer_matter
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Invalid

FILE = hashlib.sha256(b"scan 7").hexdigest()
OTHER = hashlib.sha256(b"scan 8").hexdigest()
RELIEF = parse((FOLDER / "items" / "relief_approval.yaml").read_text(encoding="utf-8"))
T0 = datetime(2026, 4, 1, 1, tzinfo=UTC)
ASK = """query($id: ID!) { custody(matterId: $id) { picture
  paper { unit { id } inTransitTo { id } since until } file { unit { id } since until }
  gaps { kind unit { id } toUnit { id } since until } } }"""


async def sent(bureau: WorkedBureau) -> tuple[str, str]:
    """The relief matter on its way back from POLICY to TO-3, with paper PB-2 and the file `FILE`."""
    matter, slip = await to_policy(bureau)
    await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-1"))
    back = TransferMatter(matter, "PB-2", "D01.TO-3", FILE)
    return matter, (await bureau.do("lin-jie", transfer_matter, back)).slip_id


async def test_other_paper_or_another_file_alarms_once_each_and_custody_stays(
    bureau: WorkedBureau, graph: Any
) -> None:
    matter, slip = await sent(bureau)
    for _ in range(2):
        wrong = await bureau.do("li-wei", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-3", FILE))
        assert (wrong.mismatches, wrong.unit_id) == ((Mismatch.BARCODE,), "D01.POLICY")
    fields = {"slipId": slip, "paperBarcode": "PB-2", "documentHash": OTHER}
    refused = await graph.do("zhao-qiang", "acknowledgeTransfer", fields, "matter { id }")
    assert (refused["matter"], refused["userErrors"]) == (
        None, [{"code": "DOCUMENT_MISMATCH", "path": ["input", "documentHash"]}],
    )  # fmt: skip
    both = await bureau.do("li-wei", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-3", OTHER))
    assert both.mismatches == tuple(Mismatch)
    alerts = await rows(
        bureau,
        "select state, facts::text f from alert where kind = 'CUSTODY_MISMATCH' order by raised_at, id",
    )
    assert len(alerts) == 3
    assert not any("PB-3" in one["f"] or OTHER in one["f"] for one in alerts)
    [row] = await rows(bureau, "select slip_id from matter where id = $1", matter)
    assert row["slip_id"] == slip
    right = await bureau.do("li-wei", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-2", FILE.upper()))
    assert (right.mismatches, right.unit_id) == ((), "D01.TO-3")


async def test_a_file_on_the_slip_is_compared_and_what_is_no_hash_is_refused(bureau: WorkedBureau) -> None:
    matter, slip = await sent(bureau)
    with pytest.raises(SlipRefused, match="hash"):
        await bureau.do("li-wei", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-2"))
    for bad in ("abc", "g" * 64):
        with pytest.raises(Invalid):
            await bureau.do("li-wei", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-2", bad))
    await bureau.do("li-wei", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-2", FILE))
    with pytest.raises(Invalid):
        await bureau.do("li-wei", transfer_matter, TransferMatter(matter, "PB-2", "D01.POLICY", "abc"))
    assert await rows(bureau, "select from alert where kind = 'CUSTODY_MISMATCH'") == []


async def test_the_chain_of_scenario_1_has_its_gap_and_is_for_those_who_see_the_matter(
    bureau: WorkedBureau, graph: Any
) -> None:
    matter, slip = await to_policy(bureau)
    await bureau.at("2026-05-07 09:00")
    await bureau.do("lin-jie", acknowledge_transfer, AcknowledgeTransfer(slip, "PB-1"))
    found = (await graph.ask("chen-gang", ASK, id=matter))["custody"]
    way = [(one["unit"]["id"], (one["inTransitTo"] or {}).get("id")) for one in found["paper"]]
    assert way == [("D01.TO-3", None), ("D01.TO-3", "D01.POLICY"), ("D01.POLICY", None)]
    assert [one["unit"]["id"] for one in found["file"]] == ["D01.TO-3", "D01.POLICY"]
    late = next(one for one in found["gaps"] if one["kind"] == "NOT_ACKNOWLEDGED")
    assert (late["since"][:10], late["until"][:10]) == ("2026-04-14", "2026-05-07")
    behind = next(one for one in found["gaps"] if one["kind"] == "PAPER_BEHIND")
    assert (behind["unit"]["id"], behind["toUnit"]["id"]) == ("D01.TO-3", "D01.POLICY")
    drawn = ElementTree.fromstring(found["picture"])  # noqa: S314 — our own drawing
    said = " ".join(drawn.itertext())
    assert "逾期未签收 Not acknowledged" in said
    assert "纸质 Paper" in said
    assert (await graph.ask("he-jun", ASK, id=matter))["custody"] is None


UNITS = ("HALL", "TO-3", "POLICY")
CODES = [step.code for step in RELIEF.steps]


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Done], list[Sent], str | None, datetime]:
    at, steps, slips = T0, list[Done](), list[Sent]()
    for code in draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=5)):
        at += timedelta(hours=draw(st.integers(1, 50)))
        steps.append(Done(code, draw(st.sampled_from(UNITS)), at))
        if draw(st.booleans()) and (not slips or slips[-1].acknowledged_at):
            a, b = draw(st.permutations(UNITS))[:2]
            came = at + timedelta(hours=draw(st.integers(1, 90)))
            slips.append(Sent(a, b, at, at.date(), draw(st.sampled_from([came, came, None]))))
            at = came
    return steps, slips, draw(st.sampled_from([None, *UNITS])), at + timedelta(hours=1)


@given(histories())
def test_somebody_has_the_paper_and_the_file_at_every_moment(
    history: tuple[list[Done], list[Sent], str | None, datetime],
) -> None:
    steps, slips, open_unit, until = history
    found = chain(RELIEF, steps, slips, open_unit, T0, until if open_unit else steps[-1].at)
    for held in (found.paper, found.file):
        assert held[0].since == T0
        for one, after in pairwise(held):
            assert one.until == after.since
            assert one.since < after.since
    assert {one.unit_id for one in found.file} <= set(UNITS)
    unsettled = [one for one in slips if one.acknowledged_at is None]
    assert (found.paper[-1].to_unit is not None) is bool(unsettled)
    assert sum(one.kind is GapKind.NOT_ACKNOWLEDGED for one in found.gaps) <= len(slips)


def test_a_picture_escapes_what_it_shows_and_stays_within_its_width() -> None:
    end = T0 + timedelta(days=3)
    drawn = picture(
        Chain((Holding("<A&B>", T0, None),), (Holding("<A&B>", T0, None),), (), T0, end),
        "<b>",
        lambda one: one,
    )
    root = ElementTree.fromstring(drawn)  # noqa: S314 — our own drawing
    assert "无缺口 No gaps" in " ".join(root.itertext())
    bars = [one for one in root.iter() if one.tag.endswith("rect")]
    assert all(float(one.attrib["x"]) + float(one.attrib["width"]) <= 960 for one in bars)


def test_paper_follows_the_work_where_no_slip_is_asked_for() -> None:
    signed = parse(ALL_SIGN)
    steps = [Done("take", "HALL", T0 + timedelta(hours=1)), Done("look", "TO-3", T0 + timedelta(hours=9))]
    found = chain(signed, steps, [], "POLICY", T0, T0 + timedelta(hours=20))
    assert [one.unit_id for one in found.paper] == ["HALL", "TO-3", "POLICY"]
    assert found.gaps == ()
