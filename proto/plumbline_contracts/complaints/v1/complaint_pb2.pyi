from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ComplaintKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COMPLAINT_KIND_UNSPECIFIED: _ClassVar[ComplaintKind]
    COMPLAINT_KIND_BEHAVIOUR: _ClassVar[ComplaintKind]
    COMPLAINT_KIND_QUALITY: _ClassVar[ComplaintKind]
    COMPLAINT_KIND_RIGHTS: _ClassVar[ComplaintKind]
COMPLAINT_KIND_UNSPECIFIED: ComplaintKind
COMPLAINT_KIND_BEHAVIOUR: ComplaintKind
COMPLAINT_KIND_QUALITY: ComplaintKind
COMPLAINT_KIND_RIGHTS: ComplaintKind

class RiskSignalRaised(_message.Message):
    __slots__ = ("signal_id", "bureau_id", "point_id", "kind", "sealed")
    SIGNAL_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SEALED_FIELD_NUMBER: _ClassVar[int]
    signal_id: str
    bureau_id: str
    point_id: str
    kind: str
    sealed: bool
    def __init__(self, signal_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., point_id: _Optional[str] = ..., kind: _Optional[str] = ..., sealed: _Optional[bool] = ...) -> None: ...

class ComplaintSubstantiated(_message.Message):
    __slots__ = ("complaint_id", "bureau_id", "unit_id", "person_id", "kind", "decided_on", "incident_id", "point_id")
    COMPLAINT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    complaint_id: str
    bureau_id: str
    unit_id: str
    person_id: str
    kind: ComplaintKind
    decided_on: str
    incident_id: str
    point_id: str
    def __init__(self, complaint_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., person_id: _Optional[str] = ..., kind: _Optional[_Union[ComplaintKind, str]] = ..., decided_on: _Optional[str] = ..., incident_id: _Optional[str] = ..., point_id: _Optional[str] = ...) -> None: ...

class ComplaintOverturned(_message.Message):
    __slots__ = ("complaint_id", "bureau_id", "unit_id", "decided_on")
    COMPLAINT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    complaint_id: str
    bureau_id: str
    unit_id: str
    decided_on: str
    def __init__(self, complaint_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., decided_on: _Optional[str] = ...) -> None: ...
