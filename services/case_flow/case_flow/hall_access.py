"""Forms, pre-reviews and windows as the policies see them."""

from plumbline_shared.policy import Resource

from case_flow.access import POLICY
from case_flow.domain.post_review import Review
from case_flow.domain.pre_review import PreReview

__all__ = [
    "POLICY",
    "form_resource",
    "hall_resource",
    "hot_issue_resource",
    "post_review_resource",
    "review_resource",
]


def form_resource(bureau_id: str, ref: str) -> Resource:
    """A form of a bureau."""
    return Resource("Form", f"{bureau_id}/{ref}", {"bureau": bureau_id})


def hot_issue_resource(bureau_id: str, code: str) -> Resource:
    """What a bureau answers in public."""
    return Resource("HotIssue", f"{bureau_id}/{code}", {"bureau": bureau_id})


def review_resource(review: PreReview) -> Resource:
    """An application before acceptance: its hall and who opened it."""
    return Resource(
        "PreReview",
        review.id,
        {
            "bureau": review.bureau_id,
            "unit": review.unit_id,
            "lead": f"leads:{review.unit_id}",
            "opened_by": review.opened_by,
        },
    )


def hall_resource(bureau_id: str, unit_id: str) -> Resource:
    """The service hall: its windows and queues."""
    return Resource("Hall", unit_id, {"bureau": bureau_id, "unit": unit_id})


def post_review_resource(review: Review) -> Resource:
    """A drawn matter: the unit and role that review it."""
    return Resource(
        "PostReview",
        review.id,
        {"bureau": review.bureau_id, "unit": review.unit_id, "role": review.role},
    )
