"""Who manages and who monitors a risk point: requirements §5.2 with the circular cases of C-05, as a pure rule.

The table below is the rule. A seat whose person holds the point, or that is vacant, moves one level up,
so nobody manages or monitors a point they hold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plumbline_org.grades import RiskGrade
from plumbline_org.model import Org
from plumbline_org.parts import PostKind
from plumbline_org.roles import Role


class Rank(StrEnum):
    """What the holder is; the highest post counts."""

    ORDINARY = "ORDINARY"
    CHIEF = "CHIEF"
    DEPUTY_HEAD = "DEPUTY_HEAD"
    LEADER = "LEADER"


class Seat(StrEnum):
    """A place in the line, filled by whoever holds it that day."""

    CHIEF = "CHIEF"
    DEPUTY_HEAD = "DEPUTY_HEAD"
    BUREAU_HEAD = "BUREAU_HEAD"
    DISCIPLINE_LEAD = "DISCIPLINE_LEAD"
    PROCESS_OWNER = "PROCESS_OWNER"
    LEGAL = "LEGAL"
    DISCIPLINE = "DISCIPLINE"
    UPPER_HEAD = "UPPER_HEAD"
    UPPER_DISCIPLINE = "UPPER_DISCIPLINE"


_COMPETENT = (Seat.PROCESS_OWNER, Seat.LEGAL, Seat.DISCIPLINE)
_TOP = (Seat.BUREAU_HEAD, Seat.DISCIPLINE_LEAD)
_UPPER = (Seat.UPPER_HEAD, Seat.UPPER_DISCIPLINE)
_Places = tuple[Seat, ...]

LINE: dict[tuple[Rank, RiskGrade], tuple[_Places, _Places]] = {
    (Rank.ORDINARY, RiskGrade.LOW): ((Seat.CHIEF,), (Seat.CHIEF,)),
    (Rank.ORDINARY, RiskGrade.MEDIUM): ((Seat.CHIEF,), (Seat.DEPUTY_HEAD, *_COMPETENT)),
    (Rank.ORDINARY, RiskGrade.HIGH): ((Seat.DEPUTY_HEAD,), _TOP),
    (Rank.CHIEF, RiskGrade.LOW): ((Seat.DEPUTY_HEAD,), (Seat.DEPUTY_HEAD,)),
    (Rank.CHIEF, RiskGrade.MEDIUM): ((Seat.DEPUTY_HEAD,), (Seat.BUREAU_HEAD, *_COMPETENT)),
    (Rank.CHIEF, RiskGrade.HIGH): ((Seat.BUREAU_HEAD,), _TOP),
    (Rank.DEPUTY_HEAD, RiskGrade.LOW): ((Seat.BUREAU_HEAD,), (Seat.DISCIPLINE_LEAD,)),
    (Rank.DEPUTY_HEAD, RiskGrade.MEDIUM): ((Seat.BUREAU_HEAD,), (Seat.DISCIPLINE_LEAD,)),
    (Rank.DEPUTY_HEAD, RiskGrade.HIGH): ((Seat.BUREAU_HEAD,), _UPPER),
    **{(Rank.LEADER, grade): ((Seat.UPPER_HEAD,), (Seat.UPPER_DISCIPLINE,)) for grade in RiskGrade},
}
"""(managers, monitors) by the holder's rank and the grade (§5.2).

Competent departments: S1-058. LOW is managed and answered for by who leads the section or office: S1-059.
"""

ONE_UP = {
    Seat.CHIEF: Seat.DEPUTY_HEAD,
    Seat.PROCESS_OWNER: Seat.DEPUTY_HEAD,
    Seat.LEGAL: Seat.DEPUTY_HEAD,
    Seat.DEPUTY_HEAD: Seat.BUREAU_HEAD,
    Seat.BUREAU_HEAD: Seat.UPPER_HEAD,
    Seat.DISCIPLINE_LEAD: Seat.UPPER_DISCIPLINE,
    Seat.DISCIPLINE: Seat.UPPER_DISCIPLINE,
}
"""Where a seat moves when its person cannot sit in it (C-05: head → upper bureau; discipline → upper discipline)."""

_RANK_OF = {
    PostKind.CHIEF: Rank.CHIEF,
    PostKind.DEPUTY_HEAD: Rank.DEPUTY_HEAD,
    PostKind.BUREAU_HEAD: Rank.LEADER,
    PostKind.DISCIPLINE_LEAD: Rank.LEADER,
}


@dataclass(frozen=True)
class Reason:
    """Why a person is in the line: the seat the table names, and the seat in which the person was found."""

    person_id: str
    manages: bool
    asked: Seat
    found: Seat
    rule: str
    acting: bool = False


@dataclass(frozen=True)
class Line:
    """The oversight line of one holder: person ids in the order of the table, without repeats.

    `circular_fixed`: a seat was moved because its person holds the point, or the holder oversees discipline.
    `escalated_to_upper`: a seat belongs to the bureau above; it is empty when the replica does not know it.
    """

    managers: tuple[str, ...]
    monitors: tuple[str, ...]
    circular_fixed: bool
    escalated_to_upper: bool
    reasons: tuple[Reason, ...]

    @property
    def people(self) -> frozenset[str]:
        """Everybody in the line."""
        return frozenset((*self.managers, *self.monitors))


@dataclass(frozen=True)
class _Case:
    org: Org
    holder: str
    holders: frozenset[str]
    on: date
    unit: str | None
    owner_unit: str | None
    disciplinary: bool


def oversight(
    org: Org,
    holder: str,
    grade: RiskGrade,
    on: date,
    process_owner_unit: str | None = None,
    *,
    holders: Iterable[str] = (),
) -> Line:
    """The line for `holder` on a day. `holders` are all who hold the same point: none of them is in the line.

    `process_owner_unit` is the department that owns the process (MEDIUM); without it the holder's own unit.
    """
    unit = next(iter(org.units_of(holder, on)), None)
    everyone = frozenset((holder, *holders))
    discipline = Role.DISCIPLINE_OFFICER in org.roles_of(holder, on)
    case = _Case(org, holder, everyone, on, unit, process_owner_unit or unit, discipline)
    rank = rank_of(org, holder, on)
    managing, monitoring = LINE[rank, grade]
    managers = [
        reason for seat in managing for reason in _seated(case, seat, f"{rank}/{grade}", manages=True)
    ]
    chiefs = {one.person_id for one in managers}
    monitors = [
        reason
        for seat in monitoring
        for reason in _seated(case, seat, f"{rank}/{grade}", manages=False)
        if not (seat in _COMPETENT and reason.person_id in chiefs)
    ]
    return _line(case, managing + monitoring, managers, monitors)


def rank_of(org: Org, person_id: str, on: date) -> Rank:
    """The highest rank of the posts a person holds on a day."""
    ranks = {_RANK_OF.get(kind, Rank.ORDINARY) for kind in org.ranks_of(person_id, on)}
    return max(ranks, key=list(Rank).index, default=Rank.ORDINARY)


def _line(case: _Case, asked: _Places, managers: list[Reason], monitors: list[Reason]) -> Line:
    climbs = [tuple(_climb(case, seat)) for seat in asked]
    return Line(
        managers=tuple(dict.fromkeys(one.person_id for one in managers)),
        monitors=tuple(dict.fromkeys(one.person_id for one in monitors)),
        circular_fixed=any(_is_circular(case, climb) for climb in climbs),
        escalated_to_upper=any(climb[-1] in _UPPER for climb in climbs),
        reasons=(*managers, *monitors),
    )


def _seated(case: _Case, seat: Seat, row: str, *, manages: bool) -> Iterator[Reason]:
    *_, found = _climb(case, seat)
    person = _occupant(case, found)
    if person is None or person in case.holders:
        return
    rule = f"§5.2 {row}" if found is seat else f"§5.2 {row}, C-05"
    yield Reason(person, manages, seat, found, rule)
    for delegate in _delegates(case, found, person):
        yield Reason(delegate, manages, seat, found, f"{rule}, I-003", acting=True)


def _delegates(case: _Case, seat: Seat, person: str) -> Iterator[str]:
    unit = case.unit if seat in (Seat.CHIEF, Seat.DEPUTY_HEAD) else None
    for authority in _AUTHORITY.get(seat, ()):
        for delegate in case.org.delegates_of(person, authority, case.on, unit):
            if delegate not in case.holders:
                yield delegate


def _climb(case: _Case, seat: Seat) -> Iterator[Seat]:
    """The seats tried, the last one being where the search ends."""
    if case.disciplinary and seat in (Seat.DISCIPLINE, Seat.DISCIPLINE_LEAD):
        yield from (seat, Seat.UPPER_DISCIPLINE)
        return
    yield seat
    while seat in ONE_UP and _unfit(case, seat):
        seat = ONE_UP[seat]
        yield seat


def _unfit(case: _Case, seat: Seat) -> bool:
    person = _occupant(case, seat)
    return person is None or person in case.holders


def _is_circular(case: _Case, climb: _Places) -> bool:
    moved = climb[:-1]
    return any(_occupant(case, seat) in case.holders for seat in moved) or (
        case.disciplinary and climb[-1] is Seat.UPPER_DISCIPLINE
    )


_CHIEFS = (Role.SECTION_CHIEF, Role.OFFICE_CHIEF)
_AUTHORITY = {
    Seat.CHIEF: _CHIEFS,
    Seat.PROCESS_OWNER: _CHIEFS,
    Seat.LEGAL: _CHIEFS,
    Seat.DEPUTY_HEAD: (Role.DEPUTY_HEAD,),
    Seat.BUREAU_HEAD: (Role.BUREAU_HEAD,),
    Seat.DISCIPLINE_LEAD: (Role.DISCIPLINE_LEAD,),
    Seat.DISCIPLINE: (Role.DISCIPLINE_LEAD,),
}


def _occupant(case: _Case, seat: Seat) -> str | None:
    org, on = case.org, case.on
    match seat:
        case Seat.CHIEF:
            return _nearest_chief(org, case.unit, on)
        case Seat.PROCESS_OWNER:
            return _nearest_chief(org, case.owner_unit, on)
        case Seat.LEGAL:
            return next(
                (chief for unit in org.units_for("LEGAL", on) if (chief := org.chief_of(unit, on))), None
            )
        case Seat.DEPUTY_HEAD:
            return org.deputy_in_charge(case.unit, on) if case.unit else None
        case Seat.BUREAU_HEAD:
            return org.head(on)
        case Seat.DISCIPLINE | Seat.DISCIPLINE_LEAD:
            return org.discipline_lead(on)
        case Seat.UPPER_HEAD:
            return org.upper.head(on) if org.upper else None
        case Seat.UPPER_DISCIPLINE:
            return org.upper.discipline_lead(on) if org.upper else None


def _nearest_chief(org: Org, unit_id: str | None, on: date) -> str | None:
    return next((chief for step in org.ancestors(unit_id or "") if (chief := org.chief_of(step, on))), None)
