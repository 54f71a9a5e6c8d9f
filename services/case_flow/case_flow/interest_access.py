"""Interests and requests for recusal as the policies see them."""

from plumbline_shared.policy import Resource

from case_flow.access import POLICY
from case_flow.domain.recusal import Interest, RecusalRequest

__all__ = ["POLICY", "interest_resource", "request_resource"]


def interest_resource(interest: Interest) -> Resource:
    """An interest: whose it is."""
    return Resource("Interest", interest.id, {"bureau": interest.bureau_id, "holder": interest.person_id})


def request_resource(request: RecusalRequest) -> Resource:
    """A party's request: who wrote it down."""
    return Resource("RecusalRequest", request.id, {"bureau": request.bureau_id, "asked_by": request.asked_by})
