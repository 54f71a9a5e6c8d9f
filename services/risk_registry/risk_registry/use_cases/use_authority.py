"""A use of delegated authority is recorded, once; a use outside the grant is refused (S1-104)."""

from dataclasses import replace
from datetime import datetime

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import local_date
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid, Refused
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.authority import AuthorityGrant, AuthorityUse
from risk_registry.policies import POLICY
from risk_registry.policies.authority import grant_resource
from risk_registry.storage.authority import add_use, grants, use_of

LONGEST = 100


class OutsideGrant(Refused):
    """The operation, the day or the person is not covered: nobody has this authority."""

    code = "AUTHORITY_OUTSIDE_GRANT"


class UseDiffers(Conflict):
    """This work was recorded with another content."""

    code = "AUTHORITY_USE_DIFFERS"


class UseAuthority(msgspec.Struct, frozen=True):
    """`reference` is the number of the work; the same once more changes nothing.

    An officer records the own use; a program names who used it.
    """

    grant_id: str
    operation: str
    reference: str
    used_at: datetime | None = None
    person_id: str = ""


class UseKept(msgspec.Struct, frozen=True):
    """The use."""

    id: str


async def use_authority(uow: Uow, command: UseAuthority) -> UseKept:
    """Refuses with NOT_FOUND, INVALID_INPUT, AUTHORITY_OUTSIDE_GRANT or AUTHORITY_USE_DIFFERS."""
    bureau = uow.principal.bureau_id or ""
    found = next(iter(await grants(uow.conn, bureau, command.grant_id)), None)
    if found is None:
        raise absent("AuthorityGrant")
    POLICY.require(
        uow.principal, "use", grant_resource(found.id, bureau, found.grantor_unit, found.grantee_unit)
    )
    given = _use(uow, command)
    await identify(uow.conn, system(bureau))
    there = await use_of(uow.conn, bureau, given.operation, given.reference)
    if there is None:
        await _check(uow, found, given)
        await identify(uow.conn, uow.principal)
        await add_use(uow.conn, bureau, given)
        await identify(uow.conn, system(bureau))
        there = await use_of(uow.conn, bureau, given.operation, given.reference) or given
    if there.says() != replace(given, used_at=command.used_at or there.used_at).says():
        raise UseDiffers("this work was recorded with another content", path=("reference",))
    await identify(uow.conn, uow.principal)
    if there.id == given.id:
        await uow.audit("use_authority", "AuthorityGrant", found.id, {"operation": given.operation})
    return UseKept(there.id)


def _use(uow: Uow, command: UseAuthority) -> AuthorityUse:
    person, reference = command.person_id or uow.principal.person_id or "", command.reference.strip()
    if not person or uow.principal.person_id not in (None, person):
        raise Invalid("an officer records the own use, a program names the officer", path=("personId",))
    if not 0 < len(reference) <= LONGEST:
        raise Invalid(f"the number of the work, at most {LONGEST} characters", path=("reference",))
    if command.used_at and (command.used_at.tzinfo is None or command.used_at > uow.now):
        raise Invalid("an instant with its offset, not later than now", path=("usedAt",))
    at = command.used_at or uow.now
    return AuthorityUse(
        new_id("au"), command.grant_id, command.operation, reference, person, at, uow.principal.actor, uow.now
    )


async def _check(uow: Uow, found: AuthorityGrant, given: AuthorityUse) -> None:
    on = local_date(given.used_at)
    if given.operation not in found.operations:
        raise OutsideGrant("the operation is none of the grant's", path=("operation",))
    if not found.holds(on):
        raise OutsideGrant(f"the grant does not count on {on}", path=("usedAt",))
    org = await load_org(uow.conn, found.bureau_id)
    if found.grantee_unit not in org.units_of(given.person_id, on):
        raise OutsideGrant(f"the officer does not serve in the unit on {on}", path=("personId",))
