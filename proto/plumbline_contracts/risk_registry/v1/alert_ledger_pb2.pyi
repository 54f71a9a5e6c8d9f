import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AlertRecorded(_message.Message):
    __slots__ = ("alert_id", "point_id", "bureau_id", "unit_id", "kind", "phase", "grade", "matter_id", "raised_at")
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    RAISED_AT_FIELD_NUMBER: _ClassVar[int]
    alert_id: str
    point_id: str
    bureau_id: str
    unit_id: str
    kind: str
    phase: _risk_pb2.ControlPhase
    grade: _risk_pb2.RiskGrade
    matter_id: str
    raised_at: _timestamp_pb2.Timestamp
    def __init__(self, alert_id: _Optional[str] = ..., point_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., kind: _Optional[str] = ..., phase: _Optional[_Union[_risk_pb2.ControlPhase, str]] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., matter_id: _Optional[str] = ..., raised_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
