"""A workbook as people send it: what is in it comes back, and what is wrong with it is named cell by cell."""

import base64
import io
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.marks import Focus, Tag
from risk_registry.domain.register_format import KEYS
from risk_registry.domain.workbook import write_register
from risk_registry.storage.points import whole_register
from risk_registry.testing import declaring, row
from risk_registry.use_cases.import_register import BadCells, ImportRegister, import_register

As = Callable[[str], Principal]
YEAR, DAY = date(2026, 1, 1), date(2026, 4, 1)
HEAD = "D01.huang-zhen"
MARKED = {"traits": "临近期限集中发生", "tags": "自由裁量权;INTEGRITY", "focus": "高危岗位"}
ROWS = [row(), row(code="RP-X-1", grade="HIGH", posts="POLICY.chief", **MARKED)]
LIST = """
query ($filter: RiskPointFilter) {
  riskPoints(filter: $filter) { nodes { code traits tags focus } facets { size } }
}
"""
PREVIEW = """
query ($file: RegisterFileInput!) {
  registerImportPreview(file: $file, effectiveFrom: "2026-04-01") { badCells { row column value code } }
}
"""


def workbook(rows: list[dict[str, str]]) -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    """An open workbook with the register on its first sheet: seven rows declare, the eighth names the columns."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    first = book.add_worksheet()
    declared = [("#declared", *map(str, each)) for each in declaring(rows)]
    for number, line in enumerate([*declared, KEYS, *([each[key] for key in KEYS] for each in rows)]):
        first.write_row(number, 0, line)
    return buffer, book


async def test_marks_come_in_are_seen_and_searched_and_go_out_without_loss(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    buffer, book = workbook(ROWS)
    book.close()
    await runtime.execute(act_as(HEAD), import_register, ImportRegister("a.xlsx", buffer.getvalue(), YEAR))
    for narrowed, codes in (
        ({"tag": "DISCRETION"}, ["RP-X-1"]), ({"focus": "POST"}, ["RP-X-1"]), ({"tag": "TEAM"}, []),
        ({"focus": "STEP"}, []), (None, ["RP-RELIEF-TIME-02", "RP-X-1"]),
    ):  # fmt: skip
        found = (await graphql(runtime, act_as(HEAD), LIST, {"filter": narrowed}))["data"]["riskPoints"]
        assert ([each["code"] for each in found["nodes"]], found["facets"]["size"]) == (codes, len(codes))
    marked = {"traits": MARKED["traits"], "tags": ["DISCRETION", "INTEGRITY"], "focus": ["POST"]}
    assert found["nodes"][1] == {"code": "RP-X-1", **marked}
    async with runtime.db.read(system("D01")) as conn:
        register = await whole_register(conn, "D01", YEAR)
    assert [each.description.tags for each in register] == [(), (Tag.DISCRETION, Tag.INTEGRITY)]
    assert register[1].description.focus == (Focus.POST,)
    back = ImportRegister("b.xlsx", write_register(register), DAY)
    again = await runtime.execute(act_as(HEAD), import_register, back)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)


async def test_every_cell_of_a_bad_workbook_is_named_and_nothing_of_it_comes_in(
    runtime: Runtime, act_as: As, graphql: RunGraphQL
) -> None:
    foreign = row(code="RP-F-1", posts="D02.POLICY.reviewer", owner_unit="D02.LEVY", tags="运气")
    rows = [
        row(),
        row(),
        foreign,
        row(code="RP-M-1", cause=""),
        row(code="RP-E-1"),
        row(code="RP-G-1", step=""),
        row(code="RP-U-1", cause="制度🦄缺失"),
        row(code="RP-P-1", item="RI-HZ-01", power="PW-1"),
    ]
    buffer, book = workbook(rows)
    first = book.worksheets()[0]
    first.write(9, len(KEYS) + 2, "批注")
    first.write_formula(12, KEYS.index("consequence"), "=#REF!", None, "#REF!")
    first.merge_range(13, KEYS.index("process"), 13, KEYS.index("step"), "减免税")
    book.close()
    bad = [
        (0, "I14:J14", "MERGED_CELLS"),
        (13, "consequence", "FORMULA_FAULT"),
        (10, "X", "BEYOND_HEADER"),
        (11, "posts", "UNKNOWN_POST"),
        (11, "owner_unit", "UNKNOWN_UNIT"),
        (11, "tags", "UNKNOWN_WORD"),
        (12, "cause", "MISSING"),
        (14, "step", "MISSING"),
        (10, "code", "DUPLICATE_CODE"),
        (15, "cause", "NO_GLYPH"),
        (16, "item", "UNKNOWN_CODE"),
        (16, "power", "UNKNOWN_CODE"),
    ]
    file = {"name": "a.xlsx", "contentBase64": base64.b64encode(buffer.getvalue()).decode()}
    answer = await graphql(runtime, act_as(HEAD), PREVIEW, {"file": file})
    seen = answer["data"]["registerImportPreview"]["badCells"]
    assert sorted((each["row"], each["column"], each["code"]) for each in seen) == sorted(bad)
    with pytest.raises(BadCells, match=f"^{len(bad)} cells are wrong"):
        await runtime.execute(
            act_as(HEAD), import_register, ImportRegister("a.xlsx", buffer.getvalue(), YEAR)
        )
    async with runtime.db.read(system("D01")) as conn:
        assert await whole_register(conn, "D01", date(2030, 1, 1)) == []
