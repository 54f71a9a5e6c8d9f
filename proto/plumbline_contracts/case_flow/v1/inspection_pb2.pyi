from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class FindingRecorded(_message.Message):
    __slots__ = ("finding_id", "bureau_id", "point_id", "run_id", "unit_id", "aspect", "verified", "found_on")
    FINDING_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    ASPECT_FIELD_NUMBER: _ClassVar[int]
    VERIFIED_FIELD_NUMBER: _ClassVar[int]
    FOUND_ON_FIELD_NUMBER: _ClassVar[int]
    finding_id: str
    bureau_id: str
    point_id: str
    run_id: str
    unit_id: str
    aspect: str
    verified: bool
    found_on: str
    def __init__(self, finding_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., point_id: _Optional[str] = ..., run_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., aspect: _Optional[str] = ..., verified: _Optional[bool] = ..., found_on: _Optional[str] = ...) -> None: ...

class SpecialRectificationOrdered(_message.Message):
    __slots__ = ("order_id", "bureau_id", "run_id", "unit_id", "finding_kind", "due_on", "ordered_on")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    RUN_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    FINDING_KIND_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    ORDERED_ON_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    bureau_id: str
    run_id: str
    unit_id: str
    finding_kind: str
    due_on: str
    ordered_on: str
    def __init__(self, order_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., run_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., finding_kind: _Optional[str] = ..., due_on: _Optional[str] = ..., ordered_on: _Optional[str] = ...) -> None: ...
