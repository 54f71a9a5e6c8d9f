"""The bureau's own sheet: every bad cell is named with its row, its column and a way out."""

import pytest
from risk_registry.domain.entries import Places, RegisterFile
from risk_registry.domain.marks import TAXONOMIES, Focus, Tag
from risk_registry.domain.points import Origin
from risk_registry.domain.register_format import COLUMNS, KEYS, read_register
from risk_registry.domain.sheet import read_table
from risk_registry.testing import description, row, sheet

PLACES = Places(
    "D01",
    {"D01.POLICY.reviewer": "D01.POLICY", "D01.TO-2.clearance": "D01.TO-2", "D01.TO-4.clearance": "D01.TO-4"},
    frozenset({"D01.POLICY", "D01.LEVY", "D01.TO-2", "D01.TO-4"}),
)


def read(*rows: dict[str, str], columns: tuple[str, ...] = KEYS, declared: object = ()) -> RegisterFile:
    return read_register(read_table("a.csv", sheet(rows, declared, columns)), PLACES)  # type: ignore[arg-type]


def codes(file: RegisterFile) -> list[tuple[int, str, str]]:
    return [(error.row, error.column, error.code) for error in file.errors]


def test_a_good_row_becomes_an_entry() -> None:
    file = read(row(posts="TO-4.clearance； TO-2.clearance", owner_unit="LEVY"))
    (entry,) = file.entries
    assert not file.errors
    assert file.origin is Origin.REGISTER
    assert entry.description.posts == ("D01.TO-2.clearance", "D01.TO-4.clearance")
    assert entry.description.units == ("D01.TO-2", "D01.TO-4")
    assert entry.description.owner_unit == "D01.LEVY"


def test_chinese_labels_and_words_are_the_same_sheet() -> None:
    labelled = {label: row()[key] for key, label in COLUMNS.items()} | {
        "类别": "业务",
        "等级": "中",
        "范围": "共性",
    }
    file = read(labelled, columns=tuple(COLUMNS.values()))
    assert file == read(row())


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("grade", "VERY_HIGH", "UNKNOWN_WORD"),
        ("grade", "黄色", "COLOUR_IS_NO_GRADE"),
        ("grade", "Red", "COLOUR_IS_NO_GRADE"),
        ("grade", "", "UNKNOWN_WORD"),
        ("category", "OTHER", "UNKNOWN_WORD"),
        ("scope", "SHARED", "UNKNOWN_WORD"),
        ("code", "", "MISSING"),
        ("code", "rp 1", "BAD_CODE"),
        ("title_zh", "", "MISSING"),
        ("title_zh", "税" * 301, "TOO_LONG"),
        ("cause", "", "MISSING"),
        ("posts", "", "MISSING"),
        ("posts", "POLICY.nobody", "UNKNOWN_POST"),
        ("posts", "D02.POLICY.reviewer", "UNKNOWN_POST"),
        ("owner_unit", "MOON", "UNKNOWN_UNIT"),
        ("controls", "a\x07b", "CONTROL_CHARACTER"),
        ("tags", "执法风险;INTEGRITY；运气", "UNKNOWN_WORD"),
        ("focus", "DISCRETION", "UNKNOWN_WORD"),
    ],
)
def test_a_bad_cell_is_named(column: str, value: str, code: str) -> None:
    assert codes(read(row(code="RP-OK-1"), row(**{column: value}))) == [(3, column, code)]


def test_marks_are_words_or_names_each_once_in_the_order_of_the_taxonomies() -> None:
    (entry,) = read(
        row(traits="临近期限", tags="廉政风险; DISCRETION；执法风险;廉政风险", focus="关键环节;POST")
    ).entries
    text = entry.description
    assert (text.traits, text.tags) == ("临近期限", (Tag.DISCRETION, Tag.ENFORCEMENT, Tag.INTEGRITY))
    assert text.focus == (Focus.POST, Focus.STEP)
    assert sorted(tag for pair in TAXONOMIES.values() for tag in pair) == sorted(Tag)


def test_every_bad_cell_is_named_at_once() -> None:
    file = read(row(grade="red", cause=""), row(code="RP-OK-1", posts="X.y; POLICY.reviewer"))
    assert codes(file) == [
        (2, "grade", "COLOUR_IS_NO_GRADE"),
        (2, "cause", "MISSING"),
        (3, "posts", "UNKNOWN_POST"),
    ]


def test_a_repeated_code_names_the_first_row() -> None:
    file = read(row(), row())
    assert codes(file) == [(3, "code", "DUPLICATE_CODE")]
    assert "row 2" in file.errors[0].message


def test_columns_that_are_missing_unknown_or_doubled() -> None:
    assert codes(read(row(), columns=tuple(key for key in KEYS if key != "cause"))) == [
        (1, "cause", "MISSING_COLUMN")
    ]
    assert codes(read(row(), columns=(*KEYS, "colour"))) == [(1, "colour", "UNKNOWN_COLUMN")]
    assert codes(read(row(), columns=(*KEYS, "step"))) == [(1, "step", "REPEATED_COLUMN")]


def test_declared_totals_are_read_and_checked_cell_by_cell() -> None:
    file = read(row(), declared=[("size", "", 745), ("category", "业务", 413), ("grade", "高", 147)])
    assert (file.declared.size, file.declared.categories, file.declared.grades) == (
        745,
        {"TAX_OPERATIONS": 413},
        {"HIGH": 147},
    )
    bad = read(row(), declared=[("size", "", "many"), ("grade", "VERY_HIGH", 1), ("sum", "", 1)])
    assert codes(bad) == [
        (1, "#declared", "NOT_A_NUMBER"),
        (2, "#declared", "UNKNOWN_TOTAL"),
        (3, "#declared", "UNKNOWN_TOTAL"),
    ]


def test_the_builder_and_the_sheet_describe_the_same_point() -> None:
    (entry,) = read(row(title_en="", consequence="", controls="", source_locator="", owner_unit="")).entries
    assert entry.description == description()
