"""Events of the directory into the replica. Each carries a whole state, so a repeat changes nothing."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from plumbline_contracts.directory import v1
from plumbline_contracts.registry import label
from plumbline_shared.migrate import Migrations
from plumbline_shared.use_case import Uow

from plumbline_org.calendars import CalendarData
from plumbline_org.parts import (
    Assignment,
    AssignmentKind,
    Bureau,
    BureauLevel,
    Delegation,
    Duty,
    Person,
    PersonStatus,
    Post,
    PostKind,
    RoleGrant,
    Span,
    StatusSpan,
    Unit,
    UnitKind,
)
from plumbline_org.storage import write

ORG_MIGRATIONS = Migrations("org", Path(__file__).parent / "migrations")


async def on_bureau_changed(uow: Uow, event: v1.BureauChanged) -> None:
    """Keep the bureau."""
    bureau = Bureau(
        id=event.bureau_id,
        name=event.name,
        level=BureauLevel(label(v1.BureauLevel, event.level)),
        parent_id=event.parent_bureau_id or None,
        name_en=event.name_en,
        span=_span(event.effective_from, event.effective_to),
    )
    await write.put_bureau(uow.conn, bureau)


async def on_unit_changed(uow: Uow, event: v1.UnitChanged) -> None:
    """Keep the unit."""
    unit = Unit(
        id=event.unit_id,
        bureau_id=event.bureau_id,
        name=event.name,
        kind=UnitKind(label(v1.UnitKind, event.kind)),
        parent_id=event.parent_unit_id or None,
        name_en=event.name_en,
        functions=frozenset(event.functions),
        head_post_id=event.head_post_id or None,
        deputy_in_charge_post_id=event.deputy_in_charge_post_id or None,
        span=_span(event.effective_from, event.effective_to),
    )
    await write.put_unit(uow.conn, unit)


async def on_post_changed(uow: Uow, event: v1.PostChanged) -> None:
    """Keep the post."""
    post = Post(
        id=event.post_id,
        bureau_id=event.bureau_id,
        unit_id=event.unit_id,
        title=event.title,
        kind=PostKind(label(v1.PostKind, event.kind)),
        title_en=event.title_en,
        span=_span(event.effective_from, event.effective_to),
    )
    await write.put_post(uow.conn, post)


async def on_person_changed(uow: Uow, event: v1.PersonChanged) -> None:
    """Keep the person with the whole history of assignments, grants and status."""
    person = Person(
        id=event.person_id,
        bureau_id=event.bureau_id,
        name=event.name,
        name_en=event.name_en,
        account=event.account or None,
        managed_by_bureau_id=event.managed_by_bureau_id or None,
        enforcement_qualified=event.enforcement_qualified,
        statuses=_statuses(event),
        assignments=tuple(_assignment(event.person_id, one) for one in event.assignments),
        grants=tuple(_grant(event.person_id, one) for one in event.role_grants),
    )
    await write.put_person(uow.conn, person)


async def on_duty_roster_changed(uow: Uow, event: v1.DutyRosterChanged) -> None:
    """Keep the roster of a month."""
    duties = [Duty(date.fromisoformat(one.on), one.rank, one.person_id) for one in event.duties]
    await write.put_roster(uow.conn, event.roster_id, event.bureau_id, duties)


async def on_delegation_changed(uow: Uow, event: v1.DelegationChanged) -> None:
    """Keep the delegation."""
    delegation = Delegation(
        id=event.delegation_id,
        grantor_id=event.grantor_person_id,
        delegate_id=event.delegate_person_id,
        authority=event.authority,
        unit_id=event.unit_id or None,
        span=_span(event.effective_from, event.effective_to),
        revoked=event.revoked,
    )
    await write.put_delegation(uow.conn, event.bureau_id, delegation)


async def on_calendar_published(uow: Uow, event: v1.CalendarPublished) -> None:
    """Keep the calendar now in force."""
    working = {date.fromisoformat(one.on): one.working for one in event.exceptions}
    data = CalendarData(
        version=event.version,
        first_day=date.fromisoformat(event.first_day),
        horizon=date.fromisoformat(event.horizon),
        off_days=frozenset(day for day, worked in working.items() if not worked),
        made_up_days=frozenset(day for day, worked in working.items() if worked),
    )
    await write.put_calendar(uow.conn, event.bureau_id, data)


ORG_SUBSCRIPTIONS: Mapping[type[Message], Callable[[Uow, Any], Awaitable[None]]] = {
    v1.BureauChanged: on_bureau_changed,
    v1.UnitChanged: on_unit_changed,
    v1.PostChanged: on_post_changed,
    v1.PersonChanged: on_person_changed,
    v1.DutyRosterChanged: on_duty_roster_changed,
    v1.DelegationChanged: on_delegation_changed,
    v1.CalendarPublished: on_calendar_published,
}


def _span(first: str, until: str) -> Span:
    return Span(_day(first), _day(until))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _statuses(event: v1.PersonChanged) -> tuple[StatusSpan, ...]:
    spans = [
        StatusSpan(_status(one.status), _span(one.effective_from, one.effective_to))
        for one in event.status_spans
    ]
    if not spans and event.status:
        return (StatusSpan(_status(event.status), Span()),)
    return tuple(spans)


def _status(number: int) -> PersonStatus:
    return PersonStatus(label(v1.PersonStatus, number))


def _assignment(person_id: str, one: v1.PersonChanged.Assignment) -> Assignment:
    return Assignment(
        id=one.assignment_id,
        person_id=person_id,
        post_id=one.post_id,
        unit_id=one.unit_id,
        kind=AssignmentKind(label(v1.AssignmentKind, one.kind)),
        span=_span(one.effective_from, one.effective_to),
    )


def _grant(person_id: str, one: v1.PersonChanged.RoleGrant) -> RoleGrant:
    return RoleGrant(
        id=one.grant_id,
        person_id=person_id,
        role=one.role,
        unit_id=one.unit_id or None,
        domain=one.domain or None,
        span=_span(one.effective_from, one.effective_to),
    )
