"""The grade of a post over time: on each day the highest of its points in force."""

from collections.abc import Iterable, Sequence
from datetime import date

from plumbline_org.grades import RiskGrade

from risk_registry.domain.grading import RANK
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.rotation import GradeFrom
from risk_registry.domain.standing import IN_FORCE, Standing, standing_on


def grades_of_post(histories: Sequence[Sequence[Standing]], until: date) -> list[GradeFrom]:
    """The days up to `until` on which the post's grade changed, in order."""
    days = sorted({each.valid_from for history in histories for each in history if each.valid_from <= until})
    found: list[GradeFrom] = []
    for day in days:
        grade = _highest(histories, day)
        if not found or found[-1][1] is not grade:
            found.append((day, grade))
    return found


def highest_by_post(points: Iterable[PointOnDay]) -> dict[str, RiskGrade]:
    """The highest grade of each post that carries a point in force, by post id."""
    found: dict[str, RiskGrade] = {}
    for each in points:
        if each.grade and each.state in IN_FORCE:
            for post in each.description.posts:
                found[post] = max(each.grade, found.get(post, each.grade), key=RANK.__getitem__)
    return dict(sorted(found.items()))


def _highest(histories: Sequence[Sequence[Standing]], day: date) -> RiskGrade | None:
    standings = [standing_on(list(history), day) for history in histories]
    grades = [each.grade for each in standings if each and each.grade and each.state in IN_FORCE]
    return max(grades, key=lambda grade: RANK[grade], default=None)
