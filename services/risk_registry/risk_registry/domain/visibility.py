"""Whose register it is to read (requirements §5.3, column "Risk register read").

The whole bureau for the head, discipline, legal and internal audit; own units and own processes for deputies and
chiefs; the processes of their domain for reviewers, trackers, supervisors and complaint handlers; the points of the own
posts for everybody. Who could read on a day still reads that day (invariant 9).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from plumbline_org.model import Org
from plumbline_org.roles import Role
from plumbline_shared.principal import Principal

from risk_registry.domain.topics import own_scopes, topic_scopes

CHIEFS = frozenset({Role.SECTION_CHIEF, Role.OFFICE_CHIEF})
GRADE_VOTERS = frozenset(
    {Role.BUREAU_HEAD, Role.DEPUTY_HEAD, Role.DISCIPLINE_LEAD, Role.LEGAL_OFFICER, Role.PANEL_MEMBER}
)


def reader(principal: Principal, org: Org, days: Iterable[date]) -> Principal:
    """`principal` with exactly the roles, units, posts and topics that open the register to them on any of `days`.

    A chief brings the units they lead, a deputy the units in their charge: being a member of a unit opens nothing.
    """
    person = principal.person_id
    if principal.kind != "person" or person is None or principal.bureau_id != org.bureau.id:
        bare = own_scopes(principal.scopes)
        return replace(principal, roles=frozenset(), unit_ids=frozenset(), post_ids=frozenset(), scopes=bare)
    topics: set[str] = set()
    roles: set[str] = set()
    units: set[str] = set()
    posts: set[str] = set()
    for day in days:
        roles |= org.roles_of(person, day)
        units |= _led(org, person, day) | _in_charge(org, person, day)
        posts |= set(org.posts_of(person, day))
        topics |= set(topic_scopes(org, person, day))
    return replace(
        principal,
        roles=frozenset(roles),
        unit_ids=frozenset(units),
        post_ids=frozenset(posts),
        scopes=own_scopes(principal.scopes) | topics,
    )


def votes_on_grades(org: Org, person_id: str, owner_unit: str, on: date) -> bool:
    """Whether a person may sit on a grading panel (§5.3, Grade vote); a section chief only for their own process."""
    held = org.role_units_of(person_id, on)
    return any(
        role in GRADE_VOTERS or (role == Role.SECTION_CHIEF and unit == owner_unit) for role, unit in held
    )


def _led(org: Org, person: str, day: date) -> set[str]:
    led = (unit for role, unit in org.role_units_of(person, day) if role in CHIEFS and unit)
    return {below for unit in led for below in org.subtree(unit)}


def _in_charge(org: Org, person: str, day: date) -> set[str]:
    def acts(unit: str) -> bool:
        deputy = org.deputy_in_charge(unit, day)
        return deputy is not None and (
            deputy == person or person in org.delegates_of(deputy, Role.DEPUTY_HEAD, day, unit)
        )

    return {unit for unit in org.units if acts(unit)}
