"""A handbook of any size in volumes: nothing lost, each under the limits, the first sealing the others."""

import hashlib
import io
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from itertools import pairwise

import asyncpg
import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient, Response
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.auth import Claims
from plumbline_shared.errors import Invalid, NotFound, PlumblineError
from plumbline_shared.glyphs import missing
from plumbline_shared.principal import Principal, system
from plumbline_shared.problems import on_plumbline_error
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from pypdf import PdfReader
from risk_registry.api.downloads import routes, sealed
from risk_registry.documents.chapters import Chapter, Diagram, chapters_of, volumes_of
from risk_registry.documents.editions import HandbookScope
from risk_registry.documents.press import TEMPLATE
from risk_registry.documents.resources import handbook_resource
from risk_registry.documents.workshop import workshop
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.handbook_rule import HandbookRule
from risk_registry.domain.points import Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState
from risk_registry.packs import shipped
from risk_registry.policies import POLICY
from risk_registry.storage.handbook_rules import choose_rule
from risk_registry.testing import description, put_point
from risk_registry.use_cases.issue_handbook import HandbookIssued, IssueHandbook, issue_handbook
from risk_registry.use_cases.keep_catalogue import AdoptCatalogue, LoadPack, adopt_catalogue, load_pack
from risk_registry.use_cases.plan_editions import ChooseHandbookRule, choose_handbook_rule
from starlette.applications import Starlette

As = Callable[[str], Principal]
YEAR, DAY, AT = date(2026, 1, 1), date(2026, 4, 1), datetime(2026, 1, 1, tzinfo=UTC)
HEAD, CHIEF, CLERK, DISCIPLINE = "D01.huang-zhen", "D01.chen-gang", "D01.lin-jie", "D01.ma-qing"
CAST = (
    HEAD,
    CHIEF,
    CLERK,
    DISCIPLINE,
    "D01.zhou-min",
    "D01.luo-fang",
    "D01.song-ke",
    "D01.wu-bin",
    "D02.huang-zhen",
)
WHOLE = IssueHandbook(HandbookScope.BUREAU, "D01", DAY)
SMALL = ChooseHandbookRule(12, 1000, 50, "本局规定")
VOLUMES = """
{ riskHandbook(scope: BUREAU, subject: "D01") { sha256 pointCount volumes { number sha256 pointCount download } } }
"""
CHOOSE = """
mutation { chooseHandbookRule(input: {
  clientMutationId: "r", cycleMonths: 3, volumePoints: 500, volumeDiagrams: 50, citation: "本局规定"
}) { version planned userErrors { code } } }
"""


def point(number: int, process: str) -> PointOnDay:
    code = f"RP-{number:04d}"
    text = description(process=process)
    return PointOnDay(
        f"D01.{code}", "D01", code, Origin.REGISTER, PointState.ACTIVE, RiskGrade.LOW, DAY, DAY, text
    )


@given(
    sizes=st.lists(st.integers(0, 12), max_size=12), drawn=st.sets(st.integers(0, 14)),
    most_points=st.integers(1, 9), most_diagrams=st.integers(1, 4),
)  # fmt: skip
def test_volumes_hold_everything_once_in_order_under_the_limits_and_as_full_as_they_may_be(
    sizes: list[int], drawn: set[int], most_points: int, most_diagrams: int
) -> None:
    points = [
        point(100 * place + each, f"P{place:02d}") for place, n in enumerate(sizes) for each in range(n)
    ]
    chapters = chapters_of(reversed(points), {f"P{each:02d}": Diagram("t", "", 1) for each in drawn})
    volumes = volumes_of(chapters, most_points, most_diagrams)
    bound = [chapter for volume in volumes for chapter in volume]
    assert [p.code for chapter in bound for p in chapter.points] == [p.code for p in points]
    assert [chapter.process for chapter in bound if chapter.diagram] == sorted(
        f"P{each:02d}" for each in drawn
    )
    for volume in volumes:
        held = size(volume)
        assert held[0] <= most_points
        assert held[1] <= most_diagrams
    for before, after in pairwise(volumes):
        more = size([*before, after[0]])
        assert more[0] > most_points or more[1] > most_diagrams


def size(volume: list[Chapter]) -> tuple[int, int]:
    return sum(len(each.points) for each in volume), sum(each.diagram is not None for each in volume)


@pytest_asyncio.fixture
async def bureau(runtime: Runtime, act_as: As) -> AsyncIterator[Runtime]:
    """A register of three points in a bureau that uses the Hanzhong frame of 183 processes."""
    head = act_as(HEAD)
    await runtime.execute(head, load_pack, LoadPack("hanzhong"))
    await runtime.execute(head, adopt_catalogue, AdoptCatalogue("urn:plumbline:hanzhong", "2010.3", DAY))
    async with runtime.db.transaction(system("D01")) as conn:
        for number, grade in enumerate(RiskGrade, start=1):
            placed = description(process="减免税·审批", step="办理")
            await put_point(conn, f"RP-{number}", grade, placed, YEAR, AT)
    yield runtime
    await workshop().close()


async def test_a_bureau_with_183_processes_is_printed_in_volumes_that_the_first_one_seals(
    bureau: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    await bureau.execute(act_as(HEAD), choose_handbook_rule, SMALL)
    done: HandbookIssued = await bureau.execute(act_as(HEAD), issue_handbook, WHOLE)
    answer = await graphql(bureau, act_as(HEAD), VOLUMES, {})
    book = answer["data"]["riskHandbook"]
    assert (book["sha256"], book["pointCount"]) == (done.sha256, 3)
    assert [each["number"] for each in book["volumes"]] == [1, 2, 3, 4]
    assert sum(each["pointCount"] for each in book["volumes"]) == 3
    chapters: list[list[str]] = []
    covers: list[str] = []
    for each in book["volumes"]:
        _, sha256, pdf = await sealed(bureau, act_as(HEAD), done.edition_id, each["number"])
        assert hashlib.sha256(pdf).hexdigest() == sha256 == each["sha256"]
        read = PdfReader(io.BytesIO(pdf))
        chapters.append([each.title for each in read.outline])
        covers.append(read.pages[0].extract_text())
    assert [len(each) for each in chapters] == [50, 50, 50, 33]
    drawn = [each.code for each in shipped()["hanzhong"].entries if each.kind is EntryKind.PROCESS]
    assert [each for volume in chapters for each in volume] == sorted(drawn)
    assert all(each["sha256"] in covers[0].replace("\n", "") for each in book["volumes"][1:])
    assert "第 4 卷，共 4 卷" in covers[3]
    assert (await bureau.execute(act_as(HEAD), issue_handbook, WHOLE)).edition_id == done.edition_id
    with pytest.raises(NotFound):
        await sealed(bureau, act_as(HEAD), done.edition_id, 5)


def test_the_template_itself_has_no_word_that_the_font_lacks() -> None:
    assert missing(TEMPLATE.decode()) == ""


async def test_volumes_are_for_those_who_may_read_the_edition_in_policy_and_rows(
    bureau: Runtime, act_as: As
) -> None:
    await bureau.execute(act_as(HEAD), choose_handbook_rule, SMALL)
    done = await bureau.execute(act_as(HEAD), issue_handbook, WHOLE)
    whole = handbook_resource("D01", (), (), whole=True)
    for name in CAST:
        who = act_as(name)
        async with bureau.db.read(who) as conn:
            rows = await conn.fetchval("select count(*) from handbook_volume")
        may = POLICY.allows(who, "read", whole)
        assert (rows == 3) == may
        if not may:
            with pytest.raises(NotFound):
                await sealed(bureau, who, done.edition_id, 2)


class Doors:
    """Tokens that are a person's id."""

    async def authenticate(self, header: str | None) -> Claims:
        person = (header or "").removeprefix("Bearer ")
        return Claims(person, person.partition(".")[0], "person")


async def test_each_volume_comes_through_the_door_under_its_own_hash(
    bureau: Runtime, act_as: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bureau.execute(act_as(HEAD), choose_handbook_rule, ChooseHandbookRule(12, 2, 500, "本局规定"))
    done = await bureau.execute(act_as(HEAD), issue_handbook, WHOLE)
    monkeypatch.setattr(bureau, "authenticator", Doors())
    app = Starlette(routes=list(routes(bureau)), exception_handlers={PlumblineError: on_plumbline_error})
    async with AsyncClient(transport=ASGITransport(app), base_url="http://registry") as http:

        async def fetch(who: str, query: str) -> Response:
            headers = {"authorization": f"Bearer {who}"}
            return await http.get(f"/handbooks/{done.edition_id}.pdf{query}", headers=headers)

        first, second = await fetch(HEAD, ""), await fetch(HEAD, "?volume=2")
        assert first.headers["etag"] == f'"{done.sha256}"'
        assert second.headers["etag"] == f'"{hashlib.sha256(second.content).hexdigest()}"'
        assert second.content[:5] == b"%PDF-"
        statuses = [
            (await fetch(who, query)).status_code
            for who, query in (
                (HEAD, "?volume=9"),
                (HEAD, "?volume=x"),
                (HEAD, "?volume=-1"),
                (CLERK, "?volume=2"),
            )
        ]
        assert statuses == [404, 400, 400, 404]


async def test_the_head_alone_chooses_the_rule_in_policy_and_rows(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    whole = handbook_resource("D01", (), (), whole=True)
    rule = HandbookRule("", 6, 100, 10, "本局规定")
    for name in CAST:
        who = act_as(name)
        try:
            async with runtime.db.transaction(who) as conn:
                await choose_rule(conn, "D01", rule, DAY, name, AT)
            written = True
        except asyncpg.InsufficientPrivilegeError:
            written = False
        assert written == POLICY.allows(who, "choose_rule", whole) == (name == HEAD)
        if who.bureau_id != "D01":
            continue
        answer = (await graphql(runtime, who, CHOOSE, {}))["data"]["chooseHandbookRule"]
        assert [each["code"] for each in answer["userErrors"]] == ([] if name == HEAD else ["NOT_FOUND"])


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (ChooseHandbookRule(0, 10, 10, "x"), "cycleMonths"), (ChooseHandbookRule(61, 10, 10, "x"), "cycleMonths"),
        (ChooseHandbookRule(1, 2001, 10, "x"), "volumePoints"), (ChooseHandbookRule(1, 10, 0, "x"), "volumeDiagrams"),
        (ChooseHandbookRule(1, 10, 10, " "), "citation"),
    ],
)  # fmt: skip
async def test_a_rule_out_of_range_is_refused_by_field(
    runtime: Runtime, act_as: As, command: ChooseHandbookRule, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await runtime.execute(act_as(HEAD), choose_handbook_rule, command)
    assert refused.value.path == (field,)
