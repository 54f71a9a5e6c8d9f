"""What a client is told when something is missing, broken or away."""

from typing import Any

import pytest
from aiohttp import web
from conftest import World


async def test_a_subgraphs_error_keeps_the_clients_path(bureau: World) -> None:
    answer = await bureau.ask("{ matters { who: officer { load } } }")
    assert answer["status"] == 200
    assert [one["who"] for one in answer["data"]["matters"]] == [{"load": 2}, {"load": None}, None]
    assert answer["errors"] == [
        {
            "message": "the load of p3 is not known",
            "path": ["matters", 1, "who", "load"],
            "extensions": {"code": "NO_LOAD", "serviceName": "cases"},
        }
    ]


async def test_one_error_is_told_at_every_place_that_waits(bureau: World) -> None:
    answer = await bureau.ask('{ a: person(id: "p3") { load } matters { officer { load } } }')
    assert sorted(tuple(one["path"]) for one in answer["errors"]) == [
        ("a", "load"),
        ("matters", 1, "officer", "load"),
    ]


async def test_null_rises_to_the_nearest_nullable_field(bureau: World) -> None:
    answer = await bureau.ask('{ point(id: "r3") { id keeper { name } } matters { id } }')
    assert answer["data"]["point"] is None
    assert len(answer["data"]["matters"]) == 3
    assert answer["errors"] == [
        {
            "message": "Cannot return null for non-nullable field Person.name.",
            "path": ["point", "keeper", "name"],
            "extensions": {"code": "NULL_VIOLATION"},
        }
    ]


async def test_null_rises_through_a_list_of_required_items(bureau: World) -> None:
    answer = await bureau.ask("{ points { keeper { name } } }")
    assert answer["data"] is None
    assert answer["errors"][0]["path"] == ["points", 2, "keeper", "name"]


async def test_null_in_a_required_root_field(bureau: World) -> None:
    answer = await bureau.ask("{ strict { keeper { name } } }")
    assert answer["data"] is None
    assert answer["errors"][0]["path"] == ["strict", "keeper", "name"]


async def _answer_503() -> web.Response:
    return web.Response(status=503, text="starting")


async def _answer_text() -> web.Response:
    return web.Response(text="<html>hello</html>")


async def _answer_gibberish() -> web.Response:
    return web.json_response([1, 2])


async def _close_early() -> web.Response:
    raise ConnectionResetError


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (_answer_503, "SUBGRAPH_UNAVAILABLE"),
        (_answer_text, "SUBGRAPH_BAD_RESPONSE"),
        (_answer_gibberish, "SUBGRAPH_BAD_RESPONSE"),
        (_close_early, "SUBGRAPH_UNAVAILABLE"),
    ],
)
async def test_a_broken_subgraph_gives_a_partial_answer(bureau: World, broken: Any, code: str) -> None:
    bureau.subgraphs["cases"].broken = broken
    try:
        answer = await bureau.ask('{ person(id: "p1") { name load } matters { id } }')
    finally:
        bureau.subgraphs["cases"].broken = None
    assert answer["status"] == 200
    assert answer["data"] is None or answer["data"]["person"] == {"name": "Chen Gang", "load": None}
    assert {one["extensions"]["code"] for one in answer["errors"]} == {code}
    assert {one["extensions"]["serviceName"] for one in answer["errors"]} == {"cases"}


async def test_entities_of_a_broken_subgraph_are_null_and_the_rest_is_there(bureau: World) -> None:
    bureau.subgraphs["cases"].broken = _answer_503
    try:
        answer = await bureau.ask('{ person(id: "p1") { name load } points { id } }')
    finally:
        bureau.subgraphs["cases"].broken = None
    assert answer["data"]["person"] == {"name": "Chen Gang", "load": None}
    assert len(answer["data"]["points"]) == 3
    assert answer["errors"][0]["path"] == ["person"]


@pytest.mark.parametrize(
    "query",
    [
        '{ _entities(representations: [{__typename: "Person", id: "p1"}]) { __typename } }',
        "{ _service { sdl } }",
        '{ person(id: "p1") { ... on _Entity { __typename } } }',
    ],
)
async def test_the_doors_of_subgraphs_are_not_reachable(bureau: World, query: str) -> None:
    answer = await bureau.ask(query)
    assert answer["status"] == 400
    assert "data" not in answer
    schema = await bureau.data("{ __schema { types { name } } }")
    names = {one["name"] for one in schema["__schema"]["types"]}
    assert not {name for name in names if name.startswith(("_E", "_A", "_S", "join__", "link__"))}


async def test_introspection_beside_data(bureau: World) -> None:
    query = """query($n: String!) { point(id: "r1") { title } ...R __type(name: $n) { fields { name } } }
      fragment R on Query { s: __schema { queryType { name } } }"""
    found = await bureau.data(query, {"n": "Unit"})
    assert found["s"] == {"queryType": {"name": "Query"}}
    assert [one["name"] for one in found["__type"]["fields"]] == ["bureau", "code", "title"]
    assert found["point"] == {"title": "Relief"}


async def test_the_schemas_own_questions_ask_no_subgraph(bureau: World) -> None:
    for name in bureau.subgraphs:
        bureau.sent(name)
    assert (await bureau.data("{ __typename __schema { queryType { name } } }"))["__typename"] == "Query"
    assert [bureau.sent(name) for name in bureau.subgraphs] == [[], [], []]
