from collections import Counter
from io import BytesIO

from plumbline_local.demo.bureau import sheets, sheets_to_xlsx
from plumbline_local.demo.cast import read_cast
from python_calamine import CalamineWorkbook

CAST = read_cast()
SHEETS = sheets(CAST)


def ids(sheet: str) -> list[str]:
    return [str(row["id"]) for row in SHEETS[sheet]]


def test_every_reference_leads_somewhere() -> None:
    posts, units, persons = set(ids("posts")), set(ids("units")), set(ids("persons"))
    assert {row["unit_id"] for row in SHEETS["posts"]} <= units
    assert {row["head_post_id"] for row in SHEETS["units"]} <= posts
    assert {row["deputy_in_charge_post_id"] for row in SHEETS["units"]} - {None} <= posts
    assert {row["post_id"] for row in SHEETS["assignments"]} <= posts
    assert {row["person_id"] for row in SHEETS["assignments"]} == persons
    assert {row["person_id"] for row in SHEETS["roster"]} <= persons


def test_ids_are_unique_and_carry_their_bureau() -> None:
    for sheet in ("units", "posts", "persons"):
        found = ids(sheet)
        assert len(found) == len(set(found))
        assert {one.split(".")[0] for one in found} == {"P01", "C01", "D01"}


def test_every_unit_is_led_by_exactly_one_person() -> None:
    holders = Counter(row["post_id"] for row in SHEETS["assignments"])
    assert {row["head_post_id"]: holders[row["head_post_id"]] for row in SHEETS["units"]} == {
        row["head_post_id"]: 1 for row in SHEETS["units"]
    }


def test_seven_hold_the_clearance_posts_in_four_offices() -> None:
    held = [
        str(row["post_id"]) for row in SHEETS["assignments"] if str(row["post_id"]).endswith(".clearance")
    ]
    assert Counter(post.split(".")[1] for post in held) == {"TO-2": 2, "TO-4": 2, "TO-6": 1, "TO-7": 2}


def test_the_workbook_reads_back_as_it_was() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(sheets_to_xlsx(SHEETS)))
    assert book.sheet_names == list(SHEETS)
    for name, rows in SHEETS.items():
        lines = book.get_sheet_by_name(name).to_python()
        assert len(lines) == len(rows) + 1
        first = dict(zip(lines[0], lines[1], strict=True))
        assert first[lines[0][0]] == str(next(iter(rows[0].values())))
