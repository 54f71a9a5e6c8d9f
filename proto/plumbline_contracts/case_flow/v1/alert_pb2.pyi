import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AlertOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ALERT_OUTCOME_UNSPECIFIED: _ClassVar[AlertOutcome]
    ALERT_OUTCOME_CONFIRMED: _ClassVar[AlertOutcome]
    ALERT_OUTCOME_EXPLAINED: _ClassVar[AlertOutcome]
    ALERT_OUTCOME_FALSE_POSITIVE: _ClassVar[AlertOutcome]
    ALERT_OUTCOME_CORRECTED: _ClassVar[AlertOutcome]
    ALERT_OUTCOME_OVERRIDDEN: _ClassVar[AlertOutcome]
    ALERT_OUTCOME_ABANDONED: _ClassVar[AlertOutcome]
    ALERT_OUTCOME_SETTLED: _ClassVar[AlertOutcome]
ALERT_OUTCOME_UNSPECIFIED: AlertOutcome
ALERT_OUTCOME_CONFIRMED: AlertOutcome
ALERT_OUTCOME_EXPLAINED: AlertOutcome
ALERT_OUTCOME_FALSE_POSITIVE: AlertOutcome
ALERT_OUTCOME_CORRECTED: AlertOutcome
ALERT_OUTCOME_OVERRIDDEN: AlertOutcome
ALERT_OUTCOME_ABANDONED: AlertOutcome
ALERT_OUTCOME_SETTLED: AlertOutcome

class AlertAcknowledged(_message.Message):
    __slots__ = ("alert_id", "bureau_id", "acknowledged_at")
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_AT_FIELD_NUMBER: _ClassVar[int]
    alert_id: str
    bureau_id: str
    acknowledged_at: _timestamp_pb2.Timestamp
    def __init__(self, alert_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., acknowledged_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AlertResolved(_message.Message):
    __slots__ = ("alert_id", "kind", "phase", "point_id", "bureau_id", "outcome", "resolved_at", "incident_id")
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    RESOLVED_AT_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    alert_id: str
    kind: str
    phase: _risk_pb2.ControlPhase
    point_id: str
    bureau_id: str
    outcome: AlertOutcome
    resolved_at: _timestamp_pb2.Timestamp
    incident_id: str
    def __init__(self, alert_id: _Optional[str] = ..., kind: _Optional[str] = ..., phase: _Optional[_Union[_risk_pb2.ControlPhase, str]] = ..., point_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., outcome: _Optional[_Union[AlertOutcome, str]] = ..., resolved_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., incident_id: _Optional[str] = ...) -> None: ...
