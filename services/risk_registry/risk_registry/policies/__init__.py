"""Who may do what (Cedar), and objects as the policies see them."""

from collections.abc import Iterable
from pathlib import Path

from plumbline_shared.policy import Policy, Resource

from risk_registry.domain.catalogue import GUARDED, EntryKind
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.topics import dossier_of, topics_of

POLICY = Policy.load(Path(__file__).parent)


def point_resource(point: PointOnDay) -> Resource:
    """A risk point: its bureau, the units and posts that carry it, the unit that owns its process, and its topics."""
    return Resource(
        "RiskPoint",
        point.id,
        {
            "bureau": point.bureau_id,
            "units": point.description.units,
            "posts": point.description.posts,
            "owner": point.description.owner_unit or None,
            "topics": topics_of(point.description.process),
            "dossier": dossier_of(point.id),
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


def entry_resource(bureau_id: str, kind: EntryKind, code: str) -> Resource:
    """An entry of a bureau's catalogue; guarded kinds show weaknesses."""
    return Resource("Entry", f"{kind}/{code}", {"bureau": bureau_id, "guarded": kind in GUARDED})


def rules_resource(bureau_id: str) -> Resource:
    """The rules of a bureau as a whole: what records, adopts, scans and tests act on."""
    return Resource("Rules", bureau_id, {"bureau": bureau_id})


def finding_resource(finding_id: str, bureau_id: str) -> Resource:
    """A finding about segregation or about a control."""
    return Resource("Finding", finding_id, {"bureau": bureau_id})


def process_resource(id_: str, bureau_id: str, owner_unit: str, *, published: bool = False) -> Resource:
    """A version of a process, with the unit that owns it."""
    return Resource("ProcessVersion", id_, {"bureau": bureau_id, "owner": owner_unit, "published": published})


def disposition_resource(sequence: int, bureau_id: str, owner_unit: str, receiver: str) -> Resource:
    """The classification of one point in a reform."""
    attrs = {"bureau": bureau_id, "owner": owner_unit, "receiver": receiver}
    return Resource("Disposition", str(sequence), attrs)


def self_check_resource(id_: str, bureau_id: str, person: str, unit: str) -> Resource:
    """What an officer said about an own post."""
    return Resource("SelfCheck", id_, {"bureau": bureau_id, "person": person, "unit": unit})
