from datetime import date

import pytest
from directory.use_cases.import_directory import ImportDirectory, import_directory
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import IdempotencyMismatch, NotFound
from plumbline_shared.principal import Principal, system

DAY = date(2026, 4, 1)
HR = Principal("person", "D01.xie-tao", "D01", frozenset({"HR_OFFICER"}))
ROLLOUT = Principal("person", "C01.roll-out", "C01", frozenset({"ROLLOUT_ADMIN"}))
LOADER = Principal("client", scopes=frozenset({"directory:import"}))


async def test_a_first_load_publishes_every_part_once_in_order(directory, sent) -> None:
    events = [one for one in await sent() if not one[0].endswith("CalendarPublished")]
    subjects = list(dict.fromkeys(subject for subject, _ in events))
    assert subjects == [
        "directory.v1.BureauChanged",
        "directory.v1.UnitChanged",
        "directory.v1.PostChanged",
        "directory.v1.PersonChanged",
        "directory.v1.DutyRosterChanged",
        "directory.v1.DelegationChanged",
    ]
    assert len(events) == len(set(events)) == 2 + 4 + 6 + 5 + 1 + 1


async def test_the_replica_is_current_in_the_same_transaction(directory) -> None:
    async with directory.db.read(system()) as conn:
        org = await load_org(conn, "D01")
    assert org.chief_of("D01.POLICY", DAY) == "D01.chen-gang"
    assert org.roles_of("D01.xie-tao", DAY) == {"HR_OFFICER"}
    assert org.upper is not None


async def test_the_same_file_again_publishes_nothing(importing, book, sent) -> None:
    before = await sent()
    report = await importing(LOADER, book)
    assert (report.applied, report.changes, report.problems) == (True, (), ())
    assert await sent() == before


async def test_a_preview_writes_nothing(importing, sent) -> None:
    before = await sent()
    report = await importing(HR, {"persons": [{"id": "D01.wu-yan", "name": "吴燕"}]}, dry_run=True)
    assert not report.applied
    assert [(one.kind, one.added) for one in report.changes] == [("person", 1)]
    assert await sent() == before


async def test_one_bad_row_stops_the_whole_file(importing, sent) -> None:
    before = await sent()
    rows = [{"id": "D01.wu-yan", "name": "吴燕"}, {"id": "D01.li-wei", "name": None}]
    report = await importing(HR, {"persons": rows})
    assert not report.applied
    assert [(one.sheet, one.row, one.column) for one in report.problems] == [("persons", 3, "name")]
    assert await sent() == before


async def test_the_hr_officer_edits_the_own_bureau(importing, sent) -> None:
    report = await importing(HR, {"persons": [{"id": "D01.wu-yan", "name": "吴燕"}]})
    assert report.applied
    assert (await sent())[-1] == ("directory.v1.PersonChanged", "D01.wu-yan")


STRANGERS = [
    Principal("person", "D01.lin-jie", "D01", frozenset({"REVIEWER"})),
    Principal("person", "D02.hr", "D02", frozenset({"HR_OFFICER"})),
    Principal("person", "C01.hr", "C01", frozenset({"HR_OFFICER"})),
    Principal("person", "C02.roll-out", "C02", frozenset({"ROLLOUT_ADMIN"})),
    Principal("client", bureau_id="D01", scopes=frozenset({"intake"})),
]


async def test_whoever_may_not_edit_finds_no_bureau(importing, sent, book) -> None:
    before = await sent()
    book["persons"].append({"id": "D01.wu-yan", "name": "吴燕"})
    for who in STRANGERS:
        with pytest.raises(NotFound):
            await importing(who, book)
    assert await sent() == before


async def test_the_roll_out_administrator_edits_the_bureaus_below(importing) -> None:
    assert (await importing(ROLLOUT, {"persons": [{"id": "D01.wu-yan", "name": "吴燕"}]})).applied
    fresh = [{"id": "D02", "name": "临山区税务局", "level": "DISTRICT", "parent_id": "C01"}]
    assert (await importing(ROLLOUT, {"bureaus": fresh})).applied
    assert (
        await importing(ROLLOUT, {"units": [{"id": "D02.LEGAL", "name": "法制科", "kind": "SECTION"}]})
    ).applied


async def test_the_same_key_imports_once_and_with_another_file_not_at_all(directory, make_file) -> None:
    command = ImportDirectory(make_file({"persons": [{"id": "D01.wu-yan", "name": "吴燕"}]}))
    first = await directory.execute(HR, import_directory, command, key="k")
    assert await directory.execute(HR, import_directory, command, key="k") == first
    other = ImportDirectory(make_file({"persons": [{"id": "D01.wu-yan", "name": "吴艳"}]}))
    with pytest.raises(IdempotencyMismatch):
        await directory.execute(HR, import_directory, other, key="k")


async def test_every_change_leaves_an_audit_row(directory, importing) -> None:
    await importing(HR, {"persons": [{"id": "D01.wu-yan", "name": "吴燕"}]})
    async with directory.db.read(system()) as conn:
        rows = await conn.fetch("select * from audit_entry where object_id = 'D01.wu-yan'")
    assert len(rows) == 1
