import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MatterAccepted(_message.Message):
    __slots__ = ("matter_id", "bureau_id", "item_code", "item_version", "unit_id", "accepted_on", "due_on", "provisional")
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    ITEM_CODE_FIELD_NUMBER: _ClassVar[int]
    ITEM_VERSION_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_ON_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    PROVISIONAL_FIELD_NUMBER: _ClassVar[int]
    matter_id: str
    bureau_id: str
    item_code: str
    item_version: int
    unit_id: str
    accepted_on: str
    due_on: str
    provisional: bool
    def __init__(self, matter_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., item_code: _Optional[str] = ..., item_version: _Optional[int] = ..., unit_id: _Optional[str] = ..., accepted_on: _Optional[str] = ..., due_on: _Optional[str] = ..., provisional: _Optional[bool] = ...) -> None: ...

class MatterClosed(_message.Message):
    __slots__ = ("matter_id", "bureau_id", "item_code", "unit_id", "due_on", "closed_on", "late_working_days", "incident_id")
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    ITEM_CODE_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    CLOSED_ON_FIELD_NUMBER: _ClassVar[int]
    LATE_WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    matter_id: str
    bureau_id: str
    item_code: str
    unit_id: str
    due_on: str
    closed_on: str
    late_working_days: int
    incident_id: str
    def __init__(self, matter_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., item_code: _Optional[str] = ..., unit_id: _Optional[str] = ..., due_on: _Optional[str] = ..., closed_on: _Optional[str] = ..., late_working_days: _Optional[int] = ..., incident_id: _Optional[str] = ...) -> None: ...

class DeadlineMissed(_message.Message):
    __slots__ = ("matter_id", "alert_id", "point_id", "bureau_id", "unit_id", "due_on", "missed_at", "item_code")
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    MISSED_AT_FIELD_NUMBER: _ClassVar[int]
    ITEM_CODE_FIELD_NUMBER: _ClassVar[int]
    matter_id: str
    alert_id: str
    point_id: str
    bureau_id: str
    unit_id: str
    due_on: str
    missed_at: _timestamp_pb2.Timestamp
    item_code: str
    def __init__(self, matter_id: _Optional[str] = ..., alert_id: _Optional[str] = ..., point_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., due_on: _Optional[str] = ..., missed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., item_code: _Optional[str] = ...) -> None: ...

class AlertRaised(_message.Message):
    __slots__ = ("alert_id", "kind", "phase", "grade", "point_id", "matter_id", "bureau_id", "unit_id", "raised_at", "subject_ids", "unit_ids", "domain", "verified", "facts", "verifier_id")
    class Fact(_message.Message):
        __slots__ = ("name", "text", "number", "yes")
        NAME_FIELD_NUMBER: _ClassVar[int]
        TEXT_FIELD_NUMBER: _ClassVar[int]
        NUMBER_FIELD_NUMBER: _ClassVar[int]
        YES_FIELD_NUMBER: _ClassVar[int]
        name: str
        text: str
        number: int
        yes: bool
        def __init__(self, name: _Optional[str] = ..., text: _Optional[str] = ..., number: _Optional[int] = ..., yes: _Optional[bool] = ...) -> None: ...
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    RAISED_AT_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_IDS_FIELD_NUMBER: _ClassVar[int]
    UNIT_IDS_FIELD_NUMBER: _ClassVar[int]
    DOMAIN_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    VERIFIER_ID_FIELD_NUMBER: _ClassVar[int]
    alert_id: str
    kind: str
    phase: _risk_pb2.ControlPhase
    grade: _risk_pb2.RiskGrade
    point_id: str
    matter_id: str
    bureau_id: str
    unit_id: str
    raised_at: _timestamp_pb2.Timestamp
    subject_ids: _containers.RepeatedScalarFieldContainer[str]
    unit_ids: _containers.RepeatedScalarFieldContainer[str]
    domain: str
    verified: bool
    facts: _containers.RepeatedCompositeFieldContainer[AlertRaised.Fact]
    verifier_id: str
    def __init__(self, alert_id: _Optional[str] = ..., kind: _Optional[str] = ..., phase: _Optional[_Union[_risk_pb2.ControlPhase, str]] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., point_id: _Optional[str] = ..., matter_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., raised_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., subject_ids: _Optional[_Iterable[str]] = ..., unit_ids: _Optional[_Iterable[str]] = ..., domain: _Optional[str] = ..., verified: _Optional[bool] = ..., facts: _Optional[_Iterable[_Union[AlertRaised.Fact, _Mapping]]] = ..., verifier_id: _Optional[str] = ...) -> None: ...

class HoldRaised(_message.Message):
    __slots__ = ("hold_id", "control", "point_id", "matter_id", "person_id", "unit_id", "bureau_id", "grade", "raised_at")
    HOLD_ID_FIELD_NUMBER: _ClassVar[int]
    CONTROL_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    RAISED_AT_FIELD_NUMBER: _ClassVar[int]
    hold_id: str
    control: str
    point_id: str
    matter_id: str
    person_id: str
    unit_id: str
    bureau_id: str
    grade: _risk_pb2.RiskGrade
    raised_at: _timestamp_pb2.Timestamp
    def __init__(self, hold_id: _Optional[str] = ..., control: _Optional[str] = ..., point_id: _Optional[str] = ..., matter_id: _Optional[str] = ..., person_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., raised_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HoldCorrected(_message.Message):
    __slots__ = ("hold_id", "control", "point_id", "matter_id", "person_id", "unit_id", "bureau_id", "corrected_at", "count_in_30_days")
    HOLD_ID_FIELD_NUMBER: _ClassVar[int]
    CONTROL_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    CORRECTED_AT_FIELD_NUMBER: _ClassVar[int]
    COUNT_IN_30_DAYS_FIELD_NUMBER: _ClassVar[int]
    hold_id: str
    control: str
    point_id: str
    matter_id: str
    person_id: str
    unit_id: str
    bureau_id: str
    corrected_at: _timestamp_pb2.Timestamp
    count_in_30_days: int
    def __init__(self, hold_id: _Optional[str] = ..., control: _Optional[str] = ..., point_id: _Optional[str] = ..., matter_id: _Optional[str] = ..., person_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., corrected_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., count_in_30_days: _Optional[int] = ...) -> None: ...
