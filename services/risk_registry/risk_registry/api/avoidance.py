"""Declared kin and findings of avoidance over GraphQL: for HR, the discipline lead and the head alone."""

from datetime import datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api import loaders
from risk_registry.api.references import Person, Post, person, post
from risk_registry.domain.avoidance import Bar, Relation
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import kin_resource
from risk_registry.storage import kin as stored
from risk_registry.use_cases import keep_kin as keeping

strawberry.enum(Relation, name="KinRelation")
strawberry.enum(Bar, name="AvoidanceBar")


@strawberry.type(description="亲属申报: two officers of the bureau who are related (公务员法 Art 74).")
class KinDeclaration:
    id: strawberry.ID
    person: Person
    kin: Person
    relation: Relation
    declared_at: datetime


@strawberry.type(description="任职回避: kin on posts that the law keeps apart.")
class AvoidanceFinding:
    id: strawberry.ID
    person: Person
    kin: Person
    bar: Bar
    post: Post
    kin_post: Post
    found_at: datetime
    closed_at: datetime | None


@strawberry.input(description="Without `personId` the relation is your own.")
class DeclareKinInput:
    client_mutation_id: str
    kin_id: strawberry.ID
    relation: Relation
    person_id: strawberry.ID | None = None


@strawberry.input
class WithdrawKinInput:
    client_mutation_id: str
    declaration_id: strawberry.ID
    reason: str


@strawberry.type
class KinPayload:
    id: strawberry.ID | None
    user_errors: list[UserError]

    @classmethod
    def of(cls, done: keeping.KinKept | None, errors: list[UserError]) -> "KinPayload":
        return cls(id=strawberry.ID(done.id) if done else None, user_errors=errors)


@strawberry.type
class AvoidanceQuery:
    @strawberry.field(description="Declared kin; for HR, the discipline lead and the head.")
    async def kin_declarations(self, info: Info) -> list[KinDeclaration]:
        bureau = loaders.bureau_of(info.context)
        if not _reads(info, bureau):
            return []
        async with info.context.read() as conn:
            found = await stored.kin(conn, bureau)
        return [
            KinDeclaration(
                id=strawberry.ID(each.id),
                person=person(each.person_id),
                kin=person(each.kin_id),
                relation=each.relation,
                declared_at=each.declared_at,
            )
            for each in found
        ]

    @strawberry.field(description="Kin on barred posts; for HR, the discipline lead and the head.")
    async def avoidance_findings(self, info: Info, closed: bool = False) -> list[AvoidanceFinding]:
        bureau = loaders.bureau_of(info.context)
        if not _reads(info, bureau):
            return []
        async with info.context.read() as conn:
            found = await stored.avoidance_findings(conn, bureau, closed=closed)
        return [
            AvoidanceFinding(
                id=strawberry.ID(each.id),
                person=person(each.barred.person_id),
                kin=person(each.barred.kin_id),
                bar=each.barred.bar,
                post=post(each.barred.post_id),
                kin_post=post(each.barred.kin_post_id),
                found_at=each.found_at,
                closed_at=each.closed_at,
            )
            for each in found
        ]


def _reads(info: Info, bureau: str) -> bool:
    return POLICY.allows(info.context.principal, "read", kin_resource(bureau, bureau))


@strawberry.type
class AvoidanceMutation:
    @strawberry.mutation(description="Declare that an officer of the bureau is related to you.")
    async def declare_kin(self, info: Info, input: DeclareKinInput) -> KinPayload:
        command = keeping.DeclareKin(input.kin_id, input.relation, input.person_id or "")
        return KinPayload.of(*await run(info, keeping.declare_kin, command, input.client_mutation_id))

    @strawberry.mutation(description="End a declaration that no longer holds.")
    async def withdraw_kin(self, info: Info, input: WithdrawKinInput) -> KinPayload:
        command = keeping.WithdrawKin(input.declaration_id, input.reason)
        return KinPayload.of(*await run(info, keeping.withdraw_kin, command, input.client_mutation_id))
