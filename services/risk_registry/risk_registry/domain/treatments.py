"""What is done about a risk (S1-037): its process was changed, or controls act on it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from risk_registry.domain.reform import Disposition


class TreatmentKind(StrEnum):
    """流程优化 PROCESS_CHANGE, 防范措施 CONTROL."""

    PROCESS_CHANGE = "PROCESS_CHANGE"
    CONTROL = "CONTROL"


class TreatmentState(StrEnum):
    """拟议 PLANNED, 生效 IN_EFFECT."""

    PLANNED = "PLANNED"
    IN_EFFECT = "IN_EFFECT"


@dataclass(frozen=True)
class ProcessChange:
    """A version of a process that treats a point: what becomes of the point, from which day; None for a draft."""

    version_id: str
    bureau_id: str
    process: str
    number: int
    owner_unit: str
    effective_from: date | None
    disposition: Disposition

    def state(self, on: date) -> TreatmentState:
        """Whether the version counts on a day."""
        begun = self.effective_from is not None and self.effective_from <= on
        return TreatmentState.IN_EFFECT if begun else TreatmentState.PLANNED
