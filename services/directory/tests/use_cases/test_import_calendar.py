from datetime import date

import pytest
from directory.use_cases.import_calendar import (
    ImportCalendar,
    SeedCalendar,
    import_calendar,
    seed_national_calendar,
)
from plumbline_org.calendars import calendar_data
from plumbline_org.storage.load import load_org
from plumbline_shared.calendar import seed_calendar
from plumbline_shared.errors import Conflict, Invalid, NotFound
from plumbline_shared.principal import Principal, system

LOADER = Principal("client", scopes=frozenset({"directory:import"}))
HR = Principal("person", "D01.xie-tao", "D01", frozenset({"HR_OFFICER"}))
SEED = calendar_data(seed_calendar())
EXTRA = date(2026, 4, 2)


def correction(**more) -> ImportCalendar:
    plain = {
        "version": "2026-corrected",
        "first_day": SEED.first_day,
        "horizon": SEED.horizon,
        "citation": "国办发明电〔2026〕1号",
        "off_days": tuple(SEED.off_days | {EXTRA}),
        "made_up_days": tuple(SEED.made_up_days),
    }
    return ImportCalendar(**{**plain, **more})


async def calendar_of(directory):
    async with directory.db.read(system()) as conn:
        return (await load_org(conn, "D01")).calendar


async def test_the_first_start_publishes_the_known_notices_once(directory, sent) -> None:
    await directory.execute(system(), seed_national_calendar, SeedCalendar())
    assert [subject for subject, _ in await sent()].count("directory.v1.CalendarPublished") == 1
    assert (await calendar_of(directory)).working_days() == seed_calendar().working_days()


async def test_a_correction_moves_due_dates(directory) -> None:
    assert (await calendar_of(directory)).add_working_days(date(2026, 4, 1), 20).on == date(2026, 4, 30)
    await directory.execute(LOADER, import_calendar, correction())
    calendar = await calendar_of(directory)
    assert calendar.version == "2026-corrected"
    assert calendar.add_working_days(date(2026, 4, 1), 20).on == date(2026, 5, 6)


async def test_a_bureaus_own_calendar_is_its_own(directory) -> None:
    await directory.execute(HR, import_calendar, correction(bureau_id="D01"))
    assert not (await calendar_of(directory)).is_working(EXTRA)
    async with directory.db.read(system()) as conn:
        assert (await load_org(conn, "C01")).calendar.is_working(EXTRA)


MISFITS = [
    ({"off_days": (date(2026, 4, 4),)}, Invalid),
    ({"made_up_days": (date(2026, 4, 2),)}, Invalid),
    ({"off_days": (date(2036, 4, 2),)}, Invalid),
    ({"horizon": date(2019, 1, 1)}, Invalid),
    ({"citation": ""}, Invalid),
    ({"bureau_id": "D09"}, NotFound),
]


async def test_a_calendar_that_does_not_fit_is_refused(directory, sent) -> None:
    before = await sent()
    for more, error in MISFITS:
        with pytest.raises(error):
            await directory.execute(LOADER, import_calendar, correction(**more))
    assert await sent() == before


async def test_a_version_names_one_calendar_for_ever(directory) -> None:
    await directory.execute(LOADER, import_calendar, correction())
    with pytest.raises(Conflict):
        await directory.execute(LOADER, import_calendar, correction(off_days=tuple(SEED.off_days)))


async def test_an_officer_does_not_change_the_national_calendar(directory) -> None:
    with pytest.raises(NotFound):
        await directory.execute(HR, import_calendar, correction())
