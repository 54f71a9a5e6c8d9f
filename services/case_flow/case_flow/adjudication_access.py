"""Adjudications as the policies see them."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.adjudication import Adjudication


def adjudication_resource(one: Adjudication, participants: Iterable[str]) -> Resource:
    """An adjudication and those who take part in it."""
    return Resource("Adjudication", one.id, {"bureau": one.bureau_id, "participants": list(participants)})


def require_on_adjudication(uow: Uow, action: str, one: Adjudication) -> None:
    """Raise NotFound unless the actor, who sees the adjudication, may do this to it."""
    POLICY.require(uow.principal, action, adjudication_resource(one, [uow.principal.person_id or ""]))
