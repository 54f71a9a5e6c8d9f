"""One bureau as a value: who held which post and role on which day. No I/O; safe to share and to cache."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from plumbline_shared.calendar import WorkingCalendar, seed_calendar

from plumbline_org.parts import (
    Assignment,
    Bureau,
    Delegation,
    Duty,
    Person,
    PersonStatus,
    Post,
    PostKind,
    Unit,
)
from plumbline_org.roles import Role, role_of_post

K = TypeVar("K")
V = TypeVar("V")

_DAYS_KEPT = 32
_HOLDERS_KEPT = 8192


@dataclass(frozen=True)
class Org:
    """A snapshot of a bureau with its whole history; every question names its day (I-003).

    `upper` is the bureau one level up when the replica knows it. Unknown ids answer None or nothing.
    """

    bureau: Bureau
    units: Mapping[str, Unit] = field(default_factory=dict[str, Unit])
    posts: Mapping[str, Post] = field(default_factory=dict[str, Post])
    persons: Mapping[str, Person] = field(default_factory=dict[str, Person])
    duties: tuple[Duty, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    calendar: WorkingCalendar = field(default_factory=seed_calendar)
    upper: "Org | None" = None

    def person(self, person_id: str) -> Person | None:
        """A person of this bureau."""
        return self.persons.get(person_id)

    def post(self, post_id: str) -> Post | None:
        """A post of this bureau."""
        return self.posts.get(post_id)

    def unit(self, unit_id: str) -> Unit | None:
        """A unit of this bureau."""
        return self.units.get(unit_id)

    def ancestors(self, unit_id: str) -> tuple[str, ...]:
        """The unit and those above it, nearest first."""
        chain: list[str] = []
        step = self.units.get(unit_id)
        while step and step.id not in chain:
            chain.append(step.id)
            step = self.units.get(step.parent_id or "")
        return tuple(chain)

    def subtree(self, unit_id: str) -> frozenset[str]:
        """The unit and all units below it."""
        return frozenset(unit for unit in self.units if unit_id in self.ancestors(unit))

    def units_for(self, function: str, on: date) -> tuple[str, ...]:
        """The units competent for a function, for example LEGAL."""
        return tuple(u.id for u in self.units.values() if function in u.functions and u.span.covers(on))

    def holders(self, post_id: str, on: date) -> tuple[str, ...]:
        """Who holds the post on a day, sorted."""
        known = self._holders_on_day
        if (post_id, on) not in known:
            if len(known) >= _HOLDERS_KEPT:
                known.clear()
            candidates = {one.person_id for one in self._assignments_by_post.get(post_id, ())}
            known[post_id, on] = tuple(sorted(one for one in candidates if post_id in self.posts_of(one, on)))
        return known[post_id, on]

    def assignments_of(self, person_id: str, on: date) -> tuple[Assignment, ...]:
        """The assignments that count for a person on a day."""
        person = self.persons.get(person_id)
        return person.held(on) if person else ()

    def posts_of(self, person_id: str, on: date) -> tuple[str, ...]:
        """The posts a person holds on a day."""
        return tuple(one.post_id for one in self.assignments_of(person_id, on))

    def units_of(self, person_id: str, on: date) -> tuple[str, ...]:
        """The units of those posts, without repeats."""
        return tuple(dict.fromkeys(one.unit_id for one in self.assignments_of(person_id, on)))

    def chief_of(self, unit_id: str, on: date) -> str | None:
        """Who leads the unit on a day; None when the post is vacant or the unit has none."""
        unit = self.units.get(unit_id)
        return self._holder(unit.head_post_id, on) if unit else None

    def deputy_in_charge(self, unit_id: str, on: date) -> str | None:
        """The bureau leader in charge (分管领导) of the unit, or of the nearest unit above it that names one."""
        for step in self.ancestors(unit_id):
            if post := self.units[step].deputy_in_charge_post_id:
                return self._holder(post, on)
        return None

    def head(self, on: date) -> str | None:
        """The bureau head on a day."""
        return next(self._in_rank(PostKind.BUREAU_HEAD, on), None)

    def discipline_lead(self, on: date) -> str | None:
        """The discipline lead on a day."""
        return next(self._in_rank(PostKind.DISCIPLINE_LEAD, on), None)

    def deputies(self, on: date) -> tuple[str, ...]:
        """The deputy heads on a day."""
        return tuple(self._in_rank(PostKind.DEPUTY_HEAD, on))

    def ranks_of(self, person_id: str, on: date) -> frozenset[PostKind]:
        """The ranks of the posts a person holds on a day."""
        return frozenset(self.posts[post].kind for post in self.posts_of(person_id, on) if post in self.posts)

    def duty_directors(self, on: date) -> tuple[str, ...]:
        """The duty directors of a day, in their order: the first is on duty, the next replaces (S1-100)."""
        return tuple(
            one.person_id for one in sorted(self._duties_by_day.get(on, ()), key=lambda one: one.rank)
        )

    def duty_director(self, on: date) -> str | None:
        """Who is on duty on a day."""
        return next(iter(self.duty_directors(on)), None)

    def status_of(self, person_id: str, on: date) -> PersonStatus | None:
        """The status of a person on a day; None for somebody unknown."""
        person = self.persons.get(person_id)
        return person.status(on) if person else None

    def roles_of(self, person_id: str, on: date) -> frozenset[str]:
        """Every role on a day: by post, by grant, by delegation and by the roster."""
        return frozenset(role for role, _unit in self.role_units_of(person_id, on))

    def role_units_of(self, person_id: str, on: date) -> frozenset[tuple[str, str | None]]:
        """Every role on a day with the unit it is for; None is the whole bureau."""
        person = self.persons.get(person_id)
        if not person or not person.serves(on):
            return frozenset()
        own = frozenset(self._own_roles(person, on))
        return own | frozenset(self._delegated(person_id, on)) | frozenset(self._on_duty(person_id, on))

    def own_role_units_of(self, person_id: str, on: date) -> frozenset[tuple[str, str | None]]:
        """Those of the roles that a post or a grant gives: what somebody may do without acting for another."""
        person = self.persons.get(person_id)
        return frozenset(self._own_roles(person, on)) if person and person.serves(on) else frozenset()

    def persons_with_role(self, role: str, on: date, unit: str | None = None) -> tuple[str, ...]:
        """Who has a role on a day, sorted; with `unit`, only those who have it there or for the whole bureau."""
        held = self._roles_on(on).get(role, ())
        return tuple(sorted({one for one, where in held if unit is None or where in (None, unit)}))

    def delegates_of(
        self, person_id: str, authority: str, on: date, unit: str | None = None
    ) -> tuple[str, ...]:
        """Who acts for a person in an authority on a day; with `unit`, there or in a unit above it."""
        where = self.ancestors(unit) if unit else ()
        return tuple(
            one.delegate_id
            for one in self.delegations
            if one.grantor_id == person_id
            and one.authority == authority
            and one.holds(on)
            and (unit is None or one.unit_id is None or one.unit_id in where)
            and (delegate := self.persons.get(one.delegate_id))
            and delegate.serves(on)
        )

    @cached_property
    def accounts(self) -> Mapping[str, Person]:
        """Persons by the subject of their tokens: the account, or the id where there is none."""
        return {one.account or one.id: one for one in self.persons.values()}

    @cached_property
    def _holders_on_day(self) -> dict[tuple[str, date], tuple[str, ...]]:
        return {}

    @cached_property
    def _roles_by_day(self) -> dict[date, Mapping[str, list[tuple[str, str | None]]]]:
        return {}

    def _roles_on(self, on: date) -> Mapping[str, list[tuple[str, str | None]]]:
        """Holders by role, kept for the last days asked: a scan of everybody costs milliseconds."""
        if on not in self._roles_by_day:
            if len(self._roles_by_day) >= _DAYS_KEPT:
                self._roles_by_day.clear()
            self._roles_by_day[on] = _grouped(
                (role, (one, where)) for one in self.persons for role, where in self.role_units_of(one, on)
            )
        return self._roles_by_day[on]

    @cached_property
    def _assignments_by_post(self) -> Mapping[str, list[Assignment]]:
        return _grouped((one.post_id, one) for person in self.persons.values() for one in person.assignments)

    @cached_property
    def _posts_by_rank(self) -> Mapping[PostKind, list[str]]:
        return _grouped((self.posts[post].kind, post) for post in sorted(self.posts))

    @cached_property
    def _duties_by_day(self) -> Mapping[date, list[Duty]]:
        return _grouped((one.on, one) for one in self.duties)

    def _holder(self, post_id: str | None, on: date) -> str | None:
        return next(iter(self.holders(post_id, on)), None) if post_id else None

    def _in_rank(self, rank: PostKind, on: date) -> Iterator[str]:
        for post in self._posts_by_rank.get(rank, ()):
            yield from self.holders(post, on)

    def _own_roles(self, person: Person, on: date) -> Iterator[tuple[str, str | None]]:
        for assignment in person.held(on):
            post, unit = self.posts.get(assignment.post_id), self.units.get(assignment.unit_id)
            role = role_of_post(post.kind, unit.kind) if post and unit else None
            if role:
                yield role, unit.id if unit and post and post.kind is PostKind.CHIEF else None
        for grant in person.grants:
            if grant.span.covers(on):
                yield grant.role, grant.unit_id

    def _delegated(self, person_id: str, on: date) -> Iterator[tuple[str, str | None]]:
        for one in self.delegations:
            grantor = self.persons.get(one.grantor_id)
            if one.delegate_id == person_id and one.holds(on) and grantor:
                for role, unit in self._own_roles(grantor, on):
                    if role == one.authority and (None in (one.unit_id, unit) or one.unit_id == unit):
                        yield role, one.unit_id or unit

    def _on_duty(self, person_id: str, on: date) -> Iterator[tuple[str, str | None]]:
        if person_id == self.duty_director(on):
            yield Role.DUTY_DIRECTOR, None


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, list[V]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
