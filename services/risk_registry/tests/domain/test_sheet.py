"""Bytes into rows: what cannot be read is refused as a whole, in words."""

import io

import pytest
import xlsxwriter
from plumbline_shared.errors import Invalid, PlumblineError, TooLarge
from risk_registry.domain.sheet import MAX_BYTES, MAX_ROWS, read_table


def workbook(*rows: tuple[object, ...], merge: str = "") -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    if merge:
        sheet.merge_range(merge, "merged")
    book.close()
    return buffer.getvalue()


def test_csv_and_xlsx_read_alike() -> None:
    csv = read_table("a.csv", "\ufeffcode,note\nRP-1,税\n\nRP-2,5\n".encode())
    xlsx = read_table("a.xlsx", workbook(("code", "note"), ("RP-1", "税"), ("", ""), ("RP-2", 5)))
    assert csv == xlsx
    assert [row.number for row in csv.rows] == [2, 4]


def test_declared_totals_are_kept_apart_from_the_rows() -> None:
    table = read_table("a.csv", b"#declared,size,,2\ncode\nRP-1\n#declared,grade,LOW,2\n")
    assert table.header == ("code",)
    assert table.header_row == 2
    assert table.declared == ((1, ("size", "", "2")), (4, ("grade", "LOW", "2")))


def test_cells_beyond_the_header_are_kept_as_surplus() -> None:
    (row,) = read_table("a.csv", b"code\nRP-1,,stray\n").rows
    assert row.surplus == (("C", "stray"),)


def test_a_header_is_as_wide_as_its_names_also_where_another_row_is_wider() -> None:
    table = read_table("a.xlsx", workbook(("code", "note"), ("RP-1", "税", "", "stray")))
    assert table.header == ("code", "note")
    assert table.rows[0].surplus == (("D", "stray"),)


def test_a_formula_that_ends_in_an_error_is_named_and_never_read_as_empty() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("first").write_row(0, 0, ("code", "note"))
        book.get_worksheet_by_name("first").write_row(1, 0, ("RP-1",))
        book.get_worksheet_by_name("first").write_formula(1, 1, "=1/0", None, "#DIV/0!")
        book.add_worksheet("second").write_formula(0, 0, "=1/0", None, "#DIV/0!")
    assert read_table("a.xlsx", buffer.getvalue()).faults == ((2, "note", "#DIV/0!"),)


def test_merged_cells_are_named() -> None:
    table = read_table("a.xlsx", workbook(("code", "title", "note"), merge="A2:C3"))
    assert table.merged == ("A2:C3",)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"code\n"),
        ("a.csv", b"\xff\xfe\x00"),
        ("a.csv", b'code\n"RP-1'),
        ("a.csv", b""),
        ("a.xlsx", b"not a workbook"),
        ("a.xlsx", workbook(("code",))[:400]),
        ("a.xlsx", workbook()),
    ],
)
def test_unreadable_files_are_invalid(name: str, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(name, content)
    assert refused.value.path[0] == "file"


@pytest.mark.parametrize("content", [b"x" * (MAX_BYTES + 1), b"c\n" * (MAX_ROWS + 1)])
def test_files_over_the_limit_are_too_large(content: bytes) -> None:
    with pytest.raises(TooLarge) as refused:
        read_table("a.csv", content)
    assert isinstance(refused.value, PlumblineError)
