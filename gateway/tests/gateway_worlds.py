"""Sets of subgraphs that test one part of federation each, over a small bureau."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from gateway_subgraph import Subgraph
from graphql import GraphQLError

PERSONS = {
    "p1": {
        "id": "p1",
        "name": "Chen Gang",
        "unit": {"bureau": "D01", "code": "TO-3"},
        "deputy": {"id": "p2"},
    },
    "p2": {"id": "p2", "name": "Li Wei", "unit": {"bureau": "D01", "code": "POLICY"}, "deputy": None},
    "p3": {"id": "p3", "name": "Zhao Min", "unit": None, "deputy": {"id": "p1"}},
}
POINTS = {
    "r1": {
        "__typename": "RiskPoint",
        "id": "r1",
        "title": "Relief",
        "grade": "HIGH",
        "holder": {"id": "p1"},
        "days": 5,
    },
    "r2": {
        "__typename": "RiskPoint",
        "id": "r2",
        "title": "Seal",
        "grade": "LOW",
        "holder": {"id": "p1"},
        "days": 2,
    },
    "r3": {
        "__typename": "RiskPoint",
        "id": "r3",
        "title": "Audit",
        "grade": "HIGH",
        "holder": None,
        "days": 9,
    },
}
ALERTS = {
    "a1": {"__typename": "Alert", "id": "a1", "text": "Due", "point": {"id": "r1"}},
    "a2": {"__typename": "Alert", "id": "a2", "text": "Late", "point": {"id": "gone"}},
}


def bureau() -> list[Subgraph]:
    """Keys, compound keys, requires with arguments, provides, shareable, interfaces, unions, enums, mutations."""
    return [_directory(), _registry(), _cases()]


def _directory() -> Subgraph:
    sdl = """
    type Query { person(id: ID!): Person persons: [Person!]! secret: String @inaccessible }
    type Person @key(fields: "id") { id: ID! name: String! unit: Unit deputy: Person nick(style: Style = SHORT): String }
    type Unit @key(fields: "bureau code") { bureau: ID! code: ID! title: String! }
    enum Style { SHORT LONG HIDDEN @inaccessible }
    """
    return Subgraph(
        "directory",
        sdl,
        {
            "Query": {
                "person": lambda _, __, id: PERSONS.get(id),
                "persons": lambda *_: list(PERSONS.values()),
                "secret": lambda *_: "hidden",
            },
            "Person": {
                "__reference": lambda rep: PERSONS.get(rep["id"]),
                "deputy": lambda person, _: person["deputy"] and PERSONS[person["deputy"]["id"]],
                "nick": lambda person, _, style: person["name"].split()[0 if style == "SHORT" else 1],
            },
            "Unit": {
                "__reference": lambda rep: {},
                "title": lambda unit, _: f"{unit['bureau']}/{unit['code']}",
            },
        },
    )


def _registry() -> Subgraph:
    sdl = """
    interface Node { id: ID! }
    union Finding = RiskPoint | Alert
    enum Grade { LOW MEDIUM HIGH }
    input Filter { grade: Grade ids: [ID!] }
    type Query { points(filter: Filter): [RiskPoint!]! point(id: ID!): RiskPoint nodes: [Node!]! findings: [Finding!]!
      strict: RiskPoint! }
    type Mutation { regrade(id: ID!, grade: Grade!): RiskPoint log: [String!]! }
    type RiskPoint implements Node @key(fields: "id") {
      id: ID! title: String! grade: Grade! days: Int! holder: Person @provides(fields: "badge") keeper: Person!
      weird: Grade }
    type Alert implements Node @key(fields: "id") { id: ID! text: String! point: RiskPoint }
    type Person @key(fields: "id") { id: ID! badge: String! @external points: [RiskPoint!]! }
    """
    log: list[str] = []
    grades = {number: point["grade"] for number, point in POINTS.items()}

    def regrade(_: Any, __: Any, id: str, grade: str) -> Any:
        log.append(f"{id}:{grade}")
        grades[id] = grade
        return POINTS[id]

    def points(_: Any, __: Any, filter: dict[str, Any] | None = None) -> list[Any]:
        wanted = filter or {}
        kept = [one for one in POINTS.values() if wanted.get("grade") in (None, one["grade"])]
        return [one for one in kept if wanted.get("ids") is None or one["id"] in wanted["ids"]]

    def point_of(alert: dict[str, Any], _: Any) -> Any:
        return POINTS.get(alert["point"]["id"], {"id": alert["point"]["id"], "__typename": "RiskPoint"})

    return Subgraph(
        "registry",
        sdl,
        {
            "Query": {
                "points": points,
                "point": lambda _, __, id: POINTS.get(id),
                "nodes": lambda *_: [POINTS["r1"], ALERTS["a1"]],
                "findings": lambda *_: [ALERTS["a1"], POINTS["r2"]],
                "strict": lambda *_: POINTS["r3"],
            },
            "Mutation": {"regrade": regrade, "log": lambda *_: list(log)},
            "RiskPoint": {
                "__reference": lambda rep: POINTS.get(rep["id"]),
                "holder": lambda point, _: (
                    point["holder"] and {**point["holder"], "badge": "from the registry"}
                ),
                "keeper": lambda point, _: {"id": "nobody" if point["id"] == "r3" else "p2"},
                "weird": lambda *_: None,
            },
            "Alert": {"__reference": lambda rep: ALERTS.get(rep["id"]), "point": point_of},
            "Person": {
                "__reference": lambda rep: {},
                "points": lambda person, _: [
                    one for one in POINTS.values() if one["holder"] == {"id": person["id"]}
                ],
            },
        },
    )


def _cases() -> Subgraph:
    sdl = """
    type Query { matters: [Matter!]! alerts: [Alert!]! }
    type Mutation { close(id: ID!): Matter }
    type Matter @key(fields: "id") { id: ID! point: RiskPoint! officer: Person }
    type Alert @key(fields: "id") { id: ID! level: Int }
    type Person @key(fields: "id") { id: ID! badge: String! @shareable load: Int }
    type RiskPoint @key(fields: "id") {
      id: ID! grade: Grade! @external days: Int! @external
      budget(unit: String!): String @requires(fields: "grade days")
      matters: [Matter!]! }
    enum Grade { LOW MEDIUM HIGH }
    """
    matters = [
        {"id": "m1", "point": {"id": "r1"}, "officer": {"id": "p2"}},
        {"id": "m2", "point": {"id": "r1"}, "officer": {"id": "p3"}},
        {"id": "m3", "point": {"id": "r2"}, "officer": None},
    ]

    def load(person: dict[str, Any], _: Any) -> int:
        if person["id"] == "p3":
            raise GraphQLError("the load of p3 is not known", extensions={"code": "NO_LOAD"})
        return len(person["id"])

    return Subgraph(
        "cases",
        sdl,
        {
            "Query": {"matters": lambda *_: matters, "alerts": lambda *_: [{"id": "a1"}, {"id": "a2"}]},
            "Mutation": {"close": lambda _, __, id: matters[0]},
            "Alert": {"__reference": lambda rep: {}, "level": lambda alert, _: int(alert["id"][1:])},
            "Person": {
                "__reference": lambda rep: {},
                "badge": lambda person, _: f"#{person['id']}",
                "load": load,
            },
            "Matter": {"__reference": lambda rep: next(one for one in matters if one["id"] == rep["id"])},
            "RiskPoint": {
                "__reference": lambda rep: {},
                "budget": lambda point, _, unit: f"{point['grade']} {point['days']} {unit}",
                "matters": lambda point, _: [one for one in matters if one["point"]["id"] == point["id"]],
            },
        },
    )


def overriding() -> list[Subgraph]:
    """`@override`, `@shareable`, a null key, and `@interfaceObject`."""
    old = """
    type Query { media: [Media!]! song: Song maybe: [Song]! }
    interface Media @key(fields: "id") { id: ID! title: String! }
    type Song implements Media @key(fields: "id") { id: ID! title: String! plays: Int owner: Owner }
    type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
    type Owner @key(fields: "code") { code: ID }
    """
    new = """
    type Media @key(fields: "id") @interfaceObject { id: ID! rating: Int! likes(by: String): Int }
    type Owner @key(fields: "code") { code: ID name: String }
    type Query { rated: [Media!]! }
    """
    songs = {
        "s1": {"__typename": "Song", "id": "s1", "title": "Rain", "plays": 1, "owner": {"code": "o1"}},
        "s2": {"__typename": "Song", "id": "s2", "title": "Wind", "plays": 2, "owner": {"code": None}},
    }
    film = {"__typename": "Film", "id": "f1", "title": "River", "minutes": 90}

    def media(rep: dict[str, Any]) -> Any:
        return {**(songs.get(rep["id"]) or film)}

    old_resolvers = {
        "Query": {
            "media": lambda *_: [songs["s1"], film],
            "song": lambda *_: songs["s1"],
            "maybe": lambda *_: [songs["s1"], None, songs["s2"]],
        },
        "Media": {"__reference": media},
        "Song": {"__reference": lambda rep: songs[rep["id"]]},
        "Film": {"__reference": lambda rep: film},
        "Owner": {"__reference": lambda rep: {}},
    }
    new_resolvers = {
        "Query": {
            "rated": lambda *_: [{"__typename": "Media", "id": "s1"}, {"__typename": "Media", "id": "f1"}]
        },
        "Media": {
            "__reference": lambda rep: {},
            "rating": lambda one, _: ord(one["id"][0]),
            "likes": lambda one, _, by=None: len(by or ""),
        },
        "Owner": {"__reference": lambda rep: {"name": "Ann"} if rep["code"] else None},
    }
    plays = """
    type Query { top: Song }
    type Song @key(fields: "id") { id: ID! plays: Int @override(from: "old") }
    """
    plays_resolvers = {
        "Query": {"top": lambda *_: {"id": "s2"}},
        "Song": {"__reference": lambda rep: {}, "plays": lambda *_: 1000},
    }
    return [
        Subgraph("old", old, old_resolvers),
        Subgraph("new", new, new_resolvers),
        Subgraph("plays", plays, plays_resolvers),
    ]


def ticking() -> list[Subgraph]:
    """A subscription whose events name entities of another subgraph."""
    sdl = """
    type Query { now: Int }
    type Subscription { ticks(upTo: Int!): Tick endless: Tick fails: Tick }
    type Tick { number: Int! person: Person! }
    type Person @key(fields: "id", resolvable: false) { id: ID! }
    """

    async def ticks(_: Any, __: Any, upTo: int) -> AsyncIterator[Any]:
        for number in range(1, upTo + 1):
            yield {"number": number, "person": {"id": f"p{number}"}}

    async def endless(*_: Any) -> AsyncIterator[Any]:
        number = 0
        while True:
            number += 1
            yield {"number": number, "person": {"id": "p1"}}
            await asyncio.Event().wait()

    async def fails(*_: Any) -> AsyncIterator[Any]:
        yield {"number": 1, "person": {"id": "p1"}}
        raise GraphQLError("the source broke")

    resolvers = {
        "Query": {"now": lambda *_: 1},
        "Subscription": {"ticks": ticks, "endless": endless, "fails": fails},
        "Person": {},
    }
    return [Subgraph("clock", sdl, resolvers), _directory()]
