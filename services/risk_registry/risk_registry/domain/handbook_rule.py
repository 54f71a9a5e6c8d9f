"""How often a handbook is printed anew, and how large a volume may be: data with a source (S2-011)."""

from dataclasses import dataclass
from datetime import date, timedelta

from plumbline_shared.errors import Invalid

from risk_registry.domain.rotation import add_months

LONGEST_CYCLE, MOST_IN_VOLUME, MOST_DIAGRAMS = 60, 2_000, 500


@dataclass(frozen=True)
class HandbookRule:
    """`version` names what ships, or the bureau's own choice."""

    version: str
    cycle_months: int
    volume_points: int
    volume_diagrams: int
    citation: str

    def next_edition(self, last: date, today: date) -> date:
        """The day of the edition after one of `last`: never today or before, so that none is missed or doubled."""
        return max(add_months(last, self.cycle_months), today + timedelta(days=1))


def check_rule(rule: HandbookRule) -> None:
    """Raises Invalid that names the number that is out of range."""
    limits = {
        "cycleMonths": (rule.cycle_months, LONGEST_CYCLE),
        "volumePoints": (rule.volume_points, MOST_IN_VOLUME),
        "volumeDiagrams": (rule.volume_diagrams, MOST_DIAGRAMS),
    }
    for name, (value, most) in limits.items():
        if not 1 <= value <= most:
            raise Invalid(f"1 to {most}", path=(name,))
    if not rule.citation.strip():
        raise Invalid("name the source", path=("citation",))
