"""Handbooks: sealed, dated, for those who may read every point in them, and without a lost glyph."""

import hashlib
import io
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.clock import ManualClock
from plumbline_shared.errors import Invalid, NotFound, Unauthenticated
from plumbline_shared.principal import ANONYMOUS, Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from pypdf import PdfReader
from risk_registry.api.downloads import sealed
from risk_registry.documents.book import Cover, book_of
from risk_registry.documents.chapters import chapters_of, volumes_of
from risk_registry.documents.editions import HandbookScope
from risk_registry.documents.workshop import workshop
from risk_registry.domain.display import GradeDisplay
from risk_registry.domain.points import Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState
from risk_registry.testing import description, put_point
from risk_registry.use_cases.issue_handbook import IssueHandbook, TooManyPoints, issue_handbook

As = Callable[[str], Principal]
YEAR, DAY = date(2026, 1, 1), date(2026, 4, 1)
AT = datetime(2026, 1, 1, tzinfo=UTC)
HEAD, CHIEF, CLERK = "D01.huang-zhen", "D01.chen-gang", "D01.lin-jie"
REVIEWER = IssueHandbook(HandbookScope.POST, "D01.POLICY.reviewer", DAY)
WHOLE = IssueHandbook(HandbookScope.BUREAU, "D01", DAY)
ISSUE = """
mutation ($scope: HandbookScope!, $subject: ID!) {
  issueRiskHandbook(input: {clientMutationId: "k", scope: $scope, subject: $subject}) {
    handbook { id sha256 pointCount edition download points { code } } userErrors { code }
  }
}
"""
ASK = "query ($post: ID!, $on: Date) { postRiskHandbook(postId: $post, edition: $on) { id sha256 edition } }"


@pytest_asyncio.fixture
async def filled(runtime: Runtime) -> AsyncIterator[Runtime]:
    async with runtime.db.transaction(system("D01")) as conn:
        for number, grade in enumerate(RiskGrade, start=1):
            await put_point(conn, f"RP-{number}", grade, description(), YEAR, AT)
        await put_point(conn, "RP-CHIEF", RiskGrade.HIGH, description(["D01.POLICY.chief"]), YEAR, AT)
        await put_point(conn, "RP-PROPOSED", None, description(), YEAR, AT)
    yield runtime
    await workshop().close()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


async def test_an_edition_is_sealed_and_comes_out_as_it_was_sealed(filled: Runtime, act_as: As) -> None:
    done = await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)
    edition, _, pdf = await sealed(filled, act_as(CLERK), done.edition_id)
    assert hashlib.sha256(pdf).hexdigest() == done.sha256 == edition.sha256
    said = text_of(pdf)
    for expected in ("RP-1", "RP-2", "RP-3", "高 high", "中 medium", "低 low", "限时责任不明", "2026-04-01"):
        assert expected in said
    assert "RP-CHIEF" not in said
    assert "RP-PROPOSED" not in said


async def test_it_is_pdf_a_with_one_embedded_font_that_has_real_bold(filled: Runtime, act_as: As) -> None:
    done = await filled.execute(act_as(HEAD), issue_handbook, WHOLE)
    _, _, pdf = await sealed(filled, act_as(HEAD), done.edition_id)
    read = PdfReader(io.BytesIO(pdf))
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    programs: set[bytes] = set()
    for page in read.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            assert "NotoSansCJKsc" in below["/BaseFont"]
            programs.add(below["/FontDescriptor"]["/FontFile2"].get_data())
    assert len(programs) == 2, "regular and bold, each with outlines of its own"


async def test_the_cover_says_who_watches_each_grade_and_how_to_read_the_map(
    filled: Runtime, act_as: As
) -> None:
    done = await filled.execute(act_as(HEAD), issue_handbook, WHOLE)
    _, _, pdf = await sealed(filled, act_as(HEAD), done.edition_id)
    cover = PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\n", "")
    for said in (
        "主要领导会同纪检监察部门直接监控",
        "分管领导会同有关部门直接监控",
        "科、所领导直接管理和负责",
    ):
        assert said in cover
    assert "涉及几个单位" in cover
    post = await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)
    _, _, pdf = await sealed(filled, act_as(CLERK), post.edition_id)
    assert "涉及几个单位" not in text_of(pdf)


@given(st.integers(1, 12), st.integers(1, 4))
def test_a_chapter_over_the_limit_says_that_it_is_continued(many: int, most: int) -> None:
    text = description()
    points = [
        PointOnDay(
            f"D01.RP-{n}", "D01", f"RP-{n}", Origin.REGISTER, PointState.ACTIVE, RiskGrade.LOW, DAY, DAY, text
        )
        for n in range(many)
    ]
    shown = {
        grade: GradeDisplay("p", grade, "red", str(grade), str(grade).lower(), "c") for grade in RiskGrade
    }
    whole = chapters_of(points, {})
    for number, volume in enumerate(volumes_of(whole, most, 9), start=1):
        book = json.loads(book_of(Cover("s", DAY, shown, {}, number=number), volume, whole))
        (title,) = (each["title"] for each in book["chapters"])
        assert title.endswith("（续 continued）") == (number > 1)


async def test_the_same_register_is_the_same_edition_and_a_changed_one_another(
    filled: Runtime, act_as: As, clock: ManualClock
) -> None:
    first = await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)
    assert await filled.execute(act_as(HEAD), issue_handbook, REVIEWER) == first
    async with filled.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-LATER", RiskGrade.LOW, description(), YEAR, AT)
    second = await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)
    assert (second.points, first.points) == (4, 3)
    assert second.sha256 != first.sha256
    edition, _, _ = await sealed(filled, act_as(CLERK), first.edition_id)
    assert edition.sha256 == first.sha256


@pytest.mark.parametrize(
    ("who", "command", "may"),
    [
        (HEAD, WHOLE, True), ("D01.ma-qing", WHOLE, True), (CHIEF, WHOLE, False), (CLERK, WHOLE, False),
        (HEAD, REVIEWER, True), (CHIEF, REVIEWER, True), (CLERK, REVIEWER, True),
        ("D01.song-ke", REVIEWER, False), ("D01.wu-bin", REVIEWER, False), ("D02.huang-zhen", REVIEWER, False),
        (CHIEF, IssueHandbook(HandbookScope.PERSON, CLERK, DAY), True),
        ("D01.wu-bin", IssueHandbook(HandbookScope.PERSON, CLERK, DAY), False),
    ],
)  # fmt: skip
async def test_who_may_have_it_printed_and_fetch_it(
    filled: Runtime, act_as: As, who: str, command: IssueHandbook, may: bool
) -> None:
    done = await filled.execute(act_as(HEAD), issue_handbook, command)
    if may:
        assert await filled.execute(act_as(who), issue_handbook, command) == done
        assert (await sealed(filled, act_as(who), done.edition_id))[0].id == done.edition_id
        return
    with pytest.raises(NotFound):
        await filled.execute(act_as(who), issue_handbook, command)
    with pytest.raises(NotFound):
        await sealed(filled, act_as(who), done.edition_id)


async def test_nobody_fetches_without_being_somebody(filled: Runtime, act_as: As) -> None:
    done = await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)
    with pytest.raises(Unauthenticated):
        await sealed(filled, ANONYMOUS, done.edition_id)


@pytest.mark.parametrize("lost", ["🦄", "\ue000", "\U0002ebf0"], ids=["emoji", "private", "new"])
async def test_a_character_without_a_glyph_is_named_and_nothing_is_sealed(
    filled: Runtime, act_as: As, lost: str
) -> None:
    async with filled.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-EMOJI", RiskGrade.LOW, description(title_zh=f"审批{lost}超时"), YEAR, AT)
    with pytest.raises(Invalid, match=lost):
        await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)
    async with filled.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from handbook_edition") == 0


async def test_a_day_to_come_has_no_edition(filled: Runtime, act_as: As) -> None:
    later = IssueHandbook(HandbookScope.POST, "D01.POLICY.reviewer", DAY + timedelta(days=1))
    with pytest.raises(Invalid):
        await filled.execute(act_as(CLERK), issue_handbook, later)


async def test_over_graphql(filled: Runtime, act_as: As, graphql: RunGraphQL) -> None:
    subject = {"scope": "POST", "subject": "D01.POLICY.reviewer"}
    answer = await graphql(filled, act_as(CLERK), ISSUE, subject)
    issued = answer["data"]["issueRiskHandbook"]
    assert issued["userErrors"] == []
    book = issued["handbook"]
    assert [each["code"] for each in book["points"]] == ["RP-1", "RP-2", "RP-3"]
    assert book["download"] == f"/handbooks/{book['id']}.pdf"
    asked = {"post": "D01.POLICY.reviewer", "on": "2026-04-01"}
    for who, found in ((CLERK, True), (CHIEF, True), ("D01.wu-bin", False)):
        answer = await graphql(filled, act_as(who), ASK, asked)
        assert (answer["data"]["postRiskHandbook"] is not None) == found
    answer = await graphql(filled, act_as("D01.wu-bin"), ISSUE, subject)
    assert answer["data"]["issueRiskHandbook"]["userErrors"][0]["code"] == "NOT_FOUND"


async def test_a_worker_that_was_killed_is_started_again(filled: Runtime, act_as: As) -> None:
    await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)
    process = workshop()._process
    assert process is not None
    process.kill()
    await process.wait()
    done = await filled.execute(act_as(HEAD), issue_handbook, WHOLE)
    assert done.points == 4


async def test_a_worker_that_a_large_handbook_left_large_ends_and_the_next_has_another(
    filled: Runtime, act_as: As
) -> None:
    await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)
    first = workshop()._process
    assert first is not None
    assert first.returncode is None, "a small one leaves it alive"
    async with filled.db.transaction(system("D01")) as conn:
        for number in range(745):
            await put_point(conn, f"RP-L-{number}", RiskGrade.LOW, description(), YEAR, AT)
    assert (await filled.execute(act_as(HEAD), issue_handbook, WHOLE)).points == 749
    assert await first.wait() == 0
    chief = IssueHandbook(HandbookScope.POST, "D01.POLICY.chief", DAY)
    assert (await filled.execute(act_as(HEAD), issue_handbook, chief)).points == 1
    assert workshop()._process is not first


async def test_more_points_than_an_edition_prints_are_refused_not_cut(
    filled: Runtime, act_as: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("risk_registry.use_cases.issue_handbook.MOST_POINTS", 3)
    with pytest.raises(TooManyPoints):
        await filled.execute(act_as(HEAD), issue_handbook, WHOLE)
    assert (await filled.execute(act_as(CLERK), issue_handbook, REVIEWER)).points == 3
