from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from plumbline_local.demo.bureau import sheets
from plumbline_local.demo.cast import read_cast
from plumbline_local.demo.register import STRIDE, declared, read_source, register_csv, rows, spread

SOURCE = read_source()
ROWS = rows(SOURCE)


def test_the_marginals_are_those_of_the_fixture() -> None:
    assert Counter(row["category"] for row in ROWS) == {
        "TAX_OPERATIONS": 413, "ADMINISTRATION": 248, "PARTY_AFFAIRS": 84,
    }  # fmt: skip
    assert Counter(row["grade"] for row in ROWS) == {"LOW": 345, "MEDIUM": 253, "HIGH": 147}


def test_the_joint_table_is_that_of_the_fixture() -> None:
    joint = Counter((row["category"], row["grade"]) for row in ROWS)
    assert joint["TAX_OPERATIONS", "LOW"] == 191
    assert joint["ADMINISTRATION", "MEDIUM"] == 84
    assert joint["PARTY_AFFAIRS", "HIGH"] == 16


def test_every_code_and_title_is_its_own() -> None:
    assert len({row["code"] for row in ROWS}) == len({row["title_zh"] for row in ROWS}) == 745


def test_every_post_is_one_of_the_bureau() -> None:
    posts = {row["id"] for row in sheets(read_cast())["posts"]}
    assert {f"D01.{post}" for row in ROWS for post in row["posts"].split(";")} <= posts


def test_the_file_declares_its_own_totals() -> None:
    assert {f"{part} {word}".strip(): count for part, word, count in declared(SOURCE)} == {
        "size": 745, "category TAX_OPERATIONS": 413, "category ADMINISTRATION": 248, "category PARTY_AFFAIRS": 84,
        "grade LOW": 345, "grade MEDIUM": 253, "grade HIGH": 147,
    }  # fmt: skip
    assert register_csv().count(b"\n") == 1 + 745 + 7


@given(st.integers(1, 500).filter(lambda size: size % STRIDE))
def test_spreading_loses_nothing(size: int) -> None:
    values = [str(number) for number in range(size)]
    assert sorted(spread(values)) == sorted(values)
