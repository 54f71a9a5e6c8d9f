"""What the gateway lets in: tokens, limits, other bureaus; and the hotline's own door."""

import base64
import json
from typing import Any

import msgspec
import pytest
from joserfc.jwk import ECKey
from journeys_calls import post, second_district
from plumbline_local.demo.world import World
from plumbline_local.tokens import TokenIssuer

VIEWER = "query Who { viewer { person { id } } }"


def tokens(world: World) -> TokenIssuer:
    return TokenIssuer(world.layout.url("issuer"), world.credentials)


def foreign(world: World) -> str:
    """Signed by another key that claims to be the issuer."""
    key = {
        name: str(value)
        for name, value in ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True).items()
    }
    other = msgspec.structs.replace(world.credentials, issuer_key=key)
    return TokenIssuer(world.layout.url("issuer"), other).person("D01.huang-zhen")


def unsigned(world: World) -> str:
    claims = tokens(world).person("D01.huang-zhen").split(".")[1]
    header = (
        base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "at+jwt"}).encode()).decode().rstrip("=")
    )
    return f"{header}.{claims}."


def expired(world: World) -> str:
    return tokens(world).person("D01.huang-zhen", seconds=-600)


def altered(world: World) -> str:
    """A signature over somebody else's claims."""
    head, _, signature = tokens(world).person("D01.he-jun").split(".")
    claims = tokens(world).person("D01.huang-zhen").split(".")[1]
    return f"{head}.{claims}.{signature}"


@pytest.mark.parametrize("forge", [foreign, unsigned, expired, altered])
async def test_a_token_that_does_not_hold_is_refused(world: World, forge: Any) -> None:
    status, answer = await post(world, VIEWER, forge(world))
    assert status == 401
    assert [one["extensions"]["code"] for one in answer["errors"]] == ["UNAUTHENTICATED"]
    assert answer.get("data") is None


async def test_a_token_that_holds_names_its_person(world: World) -> None:
    status, answer = await post(world, VIEWER, tokens(world).person("D01.huang-zhen"))
    assert (status, answer) == (200, {"data": {"viewer": {"person": {"id": "D01.huang-zhen"}}}})


DEEP = "{ viewer { person " + "{ units { head { holders " * 6 + "{ id }" + " } } }" * 6 + " } }"
WIDE = "{ viewer { " + " ".join(f"a{n}: person {{ id }}" for n in range(61)) + " } }"
ROOTS = "{ " + " ".join(f"r{n}: viewer {{ person {{ id }} }}" for n in range(21)) + " }"
LONG = "{ viewer { person { " + "id " * 4100 + "} } }"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (DEEP, "QUERY_TOO_DEEP"),
        (WIDE, "TOO_MANY_ALIASES"),
        (ROOTS, "TOO_MANY_ROOT_FIELDS"),
        (LONG, "TOO_MANY_TOKENS"),
    ],
)
async def test_a_query_over_a_limit_is_refused(world: World, document: str, code: str) -> None:
    assert await world.people("huang-zhen").refused(document) == [code]


@pytest.mark.parametrize(
    "document",
    [
        '{ _entities(representations: [{__typename: "Person", id: "D01.lin-jie"}]) { __typename } }',
        "{ _service { sdl } }",
    ],
)
async def test_the_subgraphs_own_fields_are_out_of_reach(world: World, document: str) -> None:
    answer = await world.people("huang-zhen").answer(document)
    assert answer.get("data") is None
    assert [one["extensions"]["code"] for one in answer["errors"]] == ["GRAPHQL_VALIDATION_FAILED"]


BY_ID = """
query ById($matter: ID!, $alert: ID!, $incident: ID!) {
  matter(id: $matter) { id } alert(id: $alert) { id } incident(id: $incident) { id }
  riskPoint(id: "D01.RP-RELIEF-TIME-02") { id } person(id: "D01.lin-jie") { id } unit(id: "D01.POLICY") { id }
  unitScore(unitId: "D01.POLICY", year: 2026) { total } personScore(personId: "D01.lin-jie", year: 2026) { total }
}
"""
IDS = 'query Ids { alerts(filter: {kind: "DEADLINE_MISSED"}) { nodes { id matter { id } incident { id } } } }'


@pytest.mark.parametrize("stranger", ["D02.huang-zhen", "D02.nobody"])
async def test_no_id_of_a_bureau_resolves_in_another(world: World, stranger: str) -> None:
    """Invariant 14: what the head or the chief reads by id is not there for a head of another bureau."""
    await second_district(world, "D02")
    found = (await world.people("chen-gang").ask(IDS))["alerts"]["nodes"]
    alert = next(one for one in found if one["incident"])
    ids = {"matter": alert["matter"]["id"], "alert": alert["id"], "incident": alert["incident"]["id"]}
    own = await world.people("chen-gang").ask(BY_ID, **ids)
    assert {name for name, value in own.items() if value is None} <= {"personScore"}
    answer = await world.people(stranger).answer(BY_ID, **ids)
    assert (answer["data"], answer.get("errors")) == (dict.fromkeys(own), None)
