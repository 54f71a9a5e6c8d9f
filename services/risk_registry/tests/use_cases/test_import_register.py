"""A register is taken over whole or not at all (scenario 12), and a second time changes nothing."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from plumbline_contracts.risk_registry.v1 import RiskPointPublished
from plumbline_org.grades import RiskGrade
from plumbline_org.parts import Post, Unit, UnitKind
from plumbline_org.storage.write import put_post, put_unit
from plumbline_org.testing import linjiang
from plumbline_shared.clock import SHANGHAI, ManualClock
from plumbline_shared.errors import NotFound, Refused
from plumbline_shared.events import message_of
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from risk_registry import district_register
from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.points import Origin
from risk_registry.domain.standing import PointState
from risk_registry.domain.totals import Totals
from risk_registry.storage.points import whole_register
from risk_registry.storage.totals import totals_on
from risk_registry.testing import declaring, row, sheet
from risk_registry.use_cases.import_register import (
    BadCells,
    DeclaredTotals,
    ImportRegister,
    PointsMissing,
    RegisterImported,
    TotalsMismatch,
    TotalsMissing,
    import_register,
)

As = Callable[[str], Principal]
YEAR = date(2026, 1, 1)
PUBLISHED = files("risk_registry").joinpath("data/risk_points_published.csv").read_bytes()
ROWS = [
    row(),
    row(code="RP-RELIEF-APPR-03", grade="HIGH", posts="POLICY.chief"),
    row(code="RP-X-1", grade="LOW"),
]


def command(rows: Sequence[dict[str, str]] = ROWS, on: date = YEAR, **more: object) -> ImportRegister:
    """A sheet that declares its own totals."""
    content = sheet(rows, declaring(rows))
    return ImportRegister("register.csv", content, on, **more)  # type: ignore[arg-type]


async def take(runtime: Runtime, who: Principal, wanted: ImportRegister) -> RegisterImported:
    return await runtime.execute(who, import_register, wanted)


async def outbox(runtime: Runtime) -> list[RiskPointPublished]:
    async with runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch(
            "select data from outbox where subject = 'risk_registry.v1.RiskPointPublished' order by id"
        )
    return [message_of(RiskPointPublished, each["data"].encode()) for each in rows]


async def size(runtime: Runtime, bureau: str = "D01") -> int:
    async with runtime.db.read(system(bureau)) as conn:
        return len(await whole_register(conn, bureau, date(2030, 1, 1)))


async def test_the_district_register_comes_in_whole(runtime: Runtime, act_as: As, tmp_path: Path) -> None:
    await add_posts_of_the_district(runtime)
    out = tmp_path / "district.csv"
    district_register.write(out)
    done = await take(
        runtime, act_as("D01.huang-zhen"), ImportRegister("district.csv", out.read_bytes(), YEAR)
    )
    assert done == RegisterImported(Origin.REGISTER, 745, 0, 0, 0, {})
    async with runtime.db.read(system("D01")) as conn:
        totals = Totals(await totals_on(conn, "D01", YEAR))
        before = Totals(await totals_on(conn, "D01", YEAR - timedelta(days=1)))
    assert [totals.category(each) for each in ("TAX_OPERATIONS", "ADMINISTRATION", "PARTY_AFFAIRS")] == [
        413,
        248,
        84,
    ]
    assert [totals.grade(each) for each in RiskGrade] == [345, 253, 147]
    assert before.size == 0
    assert len(await outbox(runtime)) == 745


async def add_posts_of_the_district(runtime: Runtime) -> None:
    names = {post for line in district_register.lines() for post in line["posts"].split(";")}
    owners = {line["owner_unit"] for line in district_register.lines()}
    units = owners | {name.split(".")[0] for name in names}
    async with runtime.db.transaction(system()) as conn:
        for unit in units - {each.removeprefix("D01.") for each in linjiang().units}:
            await put_unit(conn, Unit(f"D01.{unit}", "D01", unit, UnitKind.SECTION))
        for name in names - {each.removeprefix("D01.") for each in linjiang().posts}:
            await put_post(conn, Post(f"D01.{name}", "D01", f"D01.{name.split('.')[0]}", name))


async def test_each_point_is_published_with_its_posts(runtime: Runtime, act_as: As) -> None:
    posts = "TO-4.clearance;TO-2.clearance"
    await take(runtime, act_as("D01.ma-qing"), command([row(code="RP-C-1", posts=posts, owner_unit="LEVY")]))
    (event,) = await outbox(runtime)
    assert (event.point_id, event.bureau_id, event.effective_from) == ("D01.RP-C-1", "D01", "2026-01-01")
    assert list(event.post_ids) == ["D01.TO-2.clearance", "D01.TO-4.clearance"]
    assert (event.post_id, event.unit_id) == ("D01.TO-2.clearance", "D01.TO-2")
    assert event.process_owner_unit_id == "D01.LEVY"


async def test_the_same_file_again_changes_nothing(runtime: Runtime, act_as: As) -> None:
    await take(runtime, act_as("D01.huang-zhen"), command())
    again = await take(runtime, act_as("D01.huang-zhen"), command(on=date(2026, 4, 1)))
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3)
    assert len(await outbox(runtime)) == 3


async def test_next_year_new_changed_and_dropped_points_are_told_apart(
    runtime: Runtime, act_as: As, clock: ManualClock
) -> None:
    await take(runtime, act_as("D01.huang-zhen"), command())
    clock.set(datetime(2026, 12, 20, 9, tzinfo=SHANGHAI))
    next_year = [row(title_zh="减免税审批超期"), ROWS[1], row(code="RP-NEW-1")]
    head = act_as("D01.huang-zhen")
    with pytest.raises(PointsMissing, match="RP-X-1"):
        await take(runtime, head, command(next_year, date(2027, 1, 1)))
    done = await take(runtime, head, command(next_year, date(2027, 1, 1), dissolve_missing=True))
    assert (done.created, done.changed, done.unchanged, done.dissolved) == (1, 1, 1, 1)
    async with runtime.db.read(system("D01")) as conn:
        old = {each.code: each for each in await whole_register(conn, "D01", date(2026, 12, 31))}
        new = {each.code: each for each in await whole_register(conn, "D01", date(2027, 1, 1))}
    assert old["RP-RELIEF-TIME-02"].description.title_zh == "减免税审批超时限"
    assert new["RP-RELIEF-TIME-02"].description.title_zh == "减免税审批超期"
    assert (old["RP-X-1"].state, new["RP-X-1"].state) == (PointState.ACTIVE, PointState.DISSOLVED)
    assert "RP-NEW-1" not in old


async def test_known_points_do_not_change_in_the_past(runtime: Runtime, act_as: As) -> None:
    await take(runtime, act_as("D01.huang-zhen"), command())
    with pytest.raises(EffectiveInPast):
        await take(runtime, act_as("D01.huang-zhen"), command([row(title_zh="改"), *ROWS[1:]], YEAR))


async def test_published_points_enter_as_proposals_with_their_source(runtime: Runtime, act_as: As) -> None:
    wanted = ImportRegister("risk_points_published.csv", PUBLISHED, YEAR)
    done = await take(runtime, act_as("D01.ma-qing"), wanted)
    assert done == RegisterImported(Origin.PUBLISHED, 168, 0, 0, 0, {"seed_derived": 27, "sod_rule": 5})
    async with runtime.db.read(system("D01")) as conn:
        found = await whole_register(conn, "D01", YEAR)
        totals = Totals(await totals_on(conn, "D01", YEAR))
    assert {each.state for each in found} == {PointState.PROPOSED}
    assert all(each.description.source.url for each in found)
    assert totals.size == 0
    assert await outbox(runtime) == []
    again = await take(runtime, act_as("D01.ma-qing"), wanted)
    assert (again.created, again.unchanged) == (0, 168)


@pytest.mark.parametrize(
    ("wanted", "refusal", "said"),
    [
        (command([row(), row(code="RP-2", grade="purple")]), BadCells, "row 10 grade"),
        (command([row(), row()]), BadCells, "has this code already"),
        (ImportRegister("r.csv", sheet(ROWS), YEAR), TotalsMissing, "declare"),
        (
            ImportRegister("r.csv", sheet(ROWS, [*declaring(ROWS)[:-1], ("grade", "HIGH", 2)]), YEAR),
            TotalsMismatch,
            "grade HIGH: declared 2, found 1",
        ),
        (
            ImportRegister("r.csv", sheet(ROWS, [("size", "", 4), *declaring(ROWS)[1:]]), YEAR),
            TotalsMismatch,
            "register size: declared 4, found 3; sum of the declared categories: declared 4, found 3",
        ),
        (
            ImportRegister(
                "r.csv",
                sheet(ROWS, declaring(ROWS)),
                YEAR,
                DeclaredTotals(
                    3,
                    {"TAX_OPERATIONS": 2, "ADMINISTRATION": 1, "PARTY_AFFAIRS": 0},
                    {"LOW": 1, "MEDIUM": 1, "HIGH": 1},
                ),
            ),
            TotalsMismatch,
            "category TAX_OPERATIONS: declared 2, found 3",
        ),
    ],
)
async def test_a_refused_file_leaves_nothing(
    runtime: Runtime, act_as: As, wanted: ImportRegister, refusal: type[Refused], said: str
) -> None:
    with pytest.raises(refusal, match=said):
        await take(runtime, act_as("D01.huang-zhen"), wanted)
    assert await size(runtime) == 0
    assert await outbox(runtime) == []


async def test_the_745_with_one_point_graded_otherwise_are_refused(
    runtime: Runtime, act_as: As, tmp_path: Path
) -> None:
    await add_posts_of_the_district(runtime)
    out = tmp_path / "district.csv"
    district_register.write(out)
    wrong = out.read_text(encoding="utf-8").replace(",LOW,HALL.window", ",HIGH,HALL.window", 1)
    with pytest.raises(TotalsMismatch) as refused:
        await take(runtime, act_as("D01.huang-zhen"), ImportRegister("d.csv", wrong.encode(), YEAR))
    assert "grade LOW: declared 345, found 344; grade HIGH: declared 147, found 148" in refused.value.message
    assert await size(runtime) == 0


async def test_a_grade_in_force_does_not_move_by_import(runtime: Runtime, act_as: As) -> None:
    await take(runtime, act_as("D01.huang-zhen"), command())
    with pytest.raises(BadCells, match="only a collective review"):
        await take(
            runtime, act_as("D01.huang-zhen"), command([row(grade="LOW"), *ROWS[1:]], date(2026, 5, 1))
        )


@pytest.mark.parametrize("who", ["D01.zhou-min", "D01.chen-gang", "D01.gu-ping", "D01.operator-07"])
async def test_others_do_not_import(runtime: Runtime, act_as: As, who: str) -> None:
    with pytest.raises(NotFound):
        await take(runtime, act_as(who), command())
    assert await size(runtime) == 0


async def test_a_second_bureau_with_the_same_codes_sees_nothing_of_the_first(
    runtime: Runtime, act_as: As
) -> None:
    await take(runtime, act_as("D01.huang-zhen"), command())
    await take(runtime, act_as("D02.huang-zhen"), command(ROWS[:1]))
    async with runtime.db.read(act_as("D02.huang-zhen")) as conn:
        assert await whole_register(conn, "D01", YEAR) == []
        assert [each.id for each in await whole_register(conn, "D02", YEAR)] == ["D02.RP-RELIEF-TIME-02"]
        assert await conn.fetchval("select count(*) from risk_point") == 1
