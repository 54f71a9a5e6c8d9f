"""Whose handbook it is, and the edition that was sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plumbline_org.model import Org
from plumbline_shared.policy import absent


class HandbookScope(StrEnum):
    """One post, everything an officer holds, or the whole bureau."""

    POST = "POST"
    PERSON = "PERSON"
    BUREAU = "BUREAU"


@dataclass(frozen=True)
class Subject:
    """Of whom or what: `posts` are its posts on the day and `units` theirs; both empty for the bureau."""

    scope: HandbookScope
    id: str
    name: str
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """The whole bureau."""
        return self.scope is HandbookScope.BUREAU


@dataclass(frozen=True)
class Edition:
    """A sealed edition without its content; `sha256` is that of its first volume, which names those of the others."""

    id: str
    bureau_id: str
    subject: Subject
    as_of: date
    sha256: str
    points: int
    issued_by: str
    issued_at: datetime


def subject_of(org: Org, scope: HandbookScope, id_: str, on: date) -> Subject:
    """Raises NotFound for a post or person that the bureau does not have, or a person without a post that day."""
    if scope is HandbookScope.BUREAU and id_ == org.bureau.id:
        return Subject(scope, id_, f"{org.bureau.name} {id_}")
    if scope is HandbookScope.POST and id_ in org.posts:
        return Subject(scope, id_, f"{org.posts[id_].title} {id_}", (id_,), (org.posts[id_].unit_id,))
    posts = tuple(org.posts_of(id_, on)) if scope is HandbookScope.PERSON and id_ in org.persons else ()
    if not posts:
        raise absent("handbook")
    units = tuple(sorted({org.posts[post].unit_id for post in posts}))
    return Subject(scope, id_, f"{org.persons[id_].name} {id_}", posts, units)
