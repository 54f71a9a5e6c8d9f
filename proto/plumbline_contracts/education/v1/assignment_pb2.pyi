import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AssignmentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSIGNMENT_KIND_UNSPECIFIED: _ClassVar[AssignmentKind]
    ASSIGNMENT_KIND_PLEDGE: _ClassVar[AssignmentKind]
    ASSIGNMENT_KIND_LESSON: _ClassVar[AssignmentKind]
ASSIGNMENT_KIND_UNSPECIFIED: AssignmentKind
ASSIGNMENT_KIND_PLEDGE: AssignmentKind
ASSIGNMENT_KIND_LESSON: AssignmentKind

class AssignmentCreated(_message.Message):
    __slots__ = ("assignment_id", "bureau_id", "person_id", "unit_id", "kind", "point_id", "incident_id", "batch_id", "due_on", "curriculum", "curriculum_version")
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    BATCH_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    CURRICULUM_FIELD_NUMBER: _ClassVar[int]
    CURRICULUM_VERSION_FIELD_NUMBER: _ClassVar[int]
    assignment_id: str
    bureau_id: str
    person_id: str
    unit_id: str
    kind: AssignmentKind
    point_id: str
    incident_id: str
    batch_id: str
    due_on: str
    curriculum: str
    curriculum_version: int
    def __init__(self, assignment_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., person_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., kind: _Optional[_Union[AssignmentKind, str]] = ..., point_id: _Optional[str] = ..., incident_id: _Optional[str] = ..., batch_id: _Optional[str] = ..., due_on: _Optional[str] = ..., curriculum: _Optional[str] = ..., curriculum_version: _Optional[int] = ...) -> None: ...

class AssignmentCompleted(_message.Message):
    __slots__ = ("assignment_id", "bureau_id", "person_id", "unit_id", "kind", "point_id", "incident_id", "batch_id", "due_on", "completed_at", "score")
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    BATCH_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_AT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    assignment_id: str
    bureau_id: str
    person_id: str
    unit_id: str
    kind: AssignmentKind
    point_id: str
    incident_id: str
    batch_id: str
    due_on: str
    completed_at: _timestamp_pb2.Timestamp
    score: int
    def __init__(self, assignment_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., person_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., kind: _Optional[_Union[AssignmentKind, str]] = ..., point_id: _Optional[str] = ..., incident_id: _Optional[str] = ..., batch_id: _Optional[str] = ..., due_on: _Optional[str] = ..., completed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., score: _Optional[int] = ...) -> None: ...

class AssignmentWaived(_message.Message):
    __slots__ = ("assignment_id", "bureau_id", "person_id", "unit_id", "kind", "point_id", "batch_id", "waived_at")
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    BATCH_ID_FIELD_NUMBER: _ClassVar[int]
    WAIVED_AT_FIELD_NUMBER: _ClassVar[int]
    assignment_id: str
    bureau_id: str
    person_id: str
    unit_id: str
    kind: AssignmentKind
    point_id: str
    batch_id: str
    waived_at: _timestamp_pb2.Timestamp
    def __init__(self, assignment_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., person_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., kind: _Optional[_Union[AssignmentKind, str]] = ..., point_id: _Optional[str] = ..., batch_id: _Optional[str] = ..., waived_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EducationOverdue(_message.Message):
    __slots__ = ("assignment_id", "batch_id", "bureau_id", "person_id", "unit_id", "kind", "point_id", "due_on", "overdue_from")
    ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
    BATCH_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FROM_FIELD_NUMBER: _ClassVar[int]
    assignment_id: str
    batch_id: str
    bureau_id: str
    person_id: str
    unit_id: str
    kind: AssignmentKind
    point_id: str
    due_on: str
    overdue_from: str
    def __init__(self, assignment_id: _Optional[str] = ..., batch_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., person_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., kind: _Optional[_Union[AssignmentKind, str]] = ..., point_id: _Optional[str] = ..., due_on: _Optional[str] = ..., overdue_from: _Optional[str] = ...) -> None: ...

class BatchUnitOverdue(_message.Message):
    __slots__ = ("batch_id", "bureau_id", "unit_id", "total", "overdue", "due_on")
    BATCH_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    batch_id: str
    bureau_id: str
    unit_id: str
    total: int
    overdue: int
    due_on: str
    def __init__(self, batch_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., total: _Optional[int] = ..., overdue: _Optional[int] = ..., due_on: _Optional[str] = ...) -> None: ...
