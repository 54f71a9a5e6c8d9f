"""Referrals and cases about staff as the policies see them."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.referral import Referral
from case_flow.domain.staff_case import StaffCase


def referral_resource(one: Referral, participants: Iterable[str]) -> Resource:
    """A referral: to whom, of which unit, who prepared it and who takes part."""
    return Resource(
        "Referral",
        one.id,
        {
            "bureau": one.bureau_id,
            "unit": one.unit_id,
            "sealed": one.sealed,
            "addressee": one.addressee,
            "preparer": one.prepared_by,
            "participants": list(participants),
        },
    )


def staff_case_resource(one: StaffCase) -> Resource:
    """A case about staff: its investigators and its subjects."""
    return Resource(
        "StaffCase",
        one.id,
        {
            "bureau": one.bureau_id,
            "investigators": list(one.investigators),
            "subjects": list(one.subject_ids),
        },
    )


def require_on_referral(uow: Uow, action: str, one: Referral) -> None:
    """Raise NotFound unless the actor, who sees the referral, may do this to it."""
    POLICY.require(uow.principal, action, referral_resource(one, [uow.principal.person_id or ""]))


def require_on_staff_case(uow: Uow, action: str, one: StaffCase) -> None:
    """Raise NotFound unless the actor may do this to the case."""
    POLICY.require(uow.principal, action, staff_case_resource(one))
