"""Who may do what (Cedar), and objects as the policies see them."""

from collections.abc import Iterable
from pathlib import Path

from plumbline_shared.policy import Policy, Resource

from risk_registry.domain.register import PointOnDay

POLICY = Policy.load(Path(__file__).parent)


def point_resource(point: PointOnDay) -> Resource:
    """A risk point: its bureau, the units and posts that carry it, the unit that owns its process."""
    return Resource(
        "RiskPoint",
        point.id,
        {
            "bureau": point.bureau_id,
            "units": point.description.units,
            "posts": point.description.posts,
            "owner": point.description.owner_unit or None,
        },
    )


def register_resource(bureau_id: str, upper: Iterable[str] = ()) -> Resource:
    """The register of a bureau; `upper` are the bureaus above it."""
    return Resource("Register", bureau_id, {"bureau": bureau_id, "upper": tuple(upper)})


def review_resource(
    review_id: str, bureau_id: str, members: Iterable[str], recused: Iterable[str]
) -> Resource:
    """A grading review with its panel."""
    attrs = {"bureau": bureau_id, "members": tuple(members), "recused": tuple(recused)}
    return Resource("GradingReview", review_id, attrs)
