"""Tests of controls: is the control well made, and does it work (S2-050, S2-052)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ControlAspect(StrEnum):
    """Is the control well made, and does it work (S2-050)."""

    DESIGN = "DESIGN"
    OPERATING = "OPERATING"


class DeficiencyType(StrEnum):
    """设计缺陷 or 执行偏差 (S2-052)."""

    DESIGN_DEFECT = "DESIGN_DEFECT"
    EXECUTION_DEVIATION = "EXECUTION_DEVIATION"


@dataclass(frozen=True)
class ControlTest:
    """One test of one aspect; without a deficiency the control is effective in it."""

    id: str
    control: str
    aspect: ControlAspect
    deficiency: DeficiencyType | None
    evidence: str
    tested_by: str
    tested_at: datetime
