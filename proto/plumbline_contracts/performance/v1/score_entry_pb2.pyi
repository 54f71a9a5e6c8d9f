from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SubjectKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUBJECT_KIND_UNSPECIFIED: _ClassVar[SubjectKind]
    SUBJECT_KIND_UNIT: _ClassVar[SubjectKind]
    SUBJECT_KIND_PERSON: _ClassVar[SubjectKind]
SUBJECT_KIND_UNSPECIFIED: SubjectKind
SUBJECT_KIND_UNIT: SubjectKind
SUBJECT_KIND_PERSON: SubjectKind

class ScoreEntryPosted(_message.Message):
    __slots__ = ("subject_kind", "subject_id", "bureau_id", "entries", "year")
    class Entry(_message.Message):
        __slots__ = ("entry_id", "rule", "rule_set_version", "points", "incident_id", "evidence_event_id", "occurred_on")
        ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
        RULE_FIELD_NUMBER: _ClassVar[int]
        RULE_SET_VERSION_FIELD_NUMBER: _ClassVar[int]
        POINTS_FIELD_NUMBER: _ClassVar[int]
        INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
        EVIDENCE_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
        OCCURRED_ON_FIELD_NUMBER: _ClassVar[int]
        entry_id: str
        rule: str
        rule_set_version: str
        points: str
        incident_id: str
        evidence_event_id: str
        occurred_on: str
        def __init__(self, entry_id: _Optional[str] = ..., rule: _Optional[str] = ..., rule_set_version: _Optional[str] = ..., points: _Optional[str] = ..., incident_id: _Optional[str] = ..., evidence_event_id: _Optional[str] = ..., occurred_on: _Optional[str] = ...) -> None: ...
    SUBJECT_KIND_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    YEAR_FIELD_NUMBER: _ClassVar[int]
    subject_kind: SubjectKind
    subject_id: str
    bureau_id: str
    entries: _containers.RepeatedCompositeFieldContainer[ScoreEntryPosted.Entry]
    year: int
    def __init__(self, subject_kind: _Optional[_Union[SubjectKind, str]] = ..., subject_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., entries: _Optional[_Iterable[_Union[ScoreEntryPosted.Entry, _Mapping]]] = ..., year: _Optional[int] = ...) -> None: ...

class ScoreEntryReversed(_message.Message):
    __slots__ = ("subject_kind", "subject_id", "bureau_id", "entry_id", "reversal_id", "points", "evidence_event_id", "occurred_on", "year")
    SUBJECT_KIND_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    ENTRY_ID_FIELD_NUMBER: _ClassVar[int]
    REVERSAL_ID_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_ON_FIELD_NUMBER: _ClassVar[int]
    YEAR_FIELD_NUMBER: _ClassVar[int]
    subject_kind: SubjectKind
    subject_id: str
    bureau_id: str
    entry_id: str
    reversal_id: str
    points: str
    evidence_event_id: str
    occurred_on: str
    year: int
    def __init__(self, subject_kind: _Optional[_Union[SubjectKind, str]] = ..., subject_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., entry_id: _Optional[str] = ..., reversal_id: _Optional[str] = ..., points: _Optional[str] = ..., evidence_event_id: _Optional[str] = ..., occurred_on: _Optional[str] = ..., year: _Optional[int] = ...) -> None: ...
