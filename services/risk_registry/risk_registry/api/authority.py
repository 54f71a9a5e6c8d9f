"""Delegated authority over GraphQL: grants of a day, their uses, grant, revoke, use (S1-104)."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import (
    Connection,
    Context,
    Info,
    UserError,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
    run,
)
from plumbline_shared.policy import absent
from plumbline_shared.principal import Principal

from risk_registry.api import loaders
from risk_registry.api.references import Person, Post, Unit, person, post, unit
from risk_registry.domain import authority as domain
from risk_registry.policies import POLICY
from risk_registry.policies.authority import grant_resource, use_resource
from risk_registry.storage.authority import Used, grants, use_counts, uses
from risk_registry.use_cases import grant_authority as give
from risk_registry.use_cases import use_authority as use


@strawberry.type(
    description="授权: the authority of a post, given to a unit for named operations and a time (S1-104)."
)
class AuthorityGrant:
    id: strawberry.ID
    code: str = strawberry.field(description="Of the bureau's catalogue of grants.")
    grantor_post: Post
    grantor_unit: Unit
    grantee_unit: Unit
    operations: list[str]
    valid_from: date
    valid_until: date = strawberry.field(
        description="First day on which it no longer counts, revocation heeded."
    )
    holds: bool = strawberry.field(description="Whether it counts on the day asked for.")
    reason: str
    granted_by: Person
    granted_at: datetime
    revoked_on: date | None
    revocation_reason: str | None
    revoked_by: Person | None
    use_count: int = strawberry.field(description="Those of its uses that you may see.")
    last_used_at: datetime | None

    @classmethod
    def of(cls, one: domain.AuthorityGrant, on: date, used: Used | None) -> "AuthorityGrant":
        ended = one.revocation
        return cls(
            id=strawberry.ID(one.id),
            code=one.code,
            grantor_post=post(one.grantor_post),
            grantor_unit=unit(one.grantor_unit),
            grantee_unit=unit(one.grantee_unit),
            operations=list(one.operations),
            valid_from=one.valid_from,
            valid_until=one.ends_on,
            holds=one.holds(on),
            reason=one.reason,
            granted_by=person(one.granted_by),
            granted_at=one.granted_at,
            revoked_on=ended.on if ended else None,
            revocation_reason=ended.reason if ended else None,
            revoked_by=person(ended.by) if ended else None,
            use_count=used.count if used else 0,
            last_used_at=used.last if used else None,
        )


@strawberry.type(description="授权使用记录: one use of a grant.")
class AuthorityUse:
    id: strawberry.ID
    operation: str
    reference: str = strawberry.field(description="The number of the work.")
    person: Person
    used_at: datetime
    recorded_at: datetime
    by_program: bool = strawberry.field(description="Recorded by the program in which it was done.")

    @classmethod
    def of(cls, one: domain.AuthorityUse) -> "AuthorityUse":
        return cls(
            id=strawberry.ID(one.id),
            operation=one.operation,
            reference=one.reference,
            person=person(one.person_id),
            used_at=one.used_at,
            recorded_at=one.recorded_at,
            by_program=one.recorded_by != one.person_id,
        )


@strawberry.type(description="Uses of a grant that you may see, newest first.")
class AuthorityUseConnection(Connection[AuthorityUse]):
    pass


@strawberry.input
class AuthorityGrantFilter:
    code: str | None = None
    grantee_unit: strawberry.ID | None = None
    operation: str | None = None
    ended: bool = strawberry.field(default=False, description="Also those that do not count on the day.")

    def admits(self, one: domain.AuthorityGrant) -> bool:
        """Whether a grant is asked for."""
        return self.grantee_unit in (None, one.grantee_unit) and (
            self.operation is None or self.operation in one.operations
        )


@strawberry.type
class AuthorityQuery:
    @strawberry.field(description="Authority that is delegated on a day: by whom, to which unit, for what.")
    async def authority_grants(
        self, info: Info, filter: AuthorityGrantFilter | None = None, as_of: date | None = None
    ) -> list[AuthorityGrant]:
        context, wanted = info.context, filter or AuthorityGrantFilter()
        on, who = loaders.day_of(context, as_of), await _who(context)
        bureau = who.bureau_id or ""
        async with context.runtime.db.read(who) as conn:
            day = None if wanted.ended else on
            found = [e for e in await grants(conn, bureau, code=wanted.code, on=day) if wanted.admits(e)]
            used = await use_counts(conn, bureau, [each.id for each in found])
        resources = [grant_resource(e.id, bureau, e.grantor_unit, e.grantee_unit) for e in found]
        allowed = POLICY.decide(who, "read", resources)
        return [
            AuthorityGrant.of(each, on, used.get(each.id))
            for each, yes in zip(found, allowed, strict=True)
            if yes
        ]

    @strawberry.field(description="The log of a grant's uses, as far as they are yours to see.")
    async def authority_uses(
        self, info: Info, grant: strawberry.ID, first: int = 50, after: str | None = None
    ) -> AuthorityUseConnection:
        context, size = info.context, page_size(first)
        bureau = loaders.bureau_of(context)
        start = decode_cursor(after, tuple[datetime, str]) if after else None
        who = await loaders.reader_on(context, context.today)
        async with context.runtime.db.read(who) as conn:
            found = next(iter(await grants(conn, bureau, grant)), None)
            if found is None:
                raise absent("AuthorityGrant")
            rows = await uses(conn, bureau, grant, start, size + 1)
        resources = [
            use_resource(each.id, bureau, each.person_id, found.grantor_unit, found.grantee_unit)
            for each in rows
        ]
        allowed = POLICY.decide(who, "read", resources)
        mine = [each for each, yes in zip(rows, allowed, strict=True) if yes]
        edges, more = paginate(mine, size, AuthorityUse.of, _cursor)
        return AuthorityUseConnection(edges=edges, page_info=more)


async def _who(context: Context) -> Principal:
    """An officer with what they lead, or a program that records uses. Raises Unauthenticated for nobody."""
    if context.principal.kind == "client":
        return context.principal
    return await loaders.reader_on(context, context.today)


def _cursor(one: domain.AuthorityUse) -> str:
    return encode_cursor(one.used_at.isoformat(), one.id)


@strawberry.input(
    description="`validUntil` is the first day on which it no longer counts; no operations: all of the code's."
)
class GrantAuthorityInput:
    client_mutation_id: str
    code: str
    grantor_post: strawberry.ID
    grantee_unit: strawberry.ID
    valid_from: date
    valid_until: date
    reason: str
    operations: list[str] = strawberry.field(default_factory=list[str])


@strawberry.input(description="`revokedOn` is the first day on which it no longer counts.")
class RevokeAuthorityInput:
    client_mutation_id: str
    grant_id: strawberry.ID
    revoked_on: date
    reason: str


@strawberry.input(
    description="An officer records the own use; a program (scope authority:use) names the officer."
)
class UseAuthorityInput:
    client_mutation_id: str
    grant_id: strawberry.ID
    operation: str
    reference: str
    used_at: datetime | None = None
    person_id: strawberry.ID | None = None


@strawberry.type
class AuthorityPayload:
    id: strawberry.ID | None
    user_errors: list[UserError]


@strawberry.type
class AuthorityMutation:
    @strawberry.mutation(description="Give the authority of a post to another unit, by its code.")
    async def grant_authority(self, info: Info, input: GrantAuthorityInput) -> AuthorityPayload:
        command = give.GrantAuthority(
            input.code, input.grantor_post, input.grantee_unit, input.valid_from, input.valid_until, input.reason,
            tuple(input.operations),
        )  # fmt: skip
        done, errors = await run(info, give.grant_authority, command, input.client_mutation_id)
        return AuthorityPayload(id=strawberry.ID(done.id) if done else None, user_errors=errors)

    @strawberry.mutation(description="End a grant before its time.")
    async def revoke_authority(self, info: Info, input: RevokeAuthorityInput) -> AuthorityPayload:
        command = give.RevokeAuthority(input.grant_id, input.revoked_on, input.reason)
        done, errors = await run(info, give.revoke_authority, command, input.client_mutation_id)
        return AuthorityPayload(id=strawberry.ID(done.id) if done else None, user_errors=errors)

    @strawberry.mutation(
        description="Record a use; one outside the grant is refused, the same work counts once."
    )
    async def use_authority(self, info: Info, input: UseAuthorityInput) -> AuthorityPayload:
        command = use.UseAuthority(
            input.grant_id, input.operation, input.reference, input.used_at, input.person_id or ""
        )
        done, errors = await run(info, use.use_authority, command, input.client_mutation_id)
        return AuthorityPayload(id=strawberry.ID(done.id) if done else None, user_errors=errors)
