"""`_entities` is a door into every subgraph, past every root field. For each key type, as everybody: nothing more opens.

Generated from the schemas: a type without a sample, or a field that the sample does not account for, fails.
"""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    parse,
)
from graphql.language import ObjectTypeDefinitionNode
from plumbline_shared.graphql.schema import MAX_REPRESENTATIONS
from plumbline_shared.testing.plugin import run_graphql
from security_cast import VIEWERS
from security_fixtures import SERVICES, RuntimeOf, WorldOf, definition
from security_samples import SAMPLES, Sample
from security_world import World

QUERY = (
    "query($r: [_Any!]!) {{ _entities(representations: $r) {{ __typename ... on {type} {{ {fields} }} }} }}"
)
NAMED = "query($r: [_Any!]!) { _entities(representations: $r) { __typename } }"


def schema_of(service: str) -> GraphQLSchema:
    return definition(service).schema._schema


def key_types(service: str, *, resolvable: bool) -> list[str]:
    """Every type with `@key`, as the SDL says it; a key with `resolvable: false` belongs to another subgraph."""
    found: list[str] = []
    for node in parse(definition(service).schema.as_str()).definitions:
        if isinstance(node, ObjectTypeDefinitionNode):
            keys = [one for one in node.directives or () if one.name.value == "key"]
            opens = [
                not any(a.name.value == "resolvable" and a.value.value is False for a in one.arguments or ())
                for one in keys
            ]
            if keys and any(opens) is resolvable:
                found.append(node.name.value)
    return found


RESOLVABLE = [(service, name) for service in SERVICES for name in key_types(service, resolvable=True)]
STUBS = [(service, name) for service in SERVICES for name in key_types(service, resolvable=False)]
CASES = [
    (service, name, sample) for service, name in RESOLVABLE for sample in SAMPLES.get((service, name), ())
]


def object_type(service: str, name: str) -> GraphQLObjectType:
    found = schema_of(service).type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def selection(kind: GraphQLObjectType, sample: Sample) -> Iterator[str]:
    """Every field of the entity, and of what it leads to the fields that need nothing."""
    for name, one in kind.fields.items():
        given = sample.arguments.get(name, "")
        assert given or not any(map(is_required_argument, one.args.values())), (
            f"{kind.name}.{name} needs arguments"
        )
        target = get_named_type(one.type)
        yield (
            f"{name}{given}{{ {' '.join(leaves(target))} }}" if not is_leaf_type(target) else f"{name}{given}"
        )


def leaves(kind: Any) -> Iterator[str]:
    yield "__typename"
    for name, one in getattr(kind, "fields", {}).items():
        if is_leaf_type(get_named_type(one.type)) and not any(map(is_required_argument, one.args.values())):
            yield name


async def answer(world: World, viewer: str, kind: str, identifier: str, fields: str) -> dict[str, Any]:
    query = QUERY.format(type=kind, fields=fields)
    asked = {"r": [{"__typename": kind, "id": identifier}]}
    return await run_graphql(world.runtime, world.viewers[viewer], query, asked)


def shows(value: Any) -> bool:
    return value not in (None, [])


@pytest.mark.parametrize(("service", "name"), RESOLVABLE)
def test_every_key_type_has_a_sample(service: str, name: str) -> None:
    assert SAMPLES.get((service, name)), f"add a sample of {service}'s {name} to security_samples"


def test_no_sample_is_of_a_type_that_is_gone() -> None:
    assert set(SAMPLES) == set(RESOLVABLE)


@pytest.mark.parametrize(("service", "name", "sample"), CASES, ids=[f"{s}-{n}-{x.made}" for s, n, x in CASES])
async def test_an_entity_is_for_its_seers(world_of: WorldOf, service: str, name: str, sample: Sample) -> None:
    world = await world_of(service)
    kind = object_type(service, name)
    fields = " ".join(selection(kind, sample))
    shown: dict[str, set[str]] = {one: set() for one in kind.fields}
    seen: set[str] = set()
    for viewer in VIEWERS:
        present = await answer(world, viewer, name, world.made[sample.made], fields)
        absent = await answer(world, viewer, name, sample.absent, fields)
        assert "errors" not in present, (viewer, present["errors"])
        (entity,) = present["data"]["_entities"]
        if entity is not None:
            seen.add(viewer)
            for one in kind.fields:
                shown[one] |= {viewer} if shows(entity[one]) else set()
        told = viewer in sample.seers and any(viewer in shown[one] for one in kind.fields if one != "id")
        assert told or alike(present, world.made[sample.made], absent, sample.absent), viewer
    assert seen == sample.seers
    assert sample.narrower.keys() <= kind.fields.keys()
    for one, viewers in shown.items():
        wanted = sample.narrower.get(one, sample.seers)
        assert viewers == wanted or (not viewers and one not in sample.narrower), f"{name}.{one}"


def alike(present: dict[str, Any], one: str, absent: dict[str, Any], other: str) -> bool:
    """The bytes of both answers, but for the id that was asked for."""
    return orjson.dumps(present).replace(one.encode(), b"?") == orjson.dumps(absent).replace(
        other.encode(), b"?"
    )


@pytest.mark.parametrize(("service", "name"), STUBS)
async def test_a_stub_is_its_key_and_nothing_else(runtime_of: RuntimeOf, service: str, name: str) -> None:
    assert list(object_type(service, name).fields) == ["id"]
    world = World(await runtime_of(service), clock=None)  # type: ignore[arg-type]
    await world.open()
    for viewer in VIEWERS:
        for identifier in ("D01.POLICY", "nothing"):
            found = await answer(world, viewer, name, identifier, "id")
            assert found == {"data": {"_entities": [{"__typename": name, "id": identifier}]}}


@pytest.mark.parametrize("service", SERVICES)
def test_the_door_opens_key_types_alone(service: str) -> None:
    union: Any = schema_of(service).type_map["_Entity"]
    assert {one.name for one in union.types} == {name for of, name in (*RESOLVABLE, *STUBS) if of == service}


@pytest.mark.parametrize("service", SERVICES)
async def test_more_than_a_hundred_representations_are_refused(world_of: WorldOf, service: str) -> None:
    world = await world_of(service)
    name, sample = next((name, sample) for of, name, sample in CASES if of == service)
    one = {"__typename": name, "id": world.made[sample.made]}
    head = world.viewers["huang-zhen"]
    full = await run_graphql(world.runtime, head, NAMED, {"r": [one] * MAX_REPRESENTATIONS})
    assert len(full["data"]["_entities"]) == MAX_REPRESENTATIONS == 100
    over = await run_graphql(world.runtime, head, NAMED, {"r": [one] * (MAX_REPRESENTATIONS + 1)})
    assert over["data"] is None
    assert [error["extensions"]["code"] for error in over["errors"]] == ["TOO_MANY_REPRESENTATIONS"]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_representation_of_an_unknown_type_or_without_its_key_tells_nothing(
    world_of: WorldOf, service: str
) -> None:
    world = await world_of(service)
    name, sample = next((name, sample) for of, name, sample in CASES if of == service)
    identifier = world.made[sample.made]
    wrong = [
        {"__typename": "Secret", "id": identifier},
        {"__typename": name},
        {"__typename": name, "id": None},
    ]
    wrong += [{"__typename": name, "id": {"$ne": ""}}, {"id": identifier}]
    for representation in wrong:
        answers = [
            await run_graphql(world.runtime, world.viewers[viewer], NAMED, {"r": [representation]})
            for viewer in ("anonymous", "D02.all")
        ]
        for given in answers:
            assert given["data"] in (None, {"_entities": [None]}), representation
            assert identifier not in str(given.get("errors", "")), representation
