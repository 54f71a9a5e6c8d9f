"""Counts of the register as GraphQL: a hidden number is null."""

from collections.abc import Sequence

import strawberry
from plumbline_org import grades

from risk_registry.api.enums import RiskCategory, RiskGrade
from risk_registry.domain.suppression import Suppressed, shown
from risk_registry.domain.totals import Totals

Counted = Sequence[tuple[grades.RiskCategory, grades.RiskGrade | None, int]]


@strawberry.type(description="One cell of category × grade; null is a number that is not shown.")
class RiskCell:
    category: RiskCategory
    grade: RiskGrade
    count: int | None


@strawberry.type
class CategoryCount:
    category: RiskCategory
    count: int | None


@strawberry.type
class GradeCount:
    grade: RiskGrade
    count: int | None


@strawberry.type(description="Points with a grade by category × grade, with both margins (invariant 1).")
class RiskFacets:
    size: int | None = strawberry.field(description="All points with a grade: every margin sums to it.")
    ungraded: int = strawberry.field(description="Points of the list that have no grade yet.")
    cells: list[RiskCell]
    categories: list[CategoryCount]
    grades: list[GradeCount]

    @classmethod
    def of(cls, numbers: Suppressed, ungraded: int = 0) -> "RiskFacets":
        return cls(
            size=numbers.size,
            ungraded=ungraded,
            cells=[RiskCell(category=c, grade=g, count=n) for (c, g), n in numbers.cells.items()],
            categories=[CategoryCount(category=c, count=n) for c, n in numbers.categories.items()],
            grades=[GradeCount(grade=g, count=n) for g, n in numbers.grades.items()],
        )


def facets_of(counted: Counted) -> RiskFacets:
    """Facets of a list that its reader may see whole."""
    cells = {(category, grade): count for category, grade, count in counted if grade}
    return RiskFacets.of(shown(Totals(cells)), sum(count for _c, grade, count in counted if grade is None))
