"""The parts of a bureau as the directory publishes them: the mirror image of `replica`."""

from collections.abc import Iterable
from datetime import date

from plumbline_contracts.directory import v1
from plumbline_contracts.registry import number

from plumbline_org.calendars import CalendarData
from plumbline_org.parts import (
    Assignment,
    Bureau,
    Delegation,
    Duty,
    Person,
    Post,
    RoleGrant,
    StatusSpan,
    Unit,
)


def bureau_changed(one: Bureau) -> v1.BureauChanged:
    """A bureau's whole state."""
    return v1.BureauChanged(
        bureau_id=one.id,
        parent_bureau_id=one.parent_id or "",
        name=one.name,
        name_en=one.name_en,
        level=number(v1.BureauLevel, one.level),  # pyright: ignore[reportArgumentType]
        effective_from=_text(one.span.first),
        effective_to=_text(one.span.until),
    )


def unit_changed(one: Unit) -> v1.UnitChanged:
    """A unit's whole state."""
    return v1.UnitChanged(
        unit_id=one.id,
        bureau_id=one.bureau_id,
        parent_unit_id=one.parent_id or "",
        name=one.name,
        name_en=one.name_en,
        kind=number(v1.UnitKind, one.kind),  # pyright: ignore[reportArgumentType]
        functions=sorted(one.functions),
        head_post_id=one.head_post_id or "",
        deputy_in_charge_post_id=one.deputy_in_charge_post_id or "",
        effective_from=_text(one.span.first),
        effective_to=_text(one.span.until),
    )


def post_changed(one: Post) -> v1.PostChanged:
    """A post's whole state."""
    return v1.PostChanged(
        post_id=one.id,
        bureau_id=one.bureau_id,
        unit_id=one.unit_id,
        title=one.title,
        title_en=one.title_en,
        kind=number(v1.PostKind, one.kind),  # pyright: ignore[reportArgumentType]
        effective_from=_text(one.span.first),
        effective_to=_text(one.span.until),
    )


def person_changed(one: Person, today: date) -> v1.PersonChanged:
    """A person's whole state; `status` is today's, the spans are the history."""
    return v1.PersonChanged(
        person_id=one.id,
        bureau_id=one.bureau_id,
        name=one.name,
        name_en=one.name_en,
        account=one.account or "",
        status=number(v1.PersonStatus, one.status(today)),  # pyright: ignore[reportArgumentType]
        assignments=[_assignment(assignment) for assignment in one.assignments],
        role_grants=[_grant(grant) for grant in one.grants],
        status_spans=[_status(span) for span in one.statuses],
        managed_by_bureau_id=one.managed_by_bureau_id or "",
        enforcement_qualified=one.enforcement_qualified,
    )


def duty_roster_changed(bureau_id: str, month: str, duties: Iterable[Duty]) -> v1.DutyRosterChanged:
    """The roster of a bureau and month (`2026-10`), whole."""
    days = [v1.DutyRosterChanged.Duty(on=_text(d.on), person_id=d.person_id, rank=d.rank) for d in duties]
    return v1.DutyRosterChanged(
        roster_id=f"{bureau_id}/{month}", bureau_id=bureau_id, month=month, duties=days
    )


def delegation_changed(bureau_id: str, one: Delegation) -> v1.DelegationChanged:
    """A delegation's whole state."""
    return v1.DelegationChanged(
        delegation_id=one.id,
        bureau_id=bureau_id,
        grantor_person_id=one.grantor_id,
        delegate_person_id=one.delegate_id,
        authority=one.authority,
        unit_id=one.unit_id or "",
        effective_from=_text(one.span.first),
        effective_to=_text(one.span.until),
        revoked=one.revoked,
    )


def calendar_published(bureau_id: str, data: CalendarData, citation: str) -> v1.CalendarPublished:
    """A version of the working calendar, whole."""
    days = {**dict.fromkeys(data.off_days, False), **dict.fromkeys(data.made_up_days, True)}
    return v1.CalendarPublished(
        calendar_id=f"{bureau_id}/calendar",
        bureau_id=bureau_id,
        version=data.version,
        first_day=_text(data.first_day),
        horizon=_text(data.horizon),
        citation=citation,
        exceptions=[v1.CalendarPublished.Exception(on=_text(on), working=days[on]) for on in sorted(days)],
    )


def _assignment(one: Assignment) -> v1.PersonChanged.Assignment:
    return v1.PersonChanged.Assignment(
        assignment_id=one.id,
        post_id=one.post_id,
        unit_id=one.unit_id,
        kind=number(v1.AssignmentKind, one.kind),  # pyright: ignore[reportArgumentType]
        effective_from=_text(one.span.first),
        effective_to=_text(one.span.until),
    )


def _grant(one: RoleGrant) -> v1.PersonChanged.RoleGrant:
    return v1.PersonChanged.RoleGrant(
        grant_id=one.id,
        role=one.role,
        unit_id=one.unit_id or "",
        domain=one.domain or "",
        effective_from=_text(one.span.first),
        effective_to=_text(one.span.until),
    )


def _status(one: StatusSpan) -> v1.PersonChanged.StatusSpan:
    return v1.PersonChanged.StatusSpan(
        status=number(v1.PersonStatus, one.status),  # pyright: ignore[reportArgumentType]
        effective_from=_text(one.span.first),
        effective_to=_text(one.span.until),
    )


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
