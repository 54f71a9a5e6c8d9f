"""A small bureau as a workbook, to import whole or with one thing changed."""

import copy
import io
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pytest
import pytest_asyncio
import xlsxwriter
from directory.app import definition
from directory.use_cases.import_directory import ImportDirectory, ImportReport, import_directory
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RuntimeFor

Row = dict[str, Any]
Book = dict[str, list[Row]]
MakeFile = Callable[[Mapping[str, Sequence[Row]]], bytes]
Importing = Callable[..., Awaitable[ImportReport]]
Sent = Callable[[], Awaitable[list[tuple[str, str]]]]

LOADER = Principal("client", scopes=frozenset({"directory:import"}))
HR = Principal("person", "D01.xie-tao", "D01", frozenset({"HR_OFFICER"}), frozenset({"D01.POLICY"}))

SINCE = date(2025, 1, 1)


@pytest.fixture
def book() -> Book:
    """City bureau C01 and district bureau D01 with a head, a section of three and an office."""
    return copy.deepcopy(BOOK)


@pytest.fixture
def make_file() -> MakeFile:
    """Rows by sheet → the bytes of an `.xlsx`."""

    def make(book: Mapping[str, Sequence[Row]]) -> bytes:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            for name, rows in book.items():
                sheet = workbook.add_worksheet(name)
                columns = list(dict.fromkeys(column for row in rows for column in row))
                sheet.write_row(0, 0, columns)
                for number, row in enumerate(rows, 1):
                    for place, column in enumerate(columns):
                        _write(sheet, number, place, row.get(column))
        return content.getvalue()

    return make


def _write(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day))  # noqa: DTZ001
    elif value is not None:
        sheet.write(row, column, value)


def _post(identifier: str, title: str, kind: str) -> Row:
    return {"id": identifier, "unit_id": identifier.rpartition(".")[0], "title": title, "kind": kind}


def _assignment(person: str, post: str) -> Row:
    return {"person_id": f"D01.{person}", "post_id": f"D01.{post}", "effective_from": SINCE}


BOOK: Book = {
    "bureaus": [
        {"id": "C01", "name": "市税务局", "level": "CITY", "parent_id": None},
        {"id": "D01", "name": "临江区税务局", "level": "district", "parent_id": "C01"},
    ],
    "units": [
        {"id": "D01.LEAD", "name": "局领导", "kind": "LEADERSHIP", "head_post_id": "D01.LEAD.head"},
        {
            "id": "D01.POLICY",
            "name": "税政科",
            "kind": "SECTION",
            "functions": "policy，relief",
            "head_post_id": "D01.POLICY.chief",
            "deputy_in_charge_post_id": "D01.LEAD.deputy",
        },
        {"id": "D01.TO-3", "name": "三所", "kind": "OFFICE", "head_post_id": "D01.TO-3.chief"},
        {"id": "D01.TO-3.TEAM", "name": "一组", "kind": "OFFICE", "parent_id": "D01.TO-3"},
    ],
    "posts": [
        _post("D01.LEAD.head", "局长", "BUREAU_HEAD"),
        _post("D01.LEAD.deputy", "副局长", "DEPUTY_HEAD"),
        _post("D01.POLICY.chief", "科长", "CHIEF"),
        _post("D01.POLICY.reviewer", "审核岗", "OFFICER"),
        _post("D01.POLICY.hr", "人事岗", "OFFICER"),
        _post("D01.TO-3.chief", "所长", "CHIEF"),
    ],
    "persons": [
        {"id": "D01.huang-zhen", "name": "黄镇"},
        {"id": "D01.zhou-min", "name": "周敏"},
        {"id": "D01.chen-gang", "name": "陈刚"},
        {"id": "D01.lin-jie", "name": "林杰", "enforcement_qualified": "是"},
        {"id": "D01.xie-tao", "name": "谢涛", "account": "xie@tax"},
    ],
    "assignments": [
        _assignment("huang-zhen", "LEAD.head"),
        _assignment("zhou-min", "LEAD.deputy"),
        _assignment("chen-gang", "POLICY.chief"),
        _assignment("lin-jie", "POLICY.reviewer"),
        _assignment("xie-tao", "POLICY.hr"),
    ],
    "roles": [
        {"person_id": "D01.xie-tao", "role": "HR_OFFICER", "effective_from": SINCE},
        {"person_id": "D01.lin-jie", "role": "REVIEWER", "unit_id": "D01.POLICY", "effective_from": SINCE},
    ],
    "roster": [
        {"on": date(2026, 4, 1), "person_id": "D01.zhou-min"},
        {"on": date(2026, 4, 1), "person_id": "D01.huang-zhen", "rank": 2},
    ],
    "delegations": [
        {
            "grantor_person_id": "D01.chen-gang",
            "delegate_person_id": "D01.lin-jie",
            "authority": "SECTION_CHIEF",
            "effective_from": "2026-05-01",
            "effective_to": "2026-05-08",
        }
    ],
}


@pytest_asyncio.fixture
async def directory(runtime_for: RuntimeFor, book: Book, make_file: MakeFile) -> Runtime:
    """The service with the small bureau in it."""
    runtime = await runtime_for(definition)
    await runtime.execute(LOADER, import_directory, ImportDirectory(make_file(book)))
    return runtime


@pytest.fixture
def importing(directory: Runtime, make_file: MakeFile) -> Importing:
    """`await importing(principal, {"units": [...]})`: import as somebody into the loaded bureau."""

    async def run(
        principal: Principal, book: Mapping[str, Sequence[Row]], dry_run: bool = False
    ) -> ImportReport:
        return await directory.execute(principal, import_directory, ImportDirectory(make_file(book), dry_run))

    return run


@pytest.fixture
def sent(directory: Runtime) -> Sent:
    """`await sent()`: the subject and aggregate of every event in the outbox, in order."""

    async def read() -> list[tuple[str, str]]:
        async with directory.db.read(system()) as conn:
            rows = await conn.fetch("select subject, aggregate_id from outbox order by id")
        return [(row["subject"], row["aggregate_id"]) for row in rows]

    return read
