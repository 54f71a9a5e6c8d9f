"""D of the matrix: a role that was granted for a domain reads the points of that domain's processes (requirements §5.3).

A domain names a process, or a family of processes by the first words of their codes: RELIEF is RELIEF-APPROVAL and
RELIEF-REVIEW. A grant without a domain opens no topic here: what nobody narrowed is not the whole register.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from plumbline_org.model import Org
from plumbline_org.roles import Role

TOPIC, DOSSIER = "topic:", "dossier:"
TOPIC_ROLES = frozenset(
    {Role.REVIEWER, Role.APPROVER, Role.MATTER_TRACKER, Role.SUPERVISION_MEMBER, Role.COMPLAINT_HANDLER}
)


def topics_of(process: str) -> tuple[str, ...]:
    """The scopes that open a process."""
    words = process.split("-") if process else []
    return tuple(TOPIC + "-".join(words[:n]) for n in range(1, len(words) + 1))


def topic_scopes(org: Org, person_id: str, on: date) -> Iterator[str]:
    """The topics that a person's roles are for on a day."""
    person = org.person(person_id)
    for grant in person.grants if person and person.serves(on) else ():
        if grant.role in TOPIC_ROLES and grant.domain and grant.span.covers(on):
            yield TOPIC + grant.domain


def dossier_of(point_id: str) -> str:
    """The scope that opens a point to those who are to grade it."""
    return DOSSIER + point_id


def own_scopes(scopes: Iterable[str]) -> frozenset[str]:
    """A token's scopes without those that only the registry itself gives."""
    return frozenset(each for each in scopes if not each.startswith((TOPIC, DOSSIER)))
