"""The authority of a post is given to another unit, by an enumerated code, and taken back (S1-104)."""

from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid, NotFound
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.authority import AuthorityGrant, Revocation
from risk_registry.domain.catalogue import EntryKind, Grant
from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.places import absolute
from risk_registry.domain.visibility import reader
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.authority import grant_resource
from risk_registry.storage.authority import add_grant, grants, lock_code, revoke_grant
from risk_registry.storage.catalogue import entries_on


class GrantExists(Conflict):
    """The code is given to a unit for some of these days already."""

    code = "AUTHORITY_GRANT_EXISTS"


class GrantEnded(Conflict):
    """The grant has ended, or its end is set already."""

    code = "AUTHORITY_GRANT_ENDED"


class GrantAuthority(msgspec.Struct, frozen=True):
    """`code` is a grant of the bureau's catalogue; `operations` are among those it permits, empty: all of them.

    `valid_until` is the first day on which it no longer counts.
    """

    code: str
    grantor_post: str
    grantee_unit: str
    valid_from: date
    valid_until: date
    reason: str
    operations: tuple[str, ...] = ()


class RevokeAuthority(msgspec.Struct, frozen=True):
    """`revoked_on` is the first day on which it no longer counts."""

    grant_id: str
    revoked_on: date
    reason: str


class AuthorityKept(msgspec.Struct, frozen=True):
    """The grant."""

    id: str


async def grant_authority(uow: Uow, command: GrantAuthority) -> AuthorityKept:
    """Refuses with NOT_FOUND, INVALID_INPUT, EFFECTIVE_IN_PAST or AUTHORITY_GRANT_EXISTS."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    await identify(uow.conn, system(bureau))
    org = await _org(uow, bureau)
    grantor, grantee = absolute(bureau, command.grantor_post), absolute(bureau, command.grantee_unit)
    unit = org.posts[grantor].unit_id if grantor in org.posts else ""
    who = reader(uow.principal, org, {uow.today})
    POLICY.require(who, "grant", grant_resource("new", bureau, unit, grantee))
    reason = _reason(command.reason)
    if command.valid_from < uow.today:
        raise EffectiveInPast(f"a grant counts from {uow.today} or later", path=("validFrom",))
    if command.valid_until <= command.valid_from:
        raise Invalid("a grant ends after its first day", path=("validUntil",))
    _check_places(org, grantor, grantee, command.valid_from)
    permitted = await _permitted(uow, bureau, command)
    await lock_code(uow.conn, bureau, command.code)
    there = await grants(uow.conn, bureau, code=command.code)
    if any(each.meets(command.valid_from, command.valid_until) for each in there):
        raise GrantExists(f"{command.code} is given away for some of these days", path=("code",))
    given = AuthorityGrant(
        new_id("ag"), bureau, command.code, grantor, unit, grantee, permitted, command.valid_from, command.valid_until,
        reason, by, uow.now,
    )  # fmt: skip
    await identify(uow.conn, who)
    await add_grant(uow.conn, given)
    await identify(uow.conn, uow.principal)
    await uow.audit("grant_authority", "AuthorityGrant", given.id, {"code": command.code, "unit": grantee})
    return AuthorityKept(given.id)


async def revoke_authority(uow: Uow, command: RevokeAuthority) -> AuthorityKept:
    """Refuses with NOT_FOUND, INVALID_INPUT, EFFECTIVE_IN_PAST or AUTHORITY_GRANT_ENDED."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    found = next(iter(await grants(uow.conn, bureau, command.grant_id)), None)
    if found is None:
        raise absent("AuthorityGrant")
    who = reader(uow.principal, await _org(uow, bureau), {uow.today})
    POLICY.require(who, "revoke", grant_resource(found.id, bureau, found.grantor_unit, found.grantee_unit))
    await identify(uow.conn, who)
    reason = _reason(command.reason)
    if command.revoked_on < uow.today:
        raise EffectiveInPast(f"a grant is revoked from {uow.today} or later", path=("revokedOn",))
    ended = Revocation(command.revoked_on, reason, by)
    if command.revoked_on >= found.until or not await revoke_grant(
        uow.conn, bureau, found.id, ended, uow.now
    ):
        raise GrantEnded("this grant has its end")
    await identify(uow.conn, uow.principal)
    await uow.audit("revoke_authority", "AuthorityGrant", found.id, {"on": command.revoked_on.isoformat()})
    return AuthorityKept(found.id)


async def _org(uow: Uow, bureau: str) -> Org:
    try:
        return await load_org(uow.conn, bureau)
    except NotFound:
        raise absent("AuthorityGrant") from None


def _check_places(org: Org, grantor: str, grantee: str, on: date) -> None:
    post, unit = org.posts.get(grantor), org.units.get(grantee)
    if post is None or not post.span.covers(on):
        raise Invalid("there is no such post on that day", path=("grantorPost",))
    if unit is None or not unit.span.covers(on):
        raise Invalid("there is no such unit on that day", path=("granteeUnit",))
    if post.unit_id == unit.id:
        raise Invalid("the post is of this unit: nothing is given away", path=("granteeUnit",))


async def _permitted(uow: Uow, bureau: str, command: GrantAuthority) -> tuple[str, ...]:
    found = await entries_on(uow.conn, bureau, command.valid_from, [EntryKind.GRANT], command.code)
    body = found[0].body if found else None
    if not isinstance(body, Grant) or not _in_force(body, command.valid_from):
        raise Invalid("there is no such grant in the catalogue on that day", path=("code",))
    if lost := sorted(set(command.operations) - set(body.operations)):
        raise Invalid(f"{lost[0]} is none of its operations", path=("operations",))
    return tuple(dict.fromkeys(command.operations)) or body.operations


def _in_force(body: Grant, on: date) -> bool:
    begun = body.effective_from is None or body.effective_from <= on
    return begun and (body.revoked_on is None or on < body.revoked_on)


def _reason(text: str) -> str:
    if not checked(text, "reason").strip():
        raise Invalid("give the reasons", path=("reason",))
    return text
