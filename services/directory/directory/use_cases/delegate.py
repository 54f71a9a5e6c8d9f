"""Delegate an authority for a time, or take it back (I-003)."""

from dataclasses import replace
from datetime import date

import msgspec
from plumbline_org.parts import Delegation, Span
from plumbline_org.roles import Role
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from directory.domain.checks import holds_authority
from directory.domain.merge import delegation
from directory.domain.parts import Directory, bureau_of_id
from directory.use_cases.edit import edit_bureau, person_in


class Delegate(msgspec.Struct, frozen=True, kw_only=True):
    """The same delegation again with `revoked` takes it back."""

    grantor_id: str
    delegate_id: str
    authority: Role
    unit_id: str | None = None
    effective_from: date
    effective_to: date | None = None
    revoked: bool = False


class AuthorityNotHeld(Refused):
    """Nobody delegates what they do not have, and nobody passes on what was delegated to them."""

    code = "AUTHORITY_NOT_HELD"


async def delegate(uow: Uow, command: Delegate) -> str:
    """Delegate and return the delegation's id; publishes DelegationChanged.

    Raises NotFound, Invalid for an empty period or oneself, AuthorityNotHeld, OwnAuthority.
    """
    if command.effective_to and command.effective_to <= command.effective_from:
        raise Invalid("effectiveTo must be later than effectiveFrom", path=["input", "effectiveTo"])
    if command.grantor_id == command.delegate_id:
        raise Invalid("the delegate is the grantor", path=["input", "delegateId"])
    bureau = bureau_of_id(command.grantor_id)
    await edit_bureau(uow, "directory.delegate", bureau, lambda known: _delegated(known, command))
    return _delegation(command).id


def _delegated(known: Directory, command: Delegate) -> Directory:
    bureau = person_in(known, command.grantor_id).bureau_id
    person_in(known, command.delegate_id)
    if command.unit_id is not None and command.unit_id not in known.units:
        raise absent("unit")
    one = _delegation(command)
    if not holds_authority(known.org(bureau), command.grantor_id, command.authority, one.span):
        raise AuthorityNotHeld(f"{command.authority} is not the grantor's on {command.effective_from}")
    return replace(known, delegations={**known.delegations, one.id: replace(one, revoked=command.revoked)})


def _delegation(command: Delegate) -> Delegation:
    span = Span(command.effective_from, command.effective_to)
    return delegation(command.grantor_id, command.delegate_id, command.authority, command.unit_id, span)
