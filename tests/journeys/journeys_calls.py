"""What journeys do through the gateway beside the demonstration's own helpers."""

import time
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import aiohttp
import msgspec
import orjson
from plumbline_local.demo import case_documents as documents
from plumbline_local.demo.bureau import sheets, sheets_to_xlsx
from plumbline_local.demo.cases import call
from plumbline_local.demo.cast import read_cast
from plumbline_local.demo.opening import IMPORT_DIRECTORY
from plumbline_local.demo.scenario_2 import GENERAL, fine
from plumbline_local.demo.world import World

CANARIES = ("canary-sentence-gold-bars-in-a-tea-box", "canary-name-Zheng", "13911112222")
GRANT = "mutation Grant($input: GrantRoleInput!) { grantRole(input: $input) { person { id } userErrors { code message path } } }"


async def post(world: World, document: str, token: str) -> tuple[int, Any]:
    """Status and answer of a query with that very token."""
    headers = {"authorization": f"Bearer {token}", "accept": "application/graphql-response+json"}
    async with (
        aiohttp.ClientSession() as http,
        http.post(
            world.layout.url("gateway", "/graphql"), json={"query": document}, headers=headers
        ) as response,
    ):
        return response.status, orjson.loads(await response.read())


async def second_district(world: World, bureau: str) -> None:
    """A second district with the same posts and persons as D01, imported; a second time changes nothing."""
    cast = read_cast()
    parts = {
        name: {**getattr(cast, name), bureau: getattr(cast, name)["D01"]}
        for name in ("bureaus", "units", "posts", "persons")
    }
    book = sheets_to_xlsx(sheets(msgspec.structs.replace(cast, **parts)))
    entry = {
        "clientMutationId": f"second-{time.time_ns()}",
        "file": b64encode(book).decode(),
        "dryRun": False,
    }
    payload = await world.people.client("importer", "P01").do(IMPORT_DIRECTORY, input=entry)
    assert payload["report"]["problems"] == []
    await world.time.settle()


async def accepted(world: World, item: str, office: str, person: str) -> Mapping[str, Any]:
    """A new matter."""
    entry = {"item": item, "title": "旅程 journey", "officeId": f"D01.{office}"}
    return (await call(world, person, documents.ACCEPT, **entry))["matter"]


async def corrected_hold(world: World) -> str:
    """He Jun enters a fine outside its tier and corrects it; the matter's id."""
    matter = (await accepted(world, "REGISTRATION-PENALTY", "TO-5", "he-jun"))["id"]
    entry = {"matterId": matter, "step": "propose", "payload": fine(2000)}
    hold = (await call(world, "he-jun", documents.ADVANCE, **entry))["result"]
    assert hold["code"] == "DISCRETION_OUT_OF_TIER"
    await call(
        world, "he-jun", documents.CORRECT, holdId=hold["id"], payload={**fine(240), "violation": GENERAL}
    )
    return matter


async def tracker_role(world: World, person: str, start: str, end: str | None) -> None:
    """Human resources grants the matter tracker's role for relief, or ends it."""
    entry = {"personId": f"D01.{person}", "role": "MATTER_TRACKER", "domain": "RELIEF"}
    await call(world, "xie-tao", GRANT, **entry, effectiveFrom=start, effectiveTo=end)
    await world.time.settle()
