"""Documents that the hall gives out: one text, one series of numbers without gaps, both languages (S1-102)."""

import msgspec
import pytest
from case_flow.domain.definition import Outcome
from case_flow.domain.errors import NotHandler
from case_flow.domain.output import FIELDS, OutputPack, OutputRefused, OutputTemplate
from case_flow.rules import OUTPUT_RULES
from case_flow.storage import output as outputs
from case_flow.testing_hall import publish_forms
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.decide_matter import DecideMatter, decide_matter
from case_flow.use_cases.issue_output import IssueOutput, issue_output
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import NotFound

TITLE = "{number} & <Linjiang> {0.__class__}"


@pytest.fixture
async def hall(bureau):
    await publish_forms(bureau, "invoice_quantity")
    await bureau.publish("invoice_check", "summary_penalty")
    await bureau.at("2026-10-09 09:00")
    return bureau


async def accepted(hall, item="INVOICE-CHECK"):
    return (await hall.do("wu-yan", accept_matter, AcceptMatter(item, TITLE))).matter_id


async def given_out(hall, matter):
    return (await hall.seen("wu-yan", lambda conn: outputs.of_matters(conn, [matter])))[matter]


@given(st.text("{}abc.0[]_!:", max_size=30))
def test_a_template_with_a_place_that_nothing_fills_is_refused(text):
    raw = msgspec.to_builtins(OUTPUT_RULES.shipped())
    raw["templates"]["APPROVAL"]["zh"] = text
    try:
        pack = msgspec.convert(raw, OutputPack)
    except msgspec.ValidationError:
        return
    template = pack.templates["APPROVAL"]
    assert isinstance(template, OutputTemplate)
    assert template.zh.format_map(dict.fromkeys(FIELDS, "")) is not None


async def test_numbers_run_without_gaps_in_each_series_and_a_document_is_given_out_once(hall):
    matters = [await accepted(hall) for _ in range(3)]
    numbers = [
        (await hall.do("wu-yan", issue_output, IssueOutput(one, "ACCEPTANCE"))).number for one in matters
    ]
    assert numbers == ["受〔2026〕1号", "受〔2026〕2号", "受〔2026〕3号"]
    again = await hall.do("wu-yan", issue_output, IssueOutput(matters[0], "ACCEPTANCE"))
    assert again.number == numbers[0]
    [document] = await given_out(hall, matters[0])
    assert document.text_zh.startswith("受理通知书\n受〔2026〕1号\n")
    assert f"To {TITLE}:" in document.text_en
    assert "to be decided by 2026-10-10" in document.text_en
    await hall.do("xu-lan", decide_matter, DecideMatter(matters[0], Outcome.APPROVED))
    approval = await hall.do("wu-yan", issue_output, IssueOutput(matters[0], "APPROVAL"))
    assert approval.number == "准〔2026〕1号"
    assert [one.kind for one in await given_out(hall, matters[0])] == ["ACCEPTANCE", "APPROVAL"]


async def test_a_document_says_what_the_matter_is(hall):
    matter = await accepted(hall)
    for kind in ("APPROVAL", "REFUSAL", "NONE"):
        with pytest.raises(OutputRefused):
            await hall.do("wu-yan", issue_output, IssueOutput(matter, kind))
    await hall.do("xu-lan", decide_matter, DecideMatter(matter, Outcome.REFUSED, "the book is full"))
    with pytest.raises(OutputRefused):
        await hall.do("wu-yan", issue_output, IssueOutput(matter, "APPROVAL"))
    await hall.do("wu-yan", issue_output, IssueOutput(matter, "REFUSAL"))
    [document] = await given_out(hall, matter)
    assert "理由:the book is full" in document.text_zh
    assert "reconsideration within sixty days" in document.text_en


async def test_only_who_had_a_part_gives_it_out_and_a_penalty_has_its_own(hall):
    matter = await accepted(hall)
    with pytest.raises(NotHandler):
        await hall.do("huang-zhen", issue_output, IssueOutput(matter, "ACCEPTANCE"))
    with pytest.raises(NotFound):
        await hall.do("lin-jie", issue_output, IssueOutput(matter, "ACCEPTANCE"))
    penalty = await accepted(hall, "SUMMARY-PENALTY")
    with pytest.raises(OutputRefused):
        await hall.do("wu-yan", issue_output, IssueOutput(penalty, "ACCEPTANCE"))
