"""Units choose people and people choose posts: no kin, no limit passed over, and the head has the last word (S1-042)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest_asyncio
from plumbline_org.grades import RiskGrade
from plumbline_org.parts import Span
from plumbline_org.principal import principal_of
from plumbline_org.testing import linjiang, person, seed_replica
from plumbline_shared.clock import ManualClock, today
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.avoidance import Relation
from risk_registry.storage.kin import Kin, add_kin
from risk_registry.testing import description, put_point

B = "R03"
LIN, HE, WU = f"{B}.lin-jie", f"{B}.he-jun", f"{B}.wu-bin"
REVIEWER, FIVE, SEVEN = f"{B}.POLICY.reviewer", f"{B}.TO-5.administrator", f"{B}.TO-7.administrator"
AT = datetime(2026, 1, 1, tzinfo=UTC)
CAMPAIGN = """
  id openRound candidates { id } choosingFor { id } own { post { id } posts { id } persons { id } }
  rounds { number matches { person { id } post { id } personRank postRank } missed { person { id } post { id } why wordsEn } }
  openPosts { id } unplaced { id } decision { approved }
"""
SEE = f"{{ selectionCampaigns {{ {CAMPAIGN} }} }}"
PLAN = "{ rotationPlan(year: 2026) { proposals { person { id } toPost { id } } } }"
NAMES = {
    "open": "openSelection", "posts": "choosePosts", "persons": "choosePersons", "close": "closeSelectionRound",
    "decide": "decideSelection",
}  # fmt: skip
Asked = dict[str, Any]


class Bureau:
    """A bureau whose officers act over GraphQL."""

    def __init__(self, runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> None:
        self.runtime, self.clock, self.graphql = runtime, clock, graphql
        small = linjiang(B)
        lin = person(B, "lin-jie", "林杰", "POLICY.reviewer", ("REVIEWER",), span=Span(date(2021, 7, 1)))
        self.org = replace(small, persons={**small.persons, LIN: lin})

    async def ask(self, who: str, document: str, **variables: Any) -> Any:
        by = principal_of(self.org, f"{B}.{who}", today(self.clock))
        answer = await self.graphql(self.runtime, by, document, variables)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    async def do(self, who: str, act: str, **given: Any) -> tuple[Asked | None, list[str]]:
        """The campaign as its author sees it then, and the codes of what was refused."""
        name = NAMES[act]
        kind = name[0].upper() + name[1:] + "Input"
        document = f"mutation ($i: {kind}!) {{ {name}(input: $i) {{ campaign {{ {CAMPAIGN} }} userErrors {{ code }} }} }}"
        done = await self.ask(who, document, i={"clientMutationId": uuid4().hex, **given})
        return done["campaign"], [each["code"] for each in done["userErrors"]]

    async def open(self, **given: Any) -> str:
        wanted = {"title": "2027 年双向选择", "effectiveFrom": "2027-01-01", "posts": [REVIEWER, FIVE, SEVEN]}
        campaign, codes = await self.do("xie-tao", "open", **{**wanted, "candidates": [LIN, HE, WU], **given})
        assert codes == []
        assert campaign
        return campaign["id"]

    async def choose(self, campaign: str) -> None:
        wishes = {"lin-jie": [REVIEWER, FIVE, SEVEN], "he-jun": [REVIEWER, SEVEN], "wu-bin": [FIVE, REVIEWER]}
        for who, posts in wishes.items():
            assert (await self.do(who, "posts", campaignId=campaign, posts=posts))[1] == []
        wanted = {
            "chen-gang": (REVIEWER, [HE, LIN, WU]),
            "pan-yu": (FIVE, [LIN, WU]),
            "tang-li": (SEVEN, [HE]),
        }
        for who, (post, persons) in wanted.items():
            assert (await self.do(who, "persons", campaignId=campaign, post=post, persons=persons))[1] == []

    async def related(self, one: str, other: str) -> None:
        async with self.runtime.db.transaction(system(B)) as conn:
            await add_kin(conn, B, Kin(uuid4().hex, one, other, Relation.COLLATERAL, one, AT))


@pytest_asyncio.fixture
async def bureau(runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> AsyncIterator[Bureau]:
    clock.set(datetime(2026, 10, 12, 2, tzinfo=UTC))
    one = Bureau(runtime, clock, graphql)
    async with runtime.db.transaction(system(B)) as conn:
        await seed_replica(conn, one.org)
        await put_point(conn, "RP-A", RiskGrade.HIGH, description([REVIEWER]), date(2021, 1, 1), AT, B)
    yield one


def placed(found: Asked | None) -> dict[str, str]:
    assert found
    return {each["person"]["id"]: each["post"]["id"] for each in found["rounds"][-1]["matches"]}


async def test_a_campaign_from_opening_to_proposals(bureau: Bureau) -> None:
    await bureau.related(HE, f"{B}.chen-gang")
    campaign = await bureau.open()
    await bureau.choose(campaign)
    done, codes = await bureau.do("xie-tao", "close", campaignId=campaign, round=1)
    assert codes == []
    assert placed(done) == {LIN: FIVE, HE: SEVEN, WU: REVIEWER}
    assert done
    missed = {(each["person"]["id"], each["post"]["id"]): each["why"] for each in done["rounds"][0]["missed"]}
    assert missed == {(LIN, REVIEWER): "TENURE", (HE, REVIEWER): "KIN", (WU, FIVE): "RANKED_AFTER"}
    assert (done["openPosts"], done["unplaced"], done["decision"]) == ([], [], None)
    no, codes = await bureau.do("xie-tao", "decide", campaignId=campaign, approved=True, reason="x")
    assert (no, codes) == (None, ["NOT_FOUND"])
    assert (await bureau.ask("xie-tao", PLAN))["proposals"] == []
    decided, codes = await bureau.do(
        "huang-zhen", "decide", campaignId=campaign, approved=True, reason="同意"
    )
    assert (codes, decided and decided["decision"]) == ([], {"approved": True})
    proposals = (await bureau.ask("xie-tao", PLAN))["proposals"]
    assert {each["person"]["id"]: each["toPost"]["id"] for each in proposals} == {
        LIN: FIVE,
        HE: SEVEN,
        WU: REVIEWER,
    }
    for act, who, given in (
        ("decide", "huang-zhen", {"approved": False, "reason": "x"}),
        ("posts", "lin-jie", {"posts": []}),
        ("close", "xie-tao", {"round": 2}),
    ):
        assert (await bureau.do(who, act, campaignId=campaign, **given))[1][0] in (
            "SELECTION_DECIDED",
            "SELECTION_ROUND_OVER",
        )


async def test_a_ranking_is_its_authors_alone_and_a_bar_is_named_to_the_cleared(bureau: Bureau) -> None:
    await bureau.related(HE, f"{B}.chen-gang")
    campaign = await bureau.open()
    await bureau.choose(campaign)
    (own,) = await bureau.ask("he-jun", SEE)
    assert own["own"] == [{"post": None, "posts": [{"id": REVIEWER}, {"id": SEVEN}], "persons": []}]
    assert (own["candidates"], own["choosingFor"]) == ([{"id": HE}], [])
    (chief,) = await bureau.ask("chen-gang", SEE)
    assert chief["choosingFor"] == [{"id": REVIEWER}]
    assert chief["own"][0]["persons"] == [{"id": HE}, {"id": LIN}, {"id": WU}]
    (hr,) = await bureau.ask("xie-tao", SEE)
    assert (hr["own"], hr["rounds"]) == ([], [])
    await bureau.do("xie-tao", "close", campaignId=campaign, round=1)
    (own,) = await bureau.ask("he-jun", SEE)
    assert placed(own) == {HE: SEVEN}
    assert [(each["why"], each["wordsEn"]) for each in own["rounds"][0]["missed"]] == [(None, "not eligible")]
    (chief,) = await bureau.ask("chen-gang", SEE)
    assert (placed(chief), chief["rounds"][0]["missed"]) == ({WU: REVIEWER}, [])
    for who in ("ma-qing", "huang-zhen"):
        assert len((await bureau.ask(who, SEE))[0]["rounds"][0]["matches"]) == 3
    for who in ("gu-ping", "sun-hao", "bai-xue", "qian-lu"):
        assert await bureau.ask(who, SEE) == []


async def test_who_chooses_what(bureau: Bureau) -> None:
    campaign = await bureau.open()
    for who, post in (("lin-jie", REVIEWER), ("pan-yu", REVIEWER), ("xie-tao", FIVE), ("zhou-min", SEVEN)):
        refused = await bureau.do(who, "persons", campaignId=campaign, post=post, persons=[WU])
        assert refused == (None, ["NOT_FOUND"])
    assert (await bureau.do("sun-hao", "posts", campaignId=campaign, posts=[FIVE]))[1] == ["NOT_FOUND"]
    for posts in ([FIVE, FIVE], [f"{B}.LEGAL.chief"]):
        assert (await bureau.do("wu-bin", "posts", campaignId=campaign, posts=posts))[1] == ["INVALID_INPUT"]
    for given in (
        {"posts": []}, {"posts": ["NO.post"]}, {"candidates": [HE, HE]}, {"candidates": ["D01.he-jun"]}, {"title": " "},
    ):  # fmt: skip
        wanted = {"title": "t", "effectiveFrom": "2027-01-01", "posts": [FIVE], "candidates": [HE], **given}
        assert (await bureau.do("xie-tao", "open", **wanted))[1] == ["INVALID_INPUT"]
    early = {"title": "t", "effectiveFrom": "2026-11-01", "posts": [FIVE], "candidates": [HE]}
    assert (await bureau.do("xie-tao", "open", **early))[1] == ["NOT_AT_YEAR_BOUNDARY"]
    assert (await bureau.do("huang-zhen", "open", **early))[1] == ["NOT_FOUND"]


async def test_a_second_round_fills_what_the_first_left_open(bureau: Bureau) -> None:
    campaign = await bureau.open(candidates=[LIN, WU])
    await bureau.do("wu-bin", "posts", campaignId=campaign, posts=[FIVE])
    await bureau.do("lin-jie", "posts", campaignId=campaign, posts=[FIVE])
    await bureau.do("pan-yu", "persons", campaignId=campaign, post=FIVE, persons=[WU])
    done, _ = await bureau.do("xie-tao", "close", campaignId=campaign, round=1)
    assert placed(done) == {WU: FIVE}
    assert done
    assert (done["openRound"], done["unplaced"]) == (2, [{"id": LIN}])
    assert (await bureau.do("xie-tao", "close", campaignId=campaign, round=1))[1] == ["SELECTION_ROUND_OVER"]
    assert (await bureau.do("wu-bin", "posts", campaignId=campaign, posts=[SEVEN]))[1] == ["ALREADY_PLACED"]
    await bureau.do("lin-jie", "posts", campaignId=campaign, posts=[FIVE, SEVEN])
    await bureau.do("tang-li", "persons", campaignId=campaign, post=SEVEN, persons=[LIN])
    done, _ = await bureau.do("xie-tao", "close", campaignId=campaign, round=2)
    assert placed(done) == {LIN: SEVEN}
    assert done
    assert (done["openRound"], done["openPosts"]) == (None, [{"id": REVIEWER}])


async def test_two_kin_are_not_brought_under_one_leader_by_one_campaign(bureau: Bureau) -> None:
    """Each move alone would be allowed: only together do they stand under the chief of TO-5."""
    await bureau.related(LIN, WU)
    desk = f"{B}.TO-5.desk"
    other = replace(bureau.org.posts[FIVE], id=desk)
    async with bureau.runtime.db.transaction(system(B)) as conn:
        await seed_replica(conn, replace(bureau.org, posts={**bureau.org.posts, desk: other}))
    campaign = await bureau.open(posts=[FIVE, desk, SEVEN], candidates=[LIN, WU])
    await bureau.do("lin-jie", "posts", campaignId=campaign, posts=[FIVE, SEVEN])
    await bureau.do("wu-bin", "posts", campaignId=campaign, posts=[desk])
    await bureau.do("pan-yu", "persons", campaignId=campaign, post=FIVE, persons=[LIN])
    await bureau.do("pan-yu", "persons", campaignId=campaign, post=desk, persons=[WU])
    await bureau.do("tang-li", "persons", campaignId=campaign, post=SEVEN, persons=[LIN, WU])
    done, _ = await bureau.do("xie-tao", "close", campaignId=campaign, round=1)
    given = placed(done)
    assert set(given.values()) != {FIVE, desk}
    assert len(given) >= 1


async def test_what_has_changed_since_the_round_is_not_approved(bureau: Bureau) -> None:
    campaign = await bureau.open()
    early, codes = await bureau.do("huang-zhen", "decide", campaignId=campaign, approved=True, reason="x")
    assert (early, codes) == (None, ["SELECTION_OPEN"])
    await bureau.choose(campaign)
    done, _ = await bureau.do("xie-tao", "close", campaignId=campaign, round=1)
    assert placed(done) == {LIN: FIVE, HE: REVIEWER}
    await bureau.related(HE, f"{B}.chen-gang")
    decide = {"campaignId": campaign, "approved": True, "reason": "同意"}
    assert (await bureau.do("huang-zhen", "decide", **decide))[1] == ["SELECTION_OUTDATED"]
    assert (await bureau.do("huang-zhen", "decide", **{**decide, "reason": " "}))[1] == ["INVALID_INPUT"]
    assert (await bureau.do("huang-zhen", "decide", **{**decide, "approved": False}))[1] == []
    assert (await bureau.ask("xie-tao", PLAN))["proposals"] == []


async def test_nobody_decides_about_their_own_post(bureau: Bureau) -> None:
    campaign = await bureau.open(candidates=[LIN, f"{B}.huang-zhen"])
    await bureau.do("xie-tao", "close", campaignId=campaign, round=1)
    own = await bureau.do("huang-zhen", "decide", campaignId=campaign, approved=True, reason="x")
    assert own[1] == ["SOD_OWN_SELECTION"]
