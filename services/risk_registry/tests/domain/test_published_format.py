"""The published list: its risk points with their sources; the rest is counted, never silently left out."""

from importlib.resources import files

import pytest
from plumbline_org.grades import RiskCategory, RiskGrade
from risk_registry.domain.points import Origin, Source
from risk_registry.domain.published_format import COLUMNS, is_published, read_published
from risk_registry.domain.sheet import read_table

CONTENT = files("risk_registry").joinpath("data/risk_points_published.csv").read_bytes()
TABLE = read_table("risk_points_published.csv", CONTENT)


def one(**cells: str) -> bytes:
    known = {
        "row_id": "RP-001",
        "row_kind": "risk_point",
        "domain": "业务",
        "process": "税务登记",
        "step": "受理",
    }
    source = {
        "risk_point": "资料不全",
        "source_title": "表",
        "source_url": "https://example.org",
        "source_locator": "1",
    }
    given = {**known, **source, **cells}
    return ",".join(COLUMNS).encode() + b"\n" + ",".join(given.get(name, "") for name in COLUMNS).encode()


def test_all_rows_are_taken_or_counted() -> None:
    file = read_published(TABLE)
    assert is_published(TABLE)
    assert not file.errors
    assert file.origin is Origin.PUBLISHED
    assert len(file.entries) == 168
    assert file.skipped == {"seed_derived": 27, "sod_rule": 5}


def test_colours_of_the_list_are_those_of_s1() -> None:
    grades = [entry.grade for entry in read_published(TABLE).entries]
    assert {grade: grades.count(grade) for grade in (*RiskGrade, None)} == {
        RiskGrade.HIGH: 7,
        RiskGrade.MEDIUM: 3,
        RiskGrade.LOW: 6,
        None: 152,
    }


def test_every_point_keeps_its_source_and_its_named_post() -> None:
    first = read_published(TABLE).entries[0]
    assert first.code == "RP-001"
    assert first.description.category is RiskCategory.TAX_OPERATIONS
    assert first.description.post_named == "主管税务机关"
    assert first.description.posts == ()
    assert first.description.source == Source(
        "县区税务机关职权廉政风险点与防控措施表(政务公开)",
        "https://www.wjbhcs.com/public/6600601/13004451.html",
        "序号1",
    )


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("grade_norm", "blue", "UNKNOWN_WORD"),
        ("domain", "外事", "UNKNOWN_WORD"),
        ("source_url", "", "MISSING"),
        ("row_id", "x", "BAD_CODE"),
    ],
)
def test_a_bad_cell_is_named(column: str, value: str, code: str) -> None:
    (error,) = read_published(read_table("p.csv", one(**{column: value}))).errors
    assert (error.row, error.column, error.code) == (2, column, code)
