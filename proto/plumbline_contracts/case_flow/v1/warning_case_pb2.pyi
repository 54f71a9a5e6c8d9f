from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WarningCaseReleased(_message.Message):
    __slots__ = ("case_id", "bureau_id", "kind", "root_cause", "root", "process", "level", "grade", "year")
    CASE_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ROOT_CAUSE_FIELD_NUMBER: _ClassVar[int]
    ROOT_FIELD_NUMBER: _ClassVar[int]
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    YEAR_FIELD_NUMBER: _ClassVar[int]
    case_id: str
    bureau_id: str
    kind: str
    root_cause: str
    root: str
    process: str
    level: str
    grade: _risk_pb2.RiskGrade
    year: int
    def __init__(self, case_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., kind: _Optional[str] = ..., root_cause: _Optional[str] = ..., root: _Optional[str] = ..., process: _Optional[str] = ..., level: _Optional[str] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., year: _Optional[int] = ...) -> None: ...
