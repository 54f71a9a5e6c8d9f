"""Who may see and do what: the Cedar policies, and scores as they see them."""

from pathlib import Path

from plumbline_org.model import Org
from plumbline_shared.policy import Policy, Resource

from performance.domain.subjects import Subject, SubjectKind

POLICY = Policy.load(Path(__file__).parent / "policies")


def score_resource(subject: Subject, bureau_id: str, deputy_post_id: str | None, identifier: str) -> Resource:
    """The score of a subject, or one of its entries, as policies see it."""
    attrs = {
        "kind": str(subject.kind),
        "subject": subject.id,
        "bureau": bureau_id,
        "deputyPost": deputy_post_id if subject.kind is SubjectKind.UNIT else None,
    }
    return Resource("Score", identifier, attrs)


def deputy_post_of(org: Org, unit_id: str) -> str | None:
    """The post of the deputy head in charge of a unit, or of the nearest unit above it that names one."""
    posts = (org.units[step].deputy_in_charge_post_id for step in org.ancestors(unit_id))
    return next((post for post in posts if post), None)
