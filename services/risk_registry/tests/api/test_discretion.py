"""A standard is drafted by one officer and published by another; each version stays, and the event carries it whole."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from google.protobuf import json_format
from plumbline_contracts.risk_registry.v1 import DiscretionStandardPublished
from plumbline_shared.clock import ManualClock
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.discretion_packs import shipped_standard
from risk_registry.load_discretion import main, standard_named
from risk_registry.use_cases.load_discretion import load_standard

As = Callable[[str], Principal]
Ask = Callable[..., Any]
HEAD, LEGAL, OFFICER = "D01.huang-zhen", "D01.luo-fang", "D01.he-jun"
DRAFT = """mutation ($i: DraftDiscretionStandardInput!) {
  draftDiscretionStandard(input: $i) { standardId versionId version userErrors { code message } } }"""
PUBLISH = """mutation ($i: PublishDiscretionStandardInput!) {
  publishDiscretionStandard(input: $i) { standardId version userErrors { code message } } }"""
ONE = "query ($id: ID!, $on: Date) { discretionStandard(id: $id, asOf: $on) { version effectiveFrom body } }"
LIST = "query ($on: Date) { discretionStandards(asOf: $on, drafts: true) { id version publishedAt } }"
BODY: dict[str, Any] = msgspec.to_builtins(shipped_standard("demo"))


@pytest.fixture
def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    async def run(who: str, document: str, **variables: Any) -> Any:
        answer = await graphql(runtime, act_as(who), document, variables)
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    return run


def whole(**fields: Any) -> dict[str, Any]:
    return {"clientMutationId": uuid4().hex, **fields}


async def drafted(ask: Ask, who: str = LEGAL, body: dict[str, Any] = BODY) -> str:
    done = await ask(who, DRAFT, i=whole(code="FINES", body=body))
    assert done["userErrors"] == []
    return done["versionId"]


async def published(ask: Ask, who: str, version: str, on: str = "2026-04-01") -> list[dict[str, str]]:
    return (await ask(who, PUBLISH, i=whole(versionId=version, effectiveFrom=on)))["userErrors"]


async def test_two_officers_publish_a_version_and_history_stays(
    ask: Ask, runtime: Runtime, clock: ManualClock
) -> None:
    first = await drafted(ask)
    assert (await published(ask, LEGAL, first))[0]["code"] == "NOT_FOUND"
    assert (await published(ask, HEAD, first, "2026-03-31"))[0]["code"] == "EFFECTIVE_IN_PAST"
    assert await published(ask, HEAD, first) == []
    assert (await published(ask, HEAD, first))[0]["code"] == "ALREADY_PUBLISHED"
    milder = json.loads(json.dumps(BODY))
    milder["points"]["LATE_CHANGE_REGISTRATION"]["tiers"][1]["amounts"]["ORGANISATION"]["per_day_fen"] = 1000
    assert await published(ask, HEAD, await drafted(ask, body=milder), "2026-05-01") == []
    clock.set(clock.now() + timedelta(days=40))
    seen = {
        on: await ask(OFFICER, ONE, id="D01.FINES", on=on)
        for on in ("2026-03-31", "2026-04-30", "2026-05-01")
    }
    assert [each and each["version"] for each in seen.values()] == [None, 1, 2]
    assert seen["2026-04-30"]["body"] == BODY
    async with runtime.db.read(system("D01")) as conn:
        events = [row[0] for row in await conn.fetch("select data::text from outbox order by id")]
    first_event = json_format.Parse(events[0], DiscretionStandardPublished())
    assert (first_event.standard_id, first_event.version, first_event.effective_from) == (
        "D01.FINES",
        1,
        "2026-04-01",
    )
    general = first_event.points[0].tiers[1]
    assert (general.days_from, general.days_to, general.amounts[1].per_day_fen) == (1, 30, 2000)
    assert not first_event.points[0].tiers[2].HasField("days_to")


async def test_whoever_wrote_a_standard_does_not_publish_it(ask: Ask) -> None:
    own = await drafted(ask, HEAD)
    assert (await published(ask, HEAD, own))[0]["code"] == "SOD_AUTHOR_APPROVES"


async def test_a_gap_is_refused_with_its_tiers_and_nothing_is_in_force(ask: Ask) -> None:
    holed = json.loads(json.dumps(BODY))
    holed["points"]["LATE_CHANGE_REGISTRATION"]["tiers"][1]["days"] = [1, 29]
    version = await drafted(ask, body=holed)
    (error,) = await published(ask, HEAD, version)
    assert error["code"] == "TIER_GAP"
    assert "between GENERAL and SERIOUS no tier holds for days 30 to 30" in error["message"]
    assert await ask(OFFICER, ONE, id="D01.FINES") is None


async def test_a_draft_is_for_those_who_keep_the_rules(ask: Ask) -> None:
    await drafted(ask)
    assert await ask(OFFICER, LIST) == []
    assert [each["publishedAt"] for each in await ask(LEGAL, LIST)] == [None]
    assert (await ask(OFFICER, DRAFT, i=whole(code="X-1", body={})))["userErrors"][0]["code"] == "NOT_FOUND"
    for body in ({}, {**BODY, "colour": "red"}):
        assert (await ask(LEGAL, DRAFT, i=whole(code="X-1", body=body)))["userErrors"][0][
            "code"
        ] == "INVALID_INPUT"


async def test_packs_are_loaded_whole_and_twice_is_once(runtime: Runtime, ask: Ask) -> None:
    day = date(2026, 1, 1)
    for name in ("demo", "published", "demo"):
        await runtime.execute(system("D01"), load_standard, standard_named(name, day))
    found = await ask(OFFICER, LIST, on="2026-01-01")
    assert [(each["id"], each["version"]) for each in found] == [("D01.DEMO-2026", 1), ("D01.PUBLISHED", 1)]
    async with runtime.db.read(system("D01")) as conn:
        assert await conn.fetchval("select count(*) from outbox") == 2


def test_the_command_names_bad_rows_and_ends_with_one(
    tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "tiers.csv"
    table.write_text(
        "violation,legal_basis,tier_condition,subject,fine_min_cny,fine_max_cny,source_url,source_locator,note\n"
        "未按规定安装使用税控装置或损毁改动,60条,很严重,纳税人,1,2,u,1,\n",
        encoding="utf-8",
    )
    assert main(["--bureau", "D01", "--effective-from", "2026-07-01", str(table)]) == 1
    assert "row 2, tier_condition: '很严重' is not in the vocabulary" in capsys.readouterr().err
