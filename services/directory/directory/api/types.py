"""What the subgraph answers with. Every object knows the day it is asked about and walks on that day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Self

import strawberry
from plumbline_org import parts
from plumbline_shared.graphql import Info

from directory.api.enums import AssignmentKind, BureauLevel, PersonStatus, PostKind, Role, UnitKind
from directory.api.loaders import Sight, load_sights
from directory.domain.parts import bureau_of_id


async def sight_of(info: Info, identifier: str, on: date | None) -> Sight | None:
    """The bureau in an id as of a day (today when None), as far as the viewer may see it."""
    key = (bureau_of_id(identifier), on or info.context.today)
    return await info.context.loader(load_sights).load(key)


@strawberry.federation.type(keys=["id"], description="机关 · a tax bureau, the tenant")
class Bureau:
    id: strawberry.ID
    name: str
    name_en: str
    level: BureauLevel
    sight: strawberry.Private[Sight]

    @classmethod
    def of(cls, sight: Sight) -> Self:
        one = sight.org.bureau
        return cls(id=strawberry.ID(one.id), name=one.name, name_en=one.name_en, level=one.level, sight=sight)

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> Self | None:
        return await cls.load(info, id, None)

    @classmethod
    async def load(cls, info: Info, identifier: str, on: date | None) -> Self | None:
        sight = await sight_of(info, identifier, on)
        return cls.of(sight) if sight and identifier == sight.org.bureau.id else None

    @strawberry.field(description="The bureau one level up (上级机关).")
    async def parent(self, info: Info) -> "Bureau | None":
        parent = self.sight.org.bureau.parent_id
        return await Bureau.load(info, parent, self.sight.on) if parent else None

    @strawberry.field(description="Units directly under the bureau.")
    def units(self) -> list["Unit"]:
        return list(_units(self.sight, (one for one in self.sight.org.units.values() if not one.parent_id)))

    @strawberry.field(description="局长")
    def head(self) -> "Person | None":
        return Person.of(self.sight, self.sight.org.head(self.sight.on))

    @strawberry.field(description="纪检组长")
    def discipline_lead(self) -> "Person | None":
        return Person.of(self.sight, self.sight.org.discipline_lead(self.sight.on))

    @strawberry.field(description="值班局长, first on duty, then who replaces (S1-100)")
    def duty_directors(self) -> list["Person"]:
        return list(_persons(self.sight, self.sight.org.duty_directors(self.sight.on)))


@strawberry.federation.type(keys=["id"], description="部门 · a section, office, hall or squad")
class Unit:
    id: strawberry.ID
    name: str
    name_en: str
    kind: UnitKind
    functions: list[str]
    effective_from: date | None
    effective_to: date | None
    sight: strawberry.Private[Sight]

    @classmethod
    def of(cls, sight: Sight, unit_id: str | None) -> Self | None:
        one = sight.org.unit(unit_id or "")
        if one is None:
            return None
        return cls(
            id=strawberry.ID(one.id),
            name=one.name,
            name_en=one.name_en,
            kind=one.kind,
            functions=sorted(one.functions),
            effective_from=one.span.first,
            effective_to=one.span.until,
            sight=sight,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> Self | None:
        return await cls.load(info, id, None)

    @classmethod
    async def load(cls, info: Info, identifier: str, on: date | None) -> Self | None:
        sight = await sight_of(info, identifier, on)
        return cls.of(sight, identifier) if sight else None

    @strawberry.field
    def bureau(self) -> Bureau:
        return Bureau.of(self.sight)

    @strawberry.field(description="The unit above it; null directly under the bureau.")
    def parent(self) -> "Unit | None":
        return Unit.of(self.sight, self.sight.org.units[self.id].parent_id)

    @strawberry.field(description="Units directly below it.")
    def children(self) -> list["Unit"]:
        units = self.sight.org.units.values()
        return list(_units(self.sight, (one for one in units if one.parent_id == self.id)))

    @strawberry.field(description="Posts of the unit itself, without units below.")
    def posts(self) -> list["Post"]:
        posts = (one.id for one in self.sight.org.posts.values() if one.unit_id == self.id)
        return [post for one in posts if (post := Post.of(self.sight, one)) and _exists(post, self.sight)]

    @strawberry.field(description="科长 / 所长 · who leads the unit")
    def chief(self) -> "Person | None":
        return Person.of(self.sight, self.sight.org.chief_of(self.id, self.sight.on))

    @strawberry.field(description="分管局领导 · the deputy head in charge")
    def deputy_in_charge(self) -> "Person | None":
        return Person.of(self.sight, self.sight.org.deputy_in_charge(self.id, self.sight.on))

    @strawberry.field(description="Everybody who holds a post of the unit.")
    def persons(self) -> list["Person"]:
        org, on = self.sight.org, self.sight.on
        return list(_persons(self.sight, (one for one in org.persons if self.id in org.units_of(one, on))))


@strawberry.federation.type(keys=["id"], description="岗位 · a post in a unit")
class Post:
    id: strawberry.ID
    title: str
    title_en: str
    kind: PostKind
    effective_from: date | None
    effective_to: date | None
    sight: strawberry.Private[Sight]

    @classmethod
    def of(cls, sight: Sight, post_id: str) -> Self | None:
        one = sight.org.post(post_id)
        if one is None:
            return None
        return cls(
            id=strawberry.ID(one.id),
            title=one.title,
            title_en=one.title_en,
            kind=one.kind,
            effective_from=one.span.first,
            effective_to=one.span.until,
            sight=sight,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> Self | None:
        return await cls.load(info, id, None)

    @classmethod
    async def load(cls, info: Info, identifier: str, on: date | None) -> Self | None:
        sight = await sight_of(info, identifier, on)
        return cls.of(sight, identifier) if sight else None

    @strawberry.field
    def unit(self) -> Unit | None:
        return Unit.of(self.sight, self.sight.org.posts[self.id].unit_id)

    @strawberry.field(description="Who holds the post on the day asked about (I-003).")
    def holders(self) -> list["Person"]:
        return list(_persons(self.sight, self.sight.org.holders(self.id, self.sight.on)))


@strawberry.type(description="任职 · a person on a post for a time; `effectiveTo` is the first day after")
class PostAssignment:
    kind: AssignmentKind
    effective_from: date | None
    effective_to: date | None
    post_id: strawberry.Private[str]
    sight: strawberry.Private[Sight]

    @strawberry.field
    def post(self) -> Post | None:
        return Post.of(self.sight, self.post_id)


@strawberry.type(description="A role on the day asked about; without a unit it is for the whole bureau")
class PersonRole:
    role: Role
    unit: Unit | None


@strawberry.federation.type(keys=["id"], description="人员 · an officer")
class Person:
    id: strawberry.ID
    name: str
    name_en: str
    sight: strawberry.Private[Sight]

    @classmethod
    def of(cls, sight: Sight, person_id: str | None) -> Self | None:
        one = sight.org.person(person_id or "")
        if one is None:
            return None
        return cls(id=strawberry.ID(one.id), name=one.name, name_en=one.name_en, sight=sight)

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> Self | None:
        return await cls.load(info, id, None)

    @classmethod
    async def load(cls, info: Info, identifier: str, on: date | None) -> Self | None:
        sight = await sight_of(info, identifier, on)
        return cls.of(sight, identifier) if sight else None

    @strawberry.field
    def bureau(self) -> Bureau:
        return Bureau.of(self.sight)

    @strawberry.field(description="Posts held on the day asked about.")
    def posts(self) -> list[Post]:
        held = self.sight.org.posts_of(self.id, self.sight.on)
        return [post for one in held if (post := Post.of(self.sight, one))]

    @strawberry.field(description="Units of those posts.")
    def units(self) -> list[Unit]:
        held = self.sight.org.units_of(self.id, self.sight.on)
        return [unit for one in held if (unit := Unit.of(self.sight, one))]

    @strawberry.field(description="Null for a person of another bureau.")
    def status(self) -> PersonStatus | None:
        return self.sight.org.status_of(self.id, self.sight.on) if self.sight.detail else None

    @strawberry.field(description="执法资格 on the day asked about. Null for a person of another bureau.")
    def enforcement_qualified(self) -> bool | None:
        return self.sight.org.persons[self.id].qualified(self.sight.on) if self.sight.detail else None

    @strawberry.field(description="Null for a person of another bureau.")
    def roles(self) -> list[PersonRole] | None:
        if not self.sight.detail:
            return None
        held = self.sight.org.role_units_of(self.id, self.sight.on)
        return [
            PersonRole(role=Role(role), unit=Unit.of(self.sight, unit))
            for role, unit in sorted(held, key=lambda one: (one[0], one[1] or ""))
        ]

    @strawberry.field(description="Every assignment ever, oldest first. Null for a person of another bureau.")
    def assignments(self) -> list[PostAssignment] | None:
        if not self.sight.detail:
            return None
        return [
            PostAssignment(
                kind=one.kind,
                effective_from=one.span.first,
                effective_to=one.span.until,
                post_id=one.post_id,
                sight=self.sight,
            )
            for one in self.sight.org.persons[self.id].assignments
        ]


@strawberry.type(description="Who asks, as of today")
class Viewer:
    person: Person
    posts: list[Post]
    roles: list[Role]


@strawberry.type(description="工作日历 · the working calendar in force")
class WorkingCalendar:
    version: str
    first_day: date
    horizon: date = strawberry.field(
        description="The last day that is certain; due dates after it are provisional."
    )
    citation: str
    off_days: list[date]
    made_up_days: list[date]


def _persons(sight: Sight, person_ids: Iterable[str]) -> Iterator[Person]:
    return (person for one in person_ids if (person := Person.of(sight, one)))


def _units(sight: Sight, units: Iterable[parts.Unit]) -> Iterator[Unit]:
    found = (Unit.of(sight, one.id) for one in units)
    return (unit for unit in found if unit and _exists(unit, sight))


def _exists(one: Unit | Post, sight: Sight) -> bool:
    return parts.Span(one.effective_from, one.effective_to).covers(sight.on)
