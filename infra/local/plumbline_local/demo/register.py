"""A district's risk register of 745 points, generated to the two published marginals (requirements §9.3)."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice, product

import msgspec

from plumbline_local.demo.cast import DATA

GRADES: tuple[str, ...] = ("LOW", "MEDIUM", "HIGH")
# Coprime to every category's size, so that it visits each place once and mixes the grades.
STRIDE = 89
COLUMNS: tuple[str, ...] = (
    "code", "title_zh", "title_en", "category", "scope", "grade", "posts", "owner_unit", "process", "step",
    "cause", "consequence", "controls", "source_title", "source_url", "source_locator",
)  # fmt: skip
Row = dict[str, str]


class Family(msgspec.Struct, frozen=True):
    """What the points of one category are combined from."""

    prefix: str
    owner_unit: str
    posts: list[str]
    processes: list[str]
    steps: list[str]
    risks: list[str]


class Named(msgspec.Struct, frozen=True):
    """A point that a scenario needs."""

    code: str
    category: str
    grade: str
    title_zh: str
    title_en: str
    posts: str
    owner_unit: str
    process: str
    step: str
    cause: str
    consequence: str


class RegisterSource(msgspec.Struct, frozen=True):
    """`joint` gives LOW, MEDIUM, HIGH by category."""

    joint: dict[str, list[int]]
    named: list[Named]
    categories: dict[str, Family]


def read_source() -> RegisterSource:
    """`data/register.yaml`."""
    return msgspec.yaml.decode((DATA / "register.yaml").read_bytes(), type=RegisterSource)


def register_csv() -> bytes:
    """The register as the sheet a bureau uploads, with the totals it declares of itself."""
    source = read_source()
    points = rows(source)
    buffer = StringIO()
    writer = csv.DictWriter(buffer, fieldnames=COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(points)
    for part, word, count in declared(source):
        buffer.write(f"#declared,{part},{word},{count}\n")
    return buffer.getvalue().encode()


def declared(source: RegisterSource) -> Iterator[tuple[str, str, int]]:
    """Size, category totals and grade totals."""
    yield "size", "", sum(map(sum, source.joint.values()))
    for category, counts in source.joint.items():
        yield "category", category, sum(counts)
    for grade, counts in zip(GRADES, zip(*source.joint.values(), strict=True), strict=True):
        yield "grade", grade, sum(counts)


def rows(source: RegisterSource) -> list[Row]:
    """Every point; the named ones come first in their category."""
    return [row for category in source.categories for row in _category(source, category)]


def _category(source: RegisterSource, category: str) -> Iterator[Row]:
    named = [one for one in source.named if one.category == category]
    left = dict(zip(GRADES, source.joint[category], strict=True))
    for one in named:
        left[one.grade] -= 1
        yield {"scope": "INDIVIDUAL", "source_title": "本局自查", **_row(one), "title_en": one.title_en}
    yield from _combined(category, source.categories[category], left)


def _row(one: Named) -> Mapping[str, str]:
    return {name: str(value) for name, value in msgspec.structs.asdict(one).items()}


def _combined(category: str, family: Family, left: Mapping[str, int]) -> Iterator[Row]:
    size = sum(left.values())
    grades = spread([grade for grade in GRADES for _ in range(left[grade])])
    texts = islice(product(family.risks, family.processes, family.steps), size)
    for number, (grade, (risk, process, step)) in enumerate(zip(grades, texts, strict=True), start=1):
        yield {
            "scope": "COMMON",
            "source_title": "本局自查",
            "code": f"RP-{family.prefix}-{number:04d}",
            "category": category,
            "grade": grade,
            "title_zh": f"{process}{step}环节{risk}",
            "title_en": "",
            "posts": family.posts[number % len(family.posts)],
            "owner_unit": family.owner_unit,
            "process": process,
            "step": step,
            "cause": risk,
            "consequence": "影响公正执行公务",
        }


def spread(values: Sequence[str]) -> list[str]:
    """The same values in an order that mixes them, the same every time."""
    return [values[place * STRIDE % len(values)] for place in range(len(values))]
