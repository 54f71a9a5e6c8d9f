from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Part(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PART_UNSPECIFIED: _ClassVar[Part]
    PART_PRIMARY: _ClassVar[Part]
    PART_SECONDARY: _ClassVar[Part]

class AccountabilityForm(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACCOUNTABILITY_FORM_UNSPECIFIED: _ClassVar[AccountabilityForm]
    ACCOUNTABILITY_FORM_NONE: _ClassVar[AccountabilityForm]
    ACCOUNTABILITY_FORM_CRITICISM_EDUCATION: _ClassVar[AccountabilityForm]
    ACCOUNTABILITY_FORM_WRITTEN_SELF_CRITICISM: _ClassVar[AccountabilityForm]
    ACCOUNTABILITY_FORM_CIRCULAR: _ClassVar[AccountabilityForm]
    ACCOUNTABILITY_FORM_STANDBY: _ClassVar[AccountabilityForm]
    ACCOUNTABILITY_FORM_QUALIFICATION_REVOKED: _ClassVar[AccountabilityForm]

class PublicationScope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PUBLICATION_SCOPE_UNSPECIFIED: _ClassVar[PublicationScope]
    PUBLICATION_SCOPE_PARTIES: _ClassVar[PublicationScope]
    PUBLICATION_SCOPE_UNIT: _ClassVar[PublicationScope]
    PUBLICATION_SCOPE_BUREAU: _ClassVar[PublicationScope]
    PUBLICATION_SCOPE_PUBLIC: _ClassVar[PublicationScope]
PART_UNSPECIFIED: Part
PART_PRIMARY: Part
PART_SECONDARY: Part
ACCOUNTABILITY_FORM_UNSPECIFIED: AccountabilityForm
ACCOUNTABILITY_FORM_NONE: AccountabilityForm
ACCOUNTABILITY_FORM_CRITICISM_EDUCATION: AccountabilityForm
ACCOUNTABILITY_FORM_WRITTEN_SELF_CRITICISM: AccountabilityForm
ACCOUNTABILITY_FORM_CIRCULAR: AccountabilityForm
ACCOUNTABILITY_FORM_STANDBY: AccountabilityForm
ACCOUNTABILITY_FORM_QUALIFICATION_REVOKED: AccountabilityForm
PUBLICATION_SCOPE_UNSPECIFIED: PublicationScope
PUBLICATION_SCOPE_PARTIES: PublicationScope
PUBLICATION_SCOPE_UNIT: PublicationScope
PUBLICATION_SCOPE_BUREAU: PublicationScope
PUBLICATION_SCOPE_PUBLIC: PublicationScope

class IncidentSetAside(_message.Message):
    __slots__ = ("incident_id", "alert_id", "bureau_id", "point_id", "set_aside_on")
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    SET_ASIDE_ON_FIELD_NUMBER: _ClassVar[int]
    incident_id: str
    alert_id: str
    bureau_id: str
    point_id: str
    set_aside_on: str
    def __init__(self, incident_id: _Optional[str] = ..., alert_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., point_id: _Optional[str] = ..., set_aside_on: _Optional[str] = ...) -> None: ...

class IncidentConfirmed(_message.Message):
    __slots__ = ("incident_id", "bureau_id", "kind", "point_id", "matter_id", "unit_id", "occurred_on", "confirmed_on", "late_working_days", "grade", "self_reported", "alert_id", "process", "root_cause", "root")
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    MATTER_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_ON_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_ON_FIELD_NUMBER: _ClassVar[int]
    LATE_WORKING_DAYS_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    SELF_REPORTED_FIELD_NUMBER: _ClassVar[int]
    ALERT_ID_FIELD_NUMBER: _ClassVar[int]
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    ROOT_CAUSE_FIELD_NUMBER: _ClassVar[int]
    ROOT_FIELD_NUMBER: _ClassVar[int]
    incident_id: str
    bureau_id: str
    kind: str
    point_id: str
    matter_id: str
    unit_id: str
    occurred_on: str
    confirmed_on: str
    late_working_days: int
    grade: _risk_pb2.RiskGrade
    self_reported: bool
    alert_id: str
    process: str
    root_cause: str
    root: str
    def __init__(self, incident_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., kind: _Optional[str] = ..., point_id: _Optional[str] = ..., matter_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., occurred_on: _Optional[str] = ..., confirmed_on: _Optional[str] = ..., late_working_days: _Optional[int] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., self_reported: _Optional[bool] = ..., alert_id: _Optional[str] = ..., process: _Optional[str] = ..., root_cause: _Optional[str] = ..., root: _Optional[str] = ...) -> None: ...

class InquiryDecided(_message.Message):
    __slots__ = ("inquiry_id", "incident_id", "incident_kind", "bureau_id", "unit_id", "decided_on", "publication_scope", "outcomes", "point_id", "grade")
    class Outcome(_message.Message):
        __slots__ = ("person_id", "unit_id", "part", "form")
        PERSON_ID_FIELD_NUMBER: _ClassVar[int]
        UNIT_ID_FIELD_NUMBER: _ClassVar[int]
        PART_FIELD_NUMBER: _ClassVar[int]
        FORM_FIELD_NUMBER: _ClassVar[int]
        person_id: str
        unit_id: str
        part: Part
        form: AccountabilityForm
        def __init__(self, person_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., part: _Optional[_Union[Part, str]] = ..., form: _Optional[_Union[AccountabilityForm, str]] = ...) -> None: ...
    INQUIRY_ID_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_KIND_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    PUBLICATION_SCOPE_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    inquiry_id: str
    incident_id: str
    incident_kind: str
    bureau_id: str
    unit_id: str
    decided_on: str
    publication_scope: PublicationScope
    outcomes: _containers.RepeatedCompositeFieldContainer[InquiryDecided.Outcome]
    point_id: str
    grade: _risk_pb2.RiskGrade
    def __init__(self, inquiry_id: _Optional[str] = ..., incident_id: _Optional[str] = ..., incident_kind: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., decided_on: _Optional[str] = ..., publication_scope: _Optional[_Union[PublicationScope, str]] = ..., outcomes: _Optional[_Iterable[_Union[InquiryDecided.Outcome, _Mapping]]] = ..., point_id: _Optional[str] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ...) -> None: ...

class AppealDecided(_message.Message):
    __slots__ = ("inquiry_id", "incident_id", "bureau_id", "upheld", "decided_on")
    INQUIRY_ID_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UPHELD_FIELD_NUMBER: _ClassVar[int]
    DECIDED_ON_FIELD_NUMBER: _ClassVar[int]
    inquiry_id: str
    incident_id: str
    bureau_id: str
    upheld: bool
    decided_on: str
    def __init__(self, inquiry_id: _Optional[str] = ..., incident_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., upheld: _Optional[bool] = ..., decided_on: _Optional[str] = ...) -> None: ...

class RectificationIssued(_message.Message):
    __slots__ = ("order_id", "incident_id", "bureau_id", "unit_id", "due_on", "issued_on")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    INCIDENT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    ISSUED_ON_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    incident_id: str
    bureau_id: str
    unit_id: str
    due_on: str
    issued_on: str
    def __init__(self, order_id: _Optional[str] = ..., incident_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., due_on: _Optional[str] = ..., issued_on: _Optional[str] = ...) -> None: ...

class RectificationOverdue(_message.Message):
    __slots__ = ("order_id", "bureau_id", "unit_id", "due_on", "blocks", "overdue_from")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_ON_FIELD_NUMBER: _ClassVar[int]
    BLOCKS_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FROM_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    bureau_id: str
    unit_id: str
    due_on: str
    blocks: int
    overdue_from: str
    def __init__(self, order_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., due_on: _Optional[str] = ..., blocks: _Optional[int] = ..., overdue_from: _Optional[str] = ...) -> None: ...
