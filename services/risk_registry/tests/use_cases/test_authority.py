"""The authority of a post is given to a unit, used inside the grant only, seen by its line, taken back (S1-104)."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from plumbline_org.parts import Post, PostKind
from plumbline_org.principal import principal_of
from plumbline_org.testing import ALWAYS, linjiang, person, seed_replica
from plumbline_shared.clock import ManualClock, today
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.authority import AuthorityGrant, Revocation
from risk_registry.domain.catalogue import EntryKind
from risk_registry.packs import shipped
from risk_registry.storage.catalogue import add_catalogue, entries_on
from risk_registry.use_cases.keep_catalogue import AdoptCatalogue, adopt_catalogue

B = "R06"
GRANT = "mutation ($i: GrantAuthorityInput!) { grantAuthority(input: $i) { id userErrors { code } } }"
REVOKE = "mutation ($i: RevokeAuthorityInput!) { revokeAuthority(input: $i) { id userErrors { code } } }"
USE = "mutation ($i: UseAuthorityInput!) { useAuthority(input: $i) { id userErrors { code } } }"
GRANTS = """query ($filter: AuthorityGrantFilter, $on: Date) { authorityGrants(filter: $filter, asOf: $on) {
  id code grantorPost { id } granteeUnit { id } operations validFrom validUntil holds useCount revokedOn } }"""
USES = """query ($grant: ID!, $first: Int!, $after: String) { authorityUses(grant: $grant, first: $first, after: $after) {
  edges { cursor node { operation reference person { id } usedAt byProgram } } pageInfo { hasNextPage endCursor } } }"""
GIVEN = {
    "code": "GR-01", "grantorPost": "TO-5.chief", "granteeUnit": "HALL", "validFrom": "2026-04-01",
    "validUntil": "2027-01-01", "reason": "新户一站式落户",
}  # fmt: skip
PROGRAM = Principal("client", bureau_id=B, scopes=frozenset({"authority:use"}))
Given = dict[str, Any]


class Bureau:
    """The hall stands in for the taxpayers' school; Wu Yan serves there, He Jun does not."""

    def __init__(self, runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> None:
        self.runtime, self.clock, self.graphql = runtime, clock, graphql
        small = linjiang(B)
        more = {
            f"{B}.auditor": person(B, "auditor", "审计", "OFFICE.audit", ("INTERNAL_AUDITOR",)),
            f"{B}.hall-chief": person(B, "hall-chief", "厅长", "HALL.chief"),
        }
        chief = Post(f"{B}.HALL.chief", B, f"{B}.HALL", "chief", PostKind.CHIEF, span=ALWAYS)
        posts = {**small.posts, chief.id: chief}
        self.org = replace(small, persons={**small.persons, **more}, posts=posts)

    def who(self, name: str) -> Principal:
        return PROGRAM if name == "program" else principal_of(self.org, f"{B}.{name}", today(self.clock))

    async def ask(self, who: str, document: str, **variables: Any) -> Any:
        answer = await self.graphql(self.runtime, self.who(who), document, variables)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    async def do(self, who: str, document: str, given: Given) -> tuple[str | None, list[str]]:
        done = await self.ask(who, document, i={"clientMutationId": uuid4().hex, **given})
        return done["id"], [f"{each['code']}" for each in done["userErrors"]]

    async def granted(self, who: str = "huang-zhen", **given: Any) -> str:
        made, errors = await self.do(who, GRANT, {**GIVEN, **given})
        assert made, errors
        return made

    async def use(self, who: str, grant: str, **given: Any) -> tuple[str | None, list[str]]:
        return await self.do(
            who, USE, {"grantId": grant, "operation": "税种认定", "reference": "W-1", **given}
        )

    async def log(self, who: str, grant: str) -> list[str]:
        found = await self.ask(who, USES, grant=grant, first=50, after=None)
        return [each["node"]["reference"] for each in found["edges"]]


@pytest_asyncio.fixture
async def bureau(runtime: Runtime, clock: ManualClock, graphql: RunGraphQL) -> Bureau:
    clock.set(datetime(2026, 4, 1, 2, tzinfo=UTC))
    one = Bureau(runtime, clock, graphql)
    pack = shipped()["hall"]
    async with runtime.db.transaction(system(B)) as conn:
        await seed_replica(conn, one.org)
        await add_catalogue(conn, pack, clock.now())
    adopt = AdoptCatalogue(pack.urn, pack.version, date(2026, 4, 1))
    await runtime.execute(one.who("huang-zhen"), adopt_catalogue, adopt)
    return one


async def test_all_forty_codes_are_given_away_each_once(bureau: Bureau) -> None:
    async with bureau.runtime.db.read(system(B)) as conn:
        codes = [each.code for each in await entries_on(conn, B, date(2026, 4, 1), [EntryKind.GRANT])]
    assert len(codes) == 40
    for code in codes:
        await bureau.granted(code=code)
    found = await bureau.ask("lin-jie", GRANTS)
    assert [each["code"] for each in found] == codes
    assert {each["useCount"] for each in found} == {0}
    assert found[0]["operations"] == ["信息维护", "税种认定", "初次发票领购认定"]
    for day in ({}, {"validFrom": "2026-12-31", "validUntil": "2027-06-01"}):
        assert (await bureau.do("huang-zhen", GRANT, {**GIVEN, **day}))[1] == ["AUTHORITY_GRANT_EXISTS"]
    next_year = {"validFrom": "2027-01-01", "validUntil": "2028-01-01"}
    assert (await bureau.do("huang-zhen", GRANT, {**GIVEN, **next_year}))[1] == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code": "GR-41"}, "INVALID_INPUT"), ({"operations": ["审批"]}, "INVALID_INPUT"),
        ({"grantorPost": "TO-5.nobody"}, "INVALID_INPUT"), ({"granteeUnit": "NOWHERE"}, "INVALID_INPUT"),
        ({"granteeUnit": "TO-5"}, "INVALID_INPUT"), ({"validFrom": "2026-03-31"}, "EFFECTIVE_IN_PAST"),
        ({"validUntil": "2026-04-01"}, "INVALID_INPUT"), ({"reason": " "}, "INVALID_INPUT"),
    ],
)  # fmt: skip
async def test_a_grant_says_whose_to_whom_for_what_and_until_when(
    bureau: Bureau, wrong: Given, code: str
) -> None:
    assert (await bureau.do("huang-zhen", GRANT, {**GIVEN, **wrong}))[1] == [code]


async def test_the_head_grants_for_all_and_who_leads_a_unit_for_its_posts(bureau: Bureau) -> None:
    for who in ("sun-hao", "chen-gang", "hall-chief", "he-jun", "ma-qing", "luo-fang", "gu-ping", "program"):
        assert (await bureau.do(who, GRANT, GIVEN))[1] == ["NOT_FOUND"]
    await bureau.granted("tang-li", code="GR-02")
    made = await bureau.granted("pan-yu")
    given = {"grantId": made, "revokedOn": "2026-05-01", "reason": "调整"}
    for who in ("sun-hao", "hall-chief", "zhou-min", "wu-yan", "ma-qing", "program"):
        assert (await bureau.do(who, REVOKE, given))[1] == ["NOT_FOUND"]
    assert (await bureau.do("huang-zhen", REVOKE, given))[1] == []


async def test_a_use_outside_the_grant_is_refused(bureau: Bureau) -> None:
    grant = await bureau.granted(operations=["税种认定"], validFrom="2026-04-10", validUntil="2026-05-01")
    assert (await bureau.use("wu-yan", grant))[1] == ["AUTHORITY_OUTSIDE_GRANT"]
    bureau.clock.set(datetime(2026, 4, 10, 2, tzinfo=UTC))
    assert (await bureau.use("wu-yan", grant, operation="信息维护"))[1] == ["AUTHORITY_OUTSIDE_GRANT"]
    early = {"usedAt": "2026-04-09T23:59:59+08:00"}
    assert (await bureau.use("wu-yan", grant, **early))[1] == ["AUTHORITY_OUTSIDE_GRANT"]
    assert (await bureau.use("program", grant, personId=f"{B}.he-jun"))[1] == ["AUTHORITY_OUTSIDE_GRANT"]
    for who in ("he-jun", "huang-zhen", "pan-yu"):
        assert (await bureau.use(who, grant))[1] == ["NOT_FOUND"]
    for wrong in (
        {"reference": " "}, {"reference": "x" * 101}, {"personId": f"{B}.hall-chief"},
        {"usedAt": "2026-04-10T10:00:01+08:00"},
    ):  # fmt: skip
        assert (await bureau.use("wu-yan", grant, **wrong))[1] == ["INVALID_INPUT"]
    assert (await bureau.use("program", grant))[1] == ["INVALID_INPUT"]
    assert await bureau.log("auditor", grant) == []
    assert (await bureau.use("wu-yan", grant))[1] == []


async def test_the_same_work_is_a_use_once(bureau: Bureau) -> None:
    grant, other = await bureau.granted(), await bureau.granted(code="GR-02")
    first, _ = await bureau.use("program", grant, personId=f"{B}.wu-yan", usedAt="2026-04-01T09:00:00+08:00")
    again = {"personId": f"{B}.wu-yan", "usedAt": "2026-04-01T09:00:00+08:00"}
    assert await bureau.use("program", grant, **again) == (first, [])
    assert await bureau.use("wu-yan", grant) == (first, [])
    for differs in (
        {**again, "personId": f"{B}.hall-chief"},
        {**again, "usedAt": "2026-04-01T09:01:00+08:00"},
    ):
        assert (await bureau.use("program", grant, **differs))[1] == ["AUTHORITY_USE_DIFFERS"]
    assert (await bureau.use("program", other, **again))[1] == ["AUTHORITY_USE_DIFFERS"]
    assert await bureau.log("auditor", grant) == ["W-1"]
    (shown, _other) = await bureau.ask("auditor", GRANTS)
    assert shown["useCount"] == 1


async def test_many_at_once_make_one_grant_and_one_use(bureau: Bureau) -> None:
    asked = [bureau.do(who, GRANT, GIVEN) for who in ("huang-zhen", "pan-yu", "tang-li")]
    answers = await asyncio.gather(*asked)
    (grant,) = [made for made, _errors in answers if made]
    assert sorted(error for _made, errors in answers for error in errors) == ["AUTHORITY_GRANT_EXISTS"] * 2
    given = {"personId": f"{B}.wu-yan", "usedAt": "2026-04-01T09:00:00+08:00"}
    sent = await asyncio.gather(*(bureau.use("program", grant, **given) for _ in range(5)))
    assert len(set(map(str, sent))) == 1
    assert sent[0][1] == []
    assert await bureau.log("auditor", grant) == ["W-1"]


async def test_a_revoked_grant_covers_nothing_and_its_past_stays(bureau: Bureau) -> None:
    grant = await bureau.granted()
    await bureau.use("wu-yan", grant)
    bureau.clock.set(datetime(2026, 5, 1, 2, tzinfo=UTC))
    given = {"grantId": grant, "revokedOn": "2026-05-02", "reason": "收回"}
    for day, code in (("2026-04-30", "EFFECTIVE_IN_PAST"), ("2027-01-01", "AUTHORITY_GRANT_ENDED")):
        assert (await bureau.do("pan-yu", REVOKE, {**given, "revokedOn": day}))[1] == [code]
    assert (await bureau.do("pan-yu", REVOKE, given))[1] == []
    assert (await bureau.do("huang-zhen", REVOKE, given))[1] == ["AUTHORITY_GRANT_ENDED"]
    assert (await bureau.use("wu-yan", grant, reference="W-2"))[1] == []
    bureau.clock.set(datetime(2026, 5, 2, 2, tzinfo=UTC))
    assert (await bureau.use("wu-yan", grant, reference="W-3"))[1] == ["AUTHORITY_OUTSIDE_GRANT"]
    late = {"reference": "W-3", "usedAt": "2026-05-01T16:00:00+08:00"}
    assert (await bureau.use("wu-yan", grant, **late))[1] == []
    assert await bureau.ask("lin-jie", GRANTS) == []
    (then,) = await bureau.ask("lin-jie", GRANTS, on="2026-05-01")
    assert (then["holds"], then["validUntil"], then["revokedOn"]) == (True, "2026-05-02", "2026-05-02")
    (ended,) = await bureau.ask("lin-jie", GRANTS, filter={"ended": True})
    assert ended["holds"] is False
    # The code is free again, and the uses are still to be read.
    await bureau.granted(validFrom="2026-05-02")
    assert sorted(await bureau.log("auditor", grant)) == ["W-1", "W-2", "W-3"]


async def test_grants_are_for_everybody_in_the_bureau_and_uses_for_their_line(bureau: Bureau) -> None:
    grant = await bureau.granted()
    await bureau.use("wu-yan", grant)
    seen: dict[str, list[str]] = {
        "wu-yan": ["W-1"], "hall-chief": ["W-1"], "pan-yu": ["W-1"], "huang-zhen": ["W-1"], "ma-qing": ["W-1"],
        "bai-xue": ["W-1"], "auditor": ["W-1"], "luo-fang": ["W-1"], "tang-li": ["W-1"], "zhou-min": ["W-1"], "he-jun": [], "sun-hao": [], "qian-lu": [],
        "gu-ping": [],
    }  # fmt: skip
    for who, references in seen.items():
        assert await bureau.log(who, grant) == references
        (shown,) = await bureau.ask(who, GRANTS, filter={"granteeUnit": f"{B}.HALL", "operation": "税种认定"})
        assert shown["useCount"] == len(references)
    assert len(await bureau.ask("program", GRANTS)) == 1
    assert await bureau.ask("lin-jie", GRANTS, filter={"operation": "审批"}) == []
    stranger = Principal("person", "D01.lin-jie", "D01")
    answer = await bureau.graphql(bureau.runtime, stranger, USES, {"grant": grant, "first": 1, "after": None})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_the_log_is_read_page_by_page(bureau: Bureau) -> None:
    grant = await bureau.granted()
    for number in range(5):
        await bureau.use("wu-yan", grant, reference=f"W-{number}")
    read: list[str] = []
    after: str | None = None
    while True:
        page = await bureau.ask("auditor", USES, grant=grant, first=2, after=after)
        read += [each["node"]["reference"] for each in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(page["edges"]) == 1
    assert sorted(read) == [f"W-{number}" for number in range(5)]


def test_a_grant_counts_from_its_first_day_to_the_day_before_its_end() -> None:
    grant = AuthorityGrant(
        "ag", B, "GR-01", "P", "U", "V", ("x",), date(2026, 4, 1), date(2026, 7, 1), "r", "p",
        datetime(2026, 4, 1, tzinfo=UTC),
    )  # fmt: skip
    ended = replace(grant, revocation=Revocation(date(2026, 5, 1), "r", "p"))
    days = [
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 6, 30),
        grant.until,
    ]
    assert [grant.holds(day) for day in days] == [False, True, True, True, True, False]
    assert [ended.holds(day) for day in days] == [False, True, True, False, False, False]
    assert not ended.meets(date(2026, 5, 1), date(2026, 9, 1))
    assert grant.meets(date(2026, 6, 30), date(2026, 9, 1))
