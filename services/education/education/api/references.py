"""Entities of other services: by key alone, or with the fields that education adds."""

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

BY_ID = Key(fields=FieldSet("id"), resolvable=False)


@strawberry.federation.type(keys=[BY_ID])
class Unit:
    id: strawberry.ID


@strawberry.federation.type(keys=[BY_ID])
class Incident:
    id: strawberry.ID
