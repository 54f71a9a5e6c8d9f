from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor

class RiskGrade(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RISK_GRADE_UNSPECIFIED: _ClassVar[RiskGrade]
    RISK_GRADE_LOW: _ClassVar[RiskGrade]
    RISK_GRADE_MEDIUM: _ClassVar[RiskGrade]
    RISK_GRADE_HIGH: _ClassVar[RiskGrade]

class RiskCategory(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RISK_CATEGORY_UNSPECIFIED: _ClassVar[RiskCategory]
    RISK_CATEGORY_TAX_OPERATIONS: _ClassVar[RiskCategory]
    RISK_CATEGORY_ADMINISTRATION: _ClassVar[RiskCategory]
    RISK_CATEGORY_PARTY_AFFAIRS: _ClassVar[RiskCategory]

class ControlPhase(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTROL_PHASE_UNSPECIFIED: _ClassVar[ControlPhase]
    CONTROL_PHASE_EX_ANTE: _ClassVar[ControlPhase]
    CONTROL_PHASE_IN_PROCESS: _ClassVar[ControlPhase]
    CONTROL_PHASE_EX_POST: _ClassVar[ControlPhase]
RISK_GRADE_UNSPECIFIED: RiskGrade
RISK_GRADE_LOW: RiskGrade
RISK_GRADE_MEDIUM: RiskGrade
RISK_GRADE_HIGH: RiskGrade
RISK_CATEGORY_UNSPECIFIED: RiskCategory
RISK_CATEGORY_TAX_OPERATIONS: RiskCategory
RISK_CATEGORY_ADMINISTRATION: RiskCategory
RISK_CATEGORY_PARTY_AFFAIRS: RiskCategory
CONTROL_PHASE_UNSPECIFIED: ControlPhase
CONTROL_PHASE_EX_ANTE: ControlPhase
CONTROL_PHASE_IN_PROCESS: ControlPhase
CONTROL_PHASE_EX_POST: ControlPhase
