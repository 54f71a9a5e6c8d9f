"""Grant a person a role, or end it: the same grant with an end."""

from datetime import date

import msgspec
from plumbline_org.parts import RoleGrant, Span
from plumbline_org.roles import BY_POST, Role
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from directory.domain.merge import grant_id, with_grant
from directory.domain.parts import Directory, bureau_of_id
from directory.use_cases.edit import edit_bureau, person_in, with_person


class GrantRole(msgspec.Struct, frozen=True, kw_only=True):
    """`effective_to` is the first day that no longer counts; None is open."""

    person_id: str
    role: Role
    unit_id: str | None = None
    domain: str | None = None
    effective_from: date
    effective_to: date | None = None


class RoleComesWithPost(Refused):
    """Heads, deputies, chiefs and duty directors get their role by post or roster: assign that."""

    code = "ROLE_COMES_WITH_POST"


async def grant_role(uow: Uow, command: GrantRole) -> str:
    """Grant a role and return the person's id; publishes PersonChanged.

    Raises NotFound, Invalid for an empty period, RoleComesWithPost, OwnAuthority (SoD-9).
    """
    if command.effective_to and command.effective_to <= command.effective_from:
        raise Invalid("effectiveTo must be later than effectiveFrom", path=["input", "effectiveTo"])
    if command.role in BY_POST:
        raise RoleComesWithPost(f"{command.role} comes with a post or the roster: assign that")
    bureau = bureau_of_id(command.person_id)
    await edit_bureau(uow, "directory.grant_role", bureau, lambda known: _granted(known, command))
    return command.person_id


def _granted(known: Directory, command: GrantRole) -> Directory:
    person = person_in(known, command.person_id)
    if command.unit_id is not None and command.unit_id not in known.units:
        raise absent("unit")
    key = (person.id, command.role, command.unit_id, command.domain)
    grant = RoleGrant(
        grant_id(*key, command.effective_from), *key, Span(command.effective_from, command.effective_to)
    )
    return with_person(known, with_grant(person, grant))
