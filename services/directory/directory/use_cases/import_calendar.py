"""Publish a version of the working calendar: the year's notice, or its correction (I-002)."""

from dataclasses import replace
from datetime import date

import msgspec
from plumbline_org.calendars import CalendarData, calendar_data
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from directory.domain.parts import Directory, PublishedCalendar, changes
from directory.use_cases.recording import authorize, known_for_change, record

NATIONAL = ""
SEED_CITATION = "国务院办公厅关于部分节假日安排的通知 (chinesecalendar)"


class ImportCalendar(msgspec.Struct, frozen=True, kw_only=True):
    """Weekdays in `off_days` are free, weekend days in `made_up_days` are worked, all others Monday to Friday.

    `bureau_id` empty is the national calendar, which every bureau without its own uses.
    """

    bureau_id: str = NATIONAL
    version: str
    first_day: date
    horizon: date
    citation: str
    off_days: tuple[date, ...] = ()
    made_up_days: tuple[date, ...] = ()


async def import_calendar(uow: Uow, command: ImportCalendar) -> str:
    """Publish the calendar and return its version; publishes CalendarPublished.

    Raises Invalid for days that do not fit, Conflict for a version that was published with other days,
    NotFound when the bureau is not the caller's.
    """
    _check_days(command)
    known = await known_for_change(uow, [command.bureau_id])
    if command.bureau_id and command.bureau_id not in known.bureaus:
        raise absent("bureau")
    calendar = _calendar(command)
    before = known.calendars.get(calendar.id)
    if before and before.data.version == command.version and before != calendar:
        raise Conflict("this version was published with other days: give the correction its own version")
    await _publish(uow, known, calendar)
    return command.version


class SeedCalendar(msgspec.Struct, frozen=True):
    """Nothing to say: the notices are in the package `chinesecalendar`."""


async def seed_national_calendar(uow: Uow, command: SeedCalendar) -> None:
    """On the first start, publish the calendar of the known notices; later starts change nothing."""
    known = await known_for_change(uow, [NATIONAL])
    if not known.calendars:
        await _publish(uow, known, PublishedCalendar(NATIONAL, calendar_data(seed_calendar()), SEED_CITATION))


async def _publish(uow: Uow, known: Directory, calendar: PublishedCalendar) -> None:
    after = replace(known, calendars={**known.calendars, calendar.id: calendar})
    changed = changes(known, after)
    await authorize(uow, after, changed)
    await record(uow, "directory.import_calendar", after, changed, uow.today)


def _calendar(command: ImportCalendar) -> PublishedCalendar:
    data = CalendarData(
        version=command.version,
        first_day=command.first_day,
        horizon=command.horizon,
        off_days=frozenset(command.off_days),
        made_up_days=frozenset(command.made_up_days),
    )
    return PublishedCalendar(command.bureau_id, data, command.citation)


def _check_days(command: ImportCalendar) -> None:
    if command.horizon <= command.first_day:
        raise Invalid("horizon must be later than firstDay", path=["input", "horizon"])
    if not command.version or not command.citation:
        raise Invalid("a calendar has a version and cites its notice", path=["input", "citation"])
    _check_each("offDays", command.off_days, command, weekend=False)
    _check_each("madeUpDays", command.made_up_days, command, weekend=True)


def _check_each(field: str, days: tuple[date, ...], command: ImportCalendar, *, weekend: bool) -> None:
    for index, day in enumerate(days):
        if not command.first_day <= day <= command.horizon:
            raise Invalid(f"{day} lies outside the calendar", path=["input", field, index])
        if (day.weekday() >= 5) is not weekend:
            what = "a weekend day" if weekend else "a weekday"
            raise Invalid(f"{day} is not {what}", path=["input", field, index])
