from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PersonStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PERSON_STATUS_UNSPECIFIED: _ClassVar[PersonStatus]
    PERSON_STATUS_ACTIVE: _ClassVar[PersonStatus]
    PERSON_STATUS_SECONDED: _ClassVar[PersonStatus]
    PERSON_STATUS_UNPLACED_IN_TRAINING: _ClassVar[PersonStatus]
    PERSON_STATUS_STANDBY_DISCIPLINARY: _ClassVar[PersonStatus]
    PERSON_STATUS_QUALIFICATION_REVOKED: _ClassVar[PersonStatus]
    PERSON_STATUS_LEFT: _ClassVar[PersonStatus]

class AssignmentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ASSIGNMENT_KIND_UNSPECIFIED: _ClassVar[AssignmentKind]
    ASSIGNMENT_KIND_PERMANENT: _ClassVar[AssignmentKind]
    ASSIGNMENT_KIND_ACTING: _ClassVar[AssignmentKind]
    ASSIGNMENT_KIND_SECONDMENT: _ClassVar[AssignmentKind]
PERSON_STATUS_UNSPECIFIED: PersonStatus
PERSON_STATUS_ACTIVE: PersonStatus
PERSON_STATUS_SECONDED: PersonStatus
PERSON_STATUS_UNPLACED_IN_TRAINING: PersonStatus
PERSON_STATUS_STANDBY_DISCIPLINARY: PersonStatus
PERSON_STATUS_QUALIFICATION_REVOKED: PersonStatus
PERSON_STATUS_LEFT: PersonStatus
ASSIGNMENT_KIND_UNSPECIFIED: AssignmentKind
ASSIGNMENT_KIND_PERMANENT: AssignmentKind
ASSIGNMENT_KIND_ACTING: AssignmentKind
ASSIGNMENT_KIND_SECONDMENT: AssignmentKind

class PersonChanged(_message.Message):
    __slots__ = ("person_id", "bureau_id", "name", "name_en", "account", "status", "assignments", "role_grants", "status_spans", "managed_by_bureau_id", "enforcement_qualified")
    class Assignment(_message.Message):
        __slots__ = ("assignment_id", "post_id", "unit_id", "kind", "effective_from", "effective_to")
        ASSIGNMENT_ID_FIELD_NUMBER: _ClassVar[int]
        POST_ID_FIELD_NUMBER: _ClassVar[int]
        UNIT_ID_FIELD_NUMBER: _ClassVar[int]
        KIND_FIELD_NUMBER: _ClassVar[int]
        EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
        EFFECTIVE_TO_FIELD_NUMBER: _ClassVar[int]
        assignment_id: str
        post_id: str
        unit_id: str
        kind: AssignmentKind
        effective_from: str
        effective_to: str
        def __init__(self, assignment_id: _Optional[str] = ..., post_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., kind: _Optional[_Union[AssignmentKind, str]] = ..., effective_from: _Optional[str] = ..., effective_to: _Optional[str] = ...) -> None: ...
    class RoleGrant(_message.Message):
        __slots__ = ("role", "unit_id", "domain", "effective_from", "effective_to", "grant_id")
        ROLE_FIELD_NUMBER: _ClassVar[int]
        UNIT_ID_FIELD_NUMBER: _ClassVar[int]
        DOMAIN_FIELD_NUMBER: _ClassVar[int]
        EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
        EFFECTIVE_TO_FIELD_NUMBER: _ClassVar[int]
        GRANT_ID_FIELD_NUMBER: _ClassVar[int]
        role: str
        unit_id: str
        domain: str
        effective_from: str
        effective_to: str
        grant_id: str
        def __init__(self, role: _Optional[str] = ..., unit_id: _Optional[str] = ..., domain: _Optional[str] = ..., effective_from: _Optional[str] = ..., effective_to: _Optional[str] = ..., grant_id: _Optional[str] = ...) -> None: ...
    class StatusSpan(_message.Message):
        __slots__ = ("status", "effective_from", "effective_to")
        STATUS_FIELD_NUMBER: _ClassVar[int]
        EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
        EFFECTIVE_TO_FIELD_NUMBER: _ClassVar[int]
        status: PersonStatus
        effective_from: str
        effective_to: str
        def __init__(self, status: _Optional[_Union[PersonStatus, str]] = ..., effective_from: _Optional[str] = ..., effective_to: _Optional[str] = ...) -> None: ...
    PERSON_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENTS_FIELD_NUMBER: _ClassVar[int]
    ROLE_GRANTS_FIELD_NUMBER: _ClassVar[int]
    STATUS_SPANS_FIELD_NUMBER: _ClassVar[int]
    MANAGED_BY_BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    ENFORCEMENT_QUALIFIED_FIELD_NUMBER: _ClassVar[int]
    person_id: str
    bureau_id: str
    name: str
    name_en: str
    account: str
    status: PersonStatus
    assignments: _containers.RepeatedCompositeFieldContainer[PersonChanged.Assignment]
    role_grants: _containers.RepeatedCompositeFieldContainer[PersonChanged.RoleGrant]
    status_spans: _containers.RepeatedCompositeFieldContainer[PersonChanged.StatusSpan]
    managed_by_bureau_id: str
    enforcement_qualified: bool
    def __init__(self, person_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., name: _Optional[str] = ..., name_en: _Optional[str] = ..., account: _Optional[str] = ..., status: _Optional[_Union[PersonStatus, str]] = ..., assignments: _Optional[_Iterable[_Union[PersonChanged.Assignment, _Mapping]]] = ..., role_grants: _Optional[_Iterable[_Union[PersonChanged.RoleGrant, _Mapping]]] = ..., status_spans: _Optional[_Iterable[_Union[PersonChanged.StatusSpan, _Mapping]]] = ..., managed_by_bureau_id: _Optional[str] = ..., enforcement_qualified: _Optional[bool] = ...) -> None: ...
