"""Entities of other subgraphs, by their key alone."""

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

BY_ID = Key(fields=FieldSet("id"), resolvable=False)


@strawberry.federation.type(keys=[BY_ID])
class Person:
    id: strawberry.ID


@strawberry.federation.type(keys=[BY_ID])
class Unit:
    id: strawberry.ID


@strawberry.federation.type(keys=[BY_ID])
class Bureau:
    id: strawberry.ID


@strawberry.federation.type(keys=[BY_ID])
class RiskPoint:
    id: strawberry.ID


def person(person_id: str) -> Person:
    return Person(id=strawberry.ID(person_id))


def unit(unit_id: str) -> Unit:
    return Unit(id=strawberry.ID(unit_id))


def bureau(bureau_id: str) -> Bureau:
    return Bureau(id=strawberry.ID(bureau_id))


def risk_point(point_id: str) -> RiskPoint:
    return RiskPoint(id=strawberry.ID(point_id))
