import zipfile
from io import BytesIO

import pytest
from directory.domain.workbook import read_cells, read_sheets
from plumbline_shared.errors import Invalid


def problems(book, make_file) -> list[tuple[str, int, str]]:
    _, found = read_sheets(read_cells(make_file(book)))
    return [(one.sheet, one.row, one.column) for one in found]


def test_a_good_file_has_rows_and_no_problem(book, make_file) -> None:
    sheets, found = read_sheets(read_cells(make_file(book)))
    assert found == []
    assert [number for number, _ in sheets.units] == [2, 3, 4, 5]
    assert sheets.units[1][1].functions == {"POLICY", "RELIEF"}
    assert sheets.persons[3][1].enforcement_qualified


def test_chinese_names_of_sheets_and_columns_are_the_same(make_file) -> None:
    chinese = {"人员": [{"编号": "D01.wu", "名称": "吴", "执法资格": "是"}]}
    english = {"persons": [{"id": "D01.wu", "name": "吴", "enforcement_qualified": "yes"}]}
    assert read_sheets(read_cells(make_file(chinese))) == read_sheets(read_cells(make_file(english)))


def test_every_bad_cell_is_named_with_its_row(book, make_file) -> None:
    book["units"][1]["kind"] = "DEPARTMENT"
    book["persons"][2]["name"] = None
    book["persons"][4]["status"] = "GONE"
    book["assignments"][0]["effective_from"] = "2026-02-30"
    assert problems(book, make_file) == [
        ("units", 3, "kind"),
        ("persons", 4, "name"),
        ("persons", 6, "status"),
        ("assignments", 2, "effective_from"),
    ]


def test_an_unknown_sheet_or_column_is_not_dropped_silently(book, make_file) -> None:
    book["person"] = [{"id": "D01.x"}]
    book["posts"][0]["rank"] = "high"
    assert ("posts", 1, "rank") in problems(book, make_file)
    assert ("person", 0, "") in problems(book, make_file)


def test_a_missing_column_is_named_once(book, make_file) -> None:
    for row in book["units"]:
        del row["kind"]
    assert problems(book, make_file) == [("units", 1, "kind")]


def test_empty_lines_do_not_shift_the_row_numbers(make_file) -> None:
    rows = [{"id": "D01.a", "name": "a"}, {}, {"id": "D01.b", "name": None}]
    assert problems({"persons": rows}, make_file) == [("persons", 4, "name")]


@pytest.mark.parametrize("damage", [lambda f: b"no workbook", lambda f: f[: len(f) // 2], lambda f: b""])
def test_a_damaged_file_is_refused(book, make_file, damage) -> None:
    with pytest.raises(Invalid, match="xlsx"):
        read_cells(damage(make_file(book)))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(Invalid, match="xlsx"):
        read_cells(content.getvalue())
