"""A closed case becomes material that says of nobody (S1-078): written by discipline, released by the head."""

import pytest
from case_flow.domain.definition import Text
from case_flow.domain.warning_case import File, Identifying, WarningContent, WarningRefused, identifying
from case_flow.storage import warning_case as store
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import decided, deliberated
from case_flow.use_cases.appeal_inquiry import AppealInquiry, appeal_inquiry
from case_flow.use_cases.draft_warning_case import DraftWarningCase, draft_warning_case
from case_flow.use_cases.record_appeal_decision import RecordAppealDecision, record_appeal_decision
from case_flow.use_cases.release_warning_case import DecideWarningCase, decide_warning_case
from hypothesis import given
from hypothesis import strategies as st
from plumbline_contracts.case_flow.v1 import WarningCaseReleased
from plumbline_org.testing import linjiang
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import Principal

CONTENT = WarningContent(
    title=Text(zh="一件逾期办结的减免税事项", en="A relief that was decided late"),
    facts=Text(zh="纸质资料移交后无人签收, 事项逾期。", en="The paper was handed over, nobody signed for it, and the limit passed."),
    causes=Text(zh="交接不清, 无人跟踪。", en="An unclear hand-over that nobody followed."),
    lesson=Text(zh="每次移交都要当日签收。", en="Sign for every hand-over on its day."),
)  # fmt: skip
ORG = linjiang()
NAMES = sorted(
    {one.name for one in ORG.persons.values()}
    | {one.name_en for one in ORG.persons.values() if one.name_en}
    | {one.id.partition(".")[2] for one in ORG.persons.values()}
    | {one.name for one in ORG.units.values()}
)


@given(
    st.sampled_from(NAMES), st.sampled_from(["title", "facts", "causes", "lesson"]), st.sampled_from(["zh", "en"]),
    st.sampled_from(["{}", "对{}的处理", "then {}, again", "({})"]),
)  # fmt: skip
def test_no_name_of_the_bureau_gets_through_wherever_it_stands(name, part, lang, around):
    said = Text(**{"zh": "甲", "en": "A", lang: around.format(name)})
    assert name in identifying(WarningContent(**{**_parts(), part: said}), ORG, File())


@pytest.mark.parametrize("told", ["2026-05-01", "5月1日", "5 月 12 号", "1/5/2026", "罚款 1,200,000", "91330000MA000000X0"])  # fmt: skip
def test_no_day_and_no_long_number_gets_through(told):
    content = WarningContent(**{**_parts(), "facts": Text(zh=f"于{told}发生", en="It happened.")})
    assert identifying(content, ORG, File())


def test_what_says_of_nobody_passes_and_the_files_own_names_do_not():
    assert (
        identifying(CONTENT, ORG, File("Linjiang Foundry", "D01-20260401-K7M2QX", "临税问〔2026〕1号"))
        == frozenset()
    )
    content = WarningContent(
        **{**_parts(), "facts": Text(zh="一家铸造厂", en="The linjiang foundry waited.")}
    )
    assert identifying(content, ORG, File("Linjiang Foundry")) == {"Linjiang Foundry"}


def _parts():
    return {
        "title": CONTENT.title,
        "facts": CONTENT.facts,
        "causes": CONTENT.causes,
        "lesson": CONTENT.lesson,
    }


@pytest.fixture
async def in_force(bureau: WorkedBureau):
    inquiry = await decided(bureau)
    await bureau.at("2026-07-05 00:00")
    return inquiry


async def test_the_head_releases_what_discipline_wrote(bureau, in_force, graph):
    draft = await bureau.do("ma-qing", draft_warning_case, DraftWarningCase(in_force, CONTENT))
    assert (await graph.ask("lin-jie", "{ warningCases { edges { node { id } } } warningDrafts { id } }")) == {
        "warningCases": {"edges": []}, "warningDrafts": [],
    }  # fmt: skip
    for other in ("ma-qing", "bai-xue", "tang-li", "lin-jie", "chen-gang"):
        with pytest.raises(NotFound):
            await bureau.do(other, decide_warning_case, DecideWarningCase(draft, release=True))
    case = await bureau.do("huang-zhen", decide_warning_case, DecideWarningCase(draft, release=True))
    [event] = await bureau.events(WarningCaseReleased)
    assert (event.case_id, event.kind, event.process, event.year) == (
        case,
        "TIME_LIMIT_MISSED",
        "RELIEF",
        2026,
    )
    told = str(event)
    for name in ("inquiry", "lin-jie", "POLICY", "2026-0", draft, in_force):
        assert name not in told
    seen = await graph.ask(
        "wu-yan", "{ warningCases { edges { node { title { zh } lesson { en } year rootCause } } } }"
    )
    [edge] = seen["warningCases"]["edges"]
    assert edge["node"]["title"]["zh"] == CONTENT.title.zh
    with pytest.raises(WarningRefused):
        await bureau.do("huang-zhen", decide_warning_case, DecideWarningCase(draft, release=True))
    with pytest.raises(WarningRefused):
        await bureau.do("ma-qing", draft_warning_case, DraftWarningCase(in_force, CONTENT))
    other = Principal("person", "D02.x", "D02")
    async with bureau.db.read(other) as conn:
        assert await store.many(conn, [case]) == {}


async def test_a_text_that_says_of_whom_is_refused_and_one_sent_back_is_written_anew(bureau, in_force):
    named = WarningContent(**{**_parts(), "facts": Text(zh="林杰未签收", en="It was not signed for.")})
    with pytest.raises(Identifying) as refusal:
        await bureau.do("ma-qing", draft_warning_case, DraftWarningCase(in_force, named))
    assert refusal.value.details["found"] == ["林杰"]
    draft = await bureau.do("ma-qing", draft_warning_case, DraftWarningCase(in_force, CONTENT))
    with pytest.raises(WarningRefused):
        await bureau.do("huang-zhen", decide_warning_case, DecideWarningCase(draft, release=False))
    back = DecideWarningCase(draft, release=False, note="shorter")
    assert await bureau.do("huang-zhen", decide_warning_case, back) is None
    assert await bureau.do("ma-qing", draft_warning_case, DraftWarningCase(in_force, CONTENT)) == draft
    assert await bureau.do("huang-zhen", decide_warning_case, DecideWarningCase(draft, release=True))


async def test_only_what_is_in_force_becomes_material_and_only_discipline_writes_it(
    bureau: WorkedBureau,
) -> None:
    inquiry = await deliberated(bureau)
    with pytest.raises(WarningRefused):
        await bureau.do("ma-qing", draft_warning_case, DraftWarningCase(inquiry, CONTENT))


async def test_others_and_those_it_is_about_write_nothing(bureau, in_force):
    for other in ("lin-jie", "chen-gang", "huang-zhen", "luo-fang", "wu-yan"):
        with pytest.raises(NotFound):
            await bureau.do(other, draft_warning_case, DraftWarningCase(in_force, CONTENT))


async def test_what_was_set_aside_is_no_material(bureau: WorkedBureau) -> None:
    inquiry = await decided(bureau)
    await bureau.do("lin-jie", appeal_inquiry, AppealInquiry(inquiry, "the paper came late"))
    aside = RecordAppealDecision(inquiry, upheld=False, document="C01-17", reasons="sent in time")
    await bureau.do("huang-zhen", record_appeal_decision, aside)
    with pytest.raises(WarningRefused):
        await bureau.do("ma-qing", draft_warning_case, DraftWarningCase(inquiry, CONTENT))
