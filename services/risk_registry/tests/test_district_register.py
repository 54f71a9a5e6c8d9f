"""The generated register has the joint table of requirements §9.3 and reads back without an error."""

from collections import Counter
from pathlib import Path

from risk_registry import district_register
from risk_registry.domain.entries import Places
from risk_registry.domain.register_format import read_register
from risk_registry.domain.sheet import read_table
from risk_registry.domain.totals import Totals, disagreements

JOINT = {
    "TAX_OPERATIONS": {"LOW": 191, "MEDIUM": 140, "HIGH": 82},
    "ADMINISTRATION": {"LOW": 115, "MEDIUM": 84, "HIGH": 49},
    "PARTY_AFFAIRS": {"LOW": 39, "MEDIUM": 29, "HIGH": 16},
}


def places() -> Places:
    names = {post for line in district_register.lines() for post in line["posts"].split(";")}
    units = {line["owner_unit"] for line in district_register.lines()} | {
        name.split(".")[0] for name in names
    }
    return Places(
        "D01",
        {f"D01.{name}": f"D01.{name.split('.')[0]}" for name in names},
        frozenset(f"D01.{unit}" for unit in units),
    )


def test_the_joint_table_and_both_margins() -> None:
    cells = Counter((line["category"], line["grade"]) for line in district_register.lines())
    assert cells == {(category, grade): n for category, row in JOINT.items() for grade, n in row.items()}
    declared = district_register.totals()
    assert (declared.size, sorted(declared.categories.values())) == (745, [84, 248, 413])
    assert declared.grades == {"LOW": 345, "MEDIUM": 253, "HIGH": 147}


def test_the_file_reads_back_and_agrees_with_what_it_declares(tmp_path: Path) -> None:
    out = tmp_path / "district.csv"
    district_register.main(["--out", str(out)])
    file = read_register(read_table(out.name, out.read_bytes()), places())
    assert not file.errors
    assert file.declared.complete
    found = Totals.count((entry.description.category, entry.grade) for entry in file.entries if entry.grade)
    assert disagreements(file.declared, found) == []


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    district_register.write(first)
    district_register.write(second)
    assert first.read_bytes() == second.read_bytes()
