"""Register totals: category × grade, its margins, and what a file declared about them (scenario 12)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plumbline_org.grades import RiskCategory, RiskGrade

Cell = tuple[RiskCategory, RiskGrade]


@dataclass(frozen=True)
class Totals:
    """Points in force by category and grade."""

    cells: Mapping[Cell, int]

    @classmethod
    def count(cls, cells: Iterable[Cell]) -> "Totals":
        return cls(Counter(cells))

    @property
    def size(self) -> int:
        return sum(self.cells.values())

    def category(self, category: RiskCategory) -> int:
        return sum(self.cells.get((category, grade), 0) for grade in RiskGrade)

    def grade(self, grade: RiskGrade) -> int:
        return sum(self.cells.get((category, grade), 0) for category in RiskCategory)


def _nothing() -> dict[str, int]:
    return {}


@dataclass(frozen=True)
class Declared:
    """The totals that come with a register; a part that was not declared is absent."""

    size: int | None = None
    categories: Mapping[str, int] = field(default_factory=_nothing)
    grades: Mapping[str, int] = field(default_factory=_nothing)

    @property
    def complete(self) -> bool:
        """All three parts are there, so that the three can be held against each other."""
        return (
            self.size is not None
            and set(self.categories) == {str(each) for each in RiskCategory}
            and set(self.grades) == {str(each) for each in RiskGrade}
        )


@dataclass(frozen=True)
class Disagreement:
    """One total that does not agree: `what` was declared as `expected` and is `actual`."""

    what: str
    expected: int
    actual: int

    def __str__(self) -> str:
        return f"{self.what}: declared {self.expected}, found {self.actual}"


def disagreements(declared: Declared, found: Totals) -> list[Disagreement]:
    """Every total of `declared` that differs from the rows, and every sum of `declared` that differs from another."""
    pairs = [Disagreement(f"category {name}", count, found.category(RiskCategory(name)))
             for name, count in declared.categories.items()]  # fmt: skip
    pairs += [Disagreement(f"grade {name}", count, found.grade(RiskGrade(name)))
              for name, count in declared.grades.items()]  # fmt: skip
    if declared.size is not None:
        pairs.append(Disagreement("register size", declared.size, found.size))
        pairs += _sums(declared, declared.size)
    return [each for each in pairs if each.expected != each.actual]


def _sums(declared: Declared, size: int) -> list[Disagreement]:
    parts = (
        ("sum of the declared categories", declared.categories),
        ("sum of the declared grades", declared.grades),
    )
    return [Disagreement(what, size, sum(counts.values())) for what, counts in parts if counts]
