"""A district register of 745 points with the joint table of requirements §9.3, the same on every run.

python -m risk_registry.district_register --out FILE.csv
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

import msgspec
from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.marks import Focus, Tag
from risk_registry.domain.register_format import KEYS
from risk_registry.domain.sheet import DECLARATION

Line = dict[str, str]
ORDER = (RiskGrade.LOW, RiskGrade.MEDIUM, RiskGrade.HIGH)


class Fixed(msgspec.Struct, frozen=True):
    """A point that the worked scenarios name."""

    code: str
    title: tuple[str, str]
    category: RiskCategory
    grade: RiskGrade
    posts: list[str]
    owner: str
    process: str
    step: str
    cause: str
    controls: str


class Process(msgspec.Struct, frozen=True):
    """Work with its owning unit and its steps."""

    process: str
    owner: str
    steps: list[str]
    focus: list[Focus] = []


class Weakness(msgspec.Struct, frozen=True):
    """What may go wrong at any step of a category."""

    title: str
    cause: str
    consequence: str
    controls: str
    traits: str
    tags: list[Tag]


class Category(msgspec.Struct, frozen=True):
    """One category: how many points of each grade, on which posts, from which work."""

    prefix: str
    totals: tuple[int, int, int]
    posts: list[str]
    work: list[Process]
    weaknesses: list[Weakness]


class District(msgspec.Struct, frozen=True):
    """The data file."""

    source: dict[str, str]
    fixed: list[Fixed]
    categories: dict[RiskCategory, Category]


@dataclass(frozen=True)
class Totals:
    """What the register declares about itself."""

    size: int
    categories: dict[str, int]
    grades: dict[str, int]


@cache
def district() -> District:
    """The data that ships beside this module."""
    data: Any = files("risk_registry").joinpath("data/district_work.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=District)


def totals() -> Totals:
    """745 = 413 + 248 + 84 = 345 + 253 + 147."""
    categories = {str(name): sum(each.totals) for name, each in district().categories.items()}
    columns = zip(*(each.totals for each in district().categories.values()), strict=True)
    grades = {str(grade): sum(column) for grade, column in zip(ORDER, columns, strict=True)}
    return Totals(sum(categories.values()), categories, grades)


def lines() -> list[Line]:
    """Every row of the register: first the points of the scenarios, then category by category."""
    return [_fixed(each) for each in district().fixed] + [
        line for name, each in district().categories.items() for line in _category(name, each)
    ]


def as_csv() -> bytes:
    """The register as `.csv` with its declared totals in front."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(declarations())
    writer.writerow(KEYS)
    writer.writerows([line[key] for key in KEYS] for line in lines())
    return text.getvalue().encode()


def write(out: Path) -> None:
    """Write the register to the file `out`."""
    out.write_bytes(as_csv())


def declarations() -> list[tuple[str, str, str, str]]:
    """The rows that declare the totals."""
    declared = totals()
    rows = [("size", "", declared.size)]
    rows += [("category", name, count) for name, count in declared.categories.items()]
    rows += [("grade", name, count) for name, count in declared.grades.items()]
    return [(DECLARATION, part, name, str(count)) for part, name, count in rows]


def _fixed(point: Fixed) -> Line:
    return _line(
        code=point.code, title_zh=point.title[0], title_en=point.title[1], category=point.category,
        grade=point.grade, posts=";".join(point.posts), owner_unit=point.owner, process=point.process,
        step=point.step, cause=point.cause, controls=point.controls,
    )  # fmt: skip


def _category(name: RiskCategory, category: Category) -> Iterator[Line]:
    grades = _grades(name, category)
    places = ((work, step) for work in category.work for step in work.steps)
    points = islice(product(category.weaknesses, list(places)), len(grades))
    for index, (grade, post, (weakness, (work, step))) in enumerate(
        zip(grades, cycle(category.posts), points, strict=False), start=1
    ):
        yield _line(
            code=f"RP-{category.prefix}-{index:03d}", title_zh=f"{work.process}·{step}：{weakness.title}",
            category=name, grade=grade, posts=post, owner_unit=work.owner, process=work.process, step=step,
            cause=weakness.cause, consequence=weakness.consequence, controls=weakness.controls,
            traits=weakness.traits, tags=";".join(weakness.tags), focus=";".join(_focus(work, grade)),
        )  # fmt: skip


def _focus(work: Process, grade: RiskGrade) -> list[Focus]:
    """The domain's own flag, and that of the post where the point is of the highest grade."""
    return [Focus.POST] * (grade is RiskGrade.HIGH) + work.focus


def _grades(name: RiskCategory, category: Category) -> Sequence[RiskGrade]:
    """The grades still to give, spread evenly instead of in blocks."""
    taken = Counter(each.grade for each in district().fixed if each.category is name)
    left = {grade: total - taken[grade] for grade, total in zip(ORDER, category.totals, strict=True)}
    spread = [((place + 0.5) / count, grade) for grade, count in left.items() for place in range(count)]
    return [grade for _place, grade in sorted(spread)]


def _line(**cells: str) -> Line:
    source = district().source
    given: Line = {
        "scope": "COMMON",
        "source_title": source["title"],
        "source_locator": source["locator"],
        **cells,
    }
    return {key: str(given.get(key, "")) for key in KEYS}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the register to `--out`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="the .csv to write")
    write(parser.parse_args(arguments).out)


if __name__ == "__main__":
    main()
