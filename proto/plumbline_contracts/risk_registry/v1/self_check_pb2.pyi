from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class SelfCheckSubmitted(_message.Message):
    __slots__ = ("check_id", "bureau_id", "cycle_id", "person_id", "unit_id", "post_id", "point_ids", "submitted_on")
    CHECK_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    CYCLE_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    POINT_IDS_FIELD_NUMBER: _ClassVar[int]
    SUBMITTED_ON_FIELD_NUMBER: _ClassVar[int]
    check_id: str
    bureau_id: str
    cycle_id: str
    person_id: str
    unit_id: str
    post_id: str
    point_ids: _containers.RepeatedScalarFieldContainer[str]
    submitted_on: str
    def __init__(self, check_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., cycle_id: _Optional[str] = ..., person_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., post_id: _Optional[str] = ..., point_ids: _Optional[_Iterable[str]] = ..., submitted_on: _Optional[str] = ...) -> None: ...
