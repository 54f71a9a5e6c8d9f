from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RotationOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ROTATION_OUTCOME_UNSPECIFIED: _ClassVar[RotationOutcome]
    ROTATION_OUTCOME_LEFT_POST: _ClassVar[RotationOutcome]
    ROTATION_OUTCOME_LIMIT_CHANGED: _ClassVar[RotationOutcome]
ROTATION_OUTCOME_UNSPECIFIED: RotationOutcome
ROTATION_OUTCOME_LEFT_POST: RotationOutcome
ROTATION_OUTCOME_LIMIT_CHANGED: RotationOutcome

class RotationDueSoon(_message.Message):
    __slots__ = ("rotation_id", "bureau_id", "unit_id", "post_id", "person_id", "grade", "held_since", "due_on", "days_left")
    ROTATION_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    HELD_SINCE_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    DAYS_LEFT_FIELD_NUMBER: _ClassVar[int]
    rotation_id: str
    bureau_id: str
    unit_id: str
    post_id: str
    person_id: str
    grade: _risk_pb2.RiskGrade
    held_since: str
    due_on: str
    days_left: int
    def __init__(self, rotation_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., post_id: _Optional[str] = ..., person_id: _Optional[str] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., held_since: _Optional[str] = ..., due_on: _Optional[str] = ..., days_left: _Optional[int] = ...) -> None: ...

class RotationOverdue(_message.Message):
    __slots__ = ("rotation_id", "bureau_id", "unit_id", "post_id", "person_id", "grade", "held_since", "due_on", "overdue_from", "month", "started_on")
    ROTATION_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    HELD_SINCE_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FROM_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    STARTED_ON_FIELD_NUMBER: _ClassVar[int]
    rotation_id: str
    bureau_id: str
    unit_id: str
    post_id: str
    person_id: str
    grade: _risk_pb2.RiskGrade
    held_since: str
    due_on: str
    overdue_from: str
    month: str
    started_on: str
    def __init__(self, rotation_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., post_id: _Optional[str] = ..., person_id: _Optional[str] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., held_since: _Optional[str] = ..., due_on: _Optional[str] = ..., overdue_from: _Optional[str] = ..., month: _Optional[str] = ..., started_on: _Optional[str] = ...) -> None: ...

class RotationResolved(_message.Message):
    __slots__ = ("rotation_id", "bureau_id", "unit_id", "post_id", "person_id", "outcome", "resolved_on")
    ROTATION_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    RESOLVED_ON_FIELD_NUMBER: _ClassVar[int]
    rotation_id: str
    bureau_id: str
    unit_id: str
    post_id: str
    person_id: str
    outcome: RotationOutcome
    resolved_on: str
    def __init__(self, rotation_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., post_id: _Optional[str] = ..., person_id: _Optional[str] = ..., outcome: _Optional[_Union[RotationOutcome, str]] = ..., resolved_on: _Optional[str] = ...) -> None: ...

class RotationExtended(_message.Message):
    __slots__ = ("rotation_id", "bureau_id", "unit_id", "post_id", "person_id", "extension_id", "due_on", "extended_until", "approved_on")
    ROTATION_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    EXTENSION_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    EXTENDED_UNTIL_FIELD_NUMBER: _ClassVar[int]
    APPROVED_ON_FIELD_NUMBER: _ClassVar[int]
    rotation_id: str
    bureau_id: str
    unit_id: str
    post_id: str
    person_id: str
    extension_id: str
    due_on: str
    extended_until: str
    approved_on: str
    def __init__(self, rotation_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., post_id: _Optional[str] = ..., person_id: _Optional[str] = ..., extension_id: _Optional[str] = ..., due_on: _Optional[str] = ..., extended_until: _Optional[str] = ..., approved_on: _Optional[str] = ...) -> None: ...

class AvoidanceFound(_message.Message):
    __slots__ = ("finding_id", "bureau_id", "found_on")
    FINDING_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    FOUND_ON_FIELD_NUMBER: _ClassVar[int]
    finding_id: str
    bureau_id: str
    found_on: str
    def __init__(self, finding_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., found_on: _Optional[str] = ...) -> None: ...
