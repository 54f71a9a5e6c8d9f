"""SoD-9: whoever administers posts and roles changes nothing about their own."""

from collections.abc import Iterable

from plumbline_org.parts import Delegation, Person, Post
from plumbline_shared.errors import Refused

from directory.domain.parts import Change, Directory


class OwnAuthority(Refused):
    """Somebody tried to change their own post or role; another administrator has to (SoD-9)."""

    code = "OWN_AUTHORITY"


def refuse_own_authority(person_id: str | None, before: Directory, changes: Iterable[Change]) -> None:
    """Raises OwnAuthority when a change gives or takes the posts, roles or authority of `person_id`."""
    if person_id is None:
        return
    own_posts = {one.post_id for one in _person(before, person_id).assignments}
    if any(_touches(person_id, own_posts, before, change) for change in changes):
        raise OwnAuthority("nobody changes their own posts or roles: ask another administrator")


def _touches(person_id: str, own_posts: set[str], before: Directory, change: Change) -> bool:
    match change.part:
        case Person() as after if after.id == person_id:
            known = _person(before, person_id)
            return (after.assignments, after.grants, after.statuses) != (
                known.assignments,
                known.grants,
                known.statuses,
            )
        case Post() as after:
            return after.id in own_posts
        case Delegation() as after:
            return after.delegate_id == person_id
        case _:
            return False


def _person(directory: Directory, person_id: str) -> Person:
    return directory.persons.get(person_id) or Person(person_id, "", "")
