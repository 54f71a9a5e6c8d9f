"""Entities of the directory: by their key alone, and the person with what the registry adds."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info

from risk_registry.api.places import Bureau, Post, Unit, bureau, post, unit
from risk_registry.api.tenure import Tenure, tenure_of

__all__ = ["Bureau", "Person", "Post", "Unit", "bureau", "person", "post", "unit"]


@strawberry.federation.type(keys=["id"])
class Person:
    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Person":
        return cls(id=id)

    @strawberry.field(description="任职年限. Holdings of graded posts on a day, as far as you may see them.")
    async def tenure(self, info: Info, as_of: date | None = None) -> list[Tenure]:
        return await tenure_of(info.context, self.id, as_of)


def person(person_id: str) -> Person:
    return Person(id=strawberry.ID(person_id))
