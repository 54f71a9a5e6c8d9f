"""The grade and category of a risk point: the two words every context shares."""

from enum import StrEnum


class RiskGrade(StrEnum):
    """How grave a risk point is; fixes its oversight line (S1-052…055)."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class RiskCategory(StrEnum):
    """What kind of work a risk point belongs to; exactly one (S1-017)."""

    TAX_OPERATIONS = "TAX_OPERATIONS"
    ADMINISTRATION = "ADMINISTRATION"
    PARTY_AFFAIRS = "PARTY_AFFAIRS"
