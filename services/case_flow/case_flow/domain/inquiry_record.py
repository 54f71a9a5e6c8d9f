"""What an inquiry keeps on record: questions with evidence (S1-147), and the review before it is made public (C-11)."""

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
from plumbline_shared.errors import Invalid, Refused

from case_flow.domain.inquiry import PublicationScope


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was shown with a question: a slip of the matter's custody chain, or a document by its name and SHA-256."""

    slip_id: str | None = None
    document: str | None = None
    sha256: str | None = None


class Question(msgspec.Struct, frozen=True):
    """One question of the panel to a respondent, the answer, and the evidence shown."""

    id: str
    inquiry_id: str
    bureau_id: str
    person_id: str
    question: str
    answer: str
    evidence: tuple[Evidence, ...]
    recorded_by: str
    at: datetime


class PublicationReview(msgspec.Struct, frozen=True):
    """What the legal section says of making a decision public."""

    inquiry_id: str
    bureau_id: str
    agrees: bool
    opinion: str
    reviewed_by: str
    at: datetime


class PublicationNotReviewed(Refused):
    """A decision is public only after the legal review agreed, and by the head."""

    code = "PUBLICATION_NOT_REVIEWED"


def check_evidence(evidence: Sequence[Evidence], slips: Collection[str]) -> None:
    """Raise Invalid for evidence that is neither a slip of the matter (`slips`) nor a document with its hash."""
    for number, one in enumerate(evidence):
        path = ("evidence", number)
        if one.slip_id is not None:
            if one.document is not None or one.sha256 is not None or one.slip_id not in slips:
                raise Invalid("there is no such slip in the custody of this matter", path=(*path, "slipId"))
        elif not (one.document or "").strip():
            raise Invalid("name a slip or a document", path=path)
        elif one.sha256 is None or len(one.sha256) != 64 or set(one.sha256) - set("0123456789abcdef"):
            raise Invalid(
                "a document comes with its SHA-256 in 64 hexadecimal digits", path=(*path, "sha256")
            )


def check_publication(scope: PublicationScope, review: PublicationReview | None, *, by_head: bool) -> None:
    """Raise PublicationNotReviewed when a decision would become public without leadership and legal review (C-11)."""
    if scope is PublicationScope.PUBLIC and not (by_head and review is not None and review.agrees):
        raise PublicationNotReviewed("the head makes a decision public, after the legal review agreed to it")
