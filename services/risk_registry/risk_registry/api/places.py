"""Entities of the directory that the registry only names, by their key alone."""

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

BY_ID = Key(fields=FieldSet("id"), resolvable=False)


@strawberry.federation.type(keys=[BY_ID])
class Post:
    id: strawberry.ID


@strawberry.federation.type(keys=[BY_ID])
class Unit:
    id: strawberry.ID


@strawberry.federation.type(keys=[BY_ID])
class Bureau:
    id: strawberry.ID


def post(post_id: str) -> Post:
    return Post(id=strawberry.ID(post_id))


def unit(unit_id: str) -> Unit:
    return Unit(id=strawberry.ID(unit_id))


def bureau(bureau_id: str) -> Bureau:
    return Bureau(id=strawberry.ID(bureau_id))
