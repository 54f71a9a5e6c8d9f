from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DutyRosterChanged(_message.Message):
    __slots__ = ("roster_id", "bureau_id", "month", "duties")
    class Duty(_message.Message):
        __slots__ = ("on", "person_id", "rank")
        ON_FIELD_NUMBER: _ClassVar[int]
        PERSON_ID_FIELD_NUMBER: _ClassVar[int]
        RANK_FIELD_NUMBER: _ClassVar[int]
        on: str
        person_id: str
        rank: int
        def __init__(self, on: _Optional[str] = ..., person_id: _Optional[str] = ..., rank: _Optional[int] = ...) -> None: ...
    ROSTER_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    DUTIES_FIELD_NUMBER: _ClassVar[int]
    roster_id: str
    bureau_id: str
    month: str
    duties: _containers.RepeatedCompositeFieldContainer[DutyRosterChanged.Duty]
    def __init__(self, roster_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., month: _Optional[str] = ..., duties: _Optional[_Iterable[_Union[DutyRosterChanged.Duty, _Mapping]]] = ...) -> None: ...

class DelegationChanged(_message.Message):
    __slots__ = ("delegation_id", "bureau_id", "grantor_person_id", "delegate_person_id", "authority", "unit_id", "effective_from", "effective_to", "revoked")
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    GRANTOR_PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    DELEGATE_PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    AUTHORITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TO_FIELD_NUMBER: _ClassVar[int]
    REVOKED_FIELD_NUMBER: _ClassVar[int]
    delegation_id: str
    bureau_id: str
    grantor_person_id: str
    delegate_person_id: str
    authority: str
    unit_id: str
    effective_from: str
    effective_to: str
    revoked: bool
    def __init__(self, delegation_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., grantor_person_id: _Optional[str] = ..., delegate_person_id: _Optional[str] = ..., authority: _Optional[str] = ..., unit_id: _Optional[str] = ..., effective_from: _Optional[str] = ..., effective_to: _Optional[str] = ..., revoked: _Optional[bool] = ...) -> None: ...

class CalendarPublished(_message.Message):
    __slots__ = ("calendar_id", "bureau_id", "version", "first_day", "horizon", "citation", "exceptions")
    class Exception(_message.Message):
        __slots__ = ("on", "working", "name")
        ON_FIELD_NUMBER: _ClassVar[int]
        WORKING_FIELD_NUMBER: _ClassVar[int]
        NAME_FIELD_NUMBER: _ClassVar[int]
        on: str
        working: bool
        name: str
        def __init__(self, on: _Optional[str] = ..., working: _Optional[bool] = ..., name: _Optional[str] = ...) -> None: ...
    CALENDAR_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    FIRST_DAY_FIELD_NUMBER: _ClassVar[int]
    HORIZON_FIELD_NUMBER: _ClassVar[int]
    CITATION_FIELD_NUMBER: _ClassVar[int]
    EXCEPTIONS_FIELD_NUMBER: _ClassVar[int]
    calendar_id: str
    bureau_id: str
    version: str
    first_day: str
    horizon: str
    citation: str
    exceptions: _containers.RepeatedCompositeFieldContainer[CalendarPublished.Exception]
    def __init__(self, calendar_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., version: _Optional[str] = ..., first_day: _Optional[str] = ..., horizon: _Optional[str] = ..., citation: _Optional[str] = ..., exceptions: _Optional[_Iterable[_Union[CalendarPublished.Exception, _Mapping]]] = ...) -> None: ...
