from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RiskPointPublished(_message.Message):
    __slots__ = ("point_id", "bureau_id", "code", "title", "post_id", "unit_id", "category", "grade", "effective_from", "process", "step", "title_en", "process_owner_unit_id", "post_ids")
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    GRADE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    TITLE_EN_FIELD_NUMBER: _ClassVar[int]
    PROCESS_OWNER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    POST_IDS_FIELD_NUMBER: _ClassVar[int]
    point_id: str
    bureau_id: str
    code: str
    title: str
    post_id: str
    unit_id: str
    category: _risk_pb2.RiskCategory
    grade: _risk_pb2.RiskGrade
    effective_from: str
    process: str
    step: str
    title_en: str
    process_owner_unit_id: str
    post_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, point_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., code: _Optional[str] = ..., title: _Optional[str] = ..., post_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., category: _Optional[_Union[_risk_pb2.RiskCategory, str]] = ..., grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., effective_from: _Optional[str] = ..., process: _Optional[str] = ..., step: _Optional[str] = ..., title_en: _Optional[str] = ..., process_owner_unit_id: _Optional[str] = ..., post_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class RiskPointRegraded(_message.Message):
    __slots__ = ("point_id", "bureau_id", "code", "title", "from_grade", "to_grade", "effective_from", "review_id", "holders", "process", "step", "category")
    class Holder(_message.Message):
        __slots__ = ("person_id", "unit_id")
        PERSON_ID_FIELD_NUMBER: _ClassVar[int]
        UNIT_ID_FIELD_NUMBER: _ClassVar[int]
        person_id: str
        unit_id: str
        def __init__(self, person_id: _Optional[str] = ..., unit_id: _Optional[str] = ...) -> None: ...
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    FROM_GRADE_FIELD_NUMBER: _ClassVar[int]
    TO_GRADE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    REVIEW_ID_FIELD_NUMBER: _ClassVar[int]
    HOLDERS_FIELD_NUMBER: _ClassVar[int]
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    point_id: str
    bureau_id: str
    code: str
    title: str
    from_grade: _risk_pb2.RiskGrade
    to_grade: _risk_pb2.RiskGrade
    effective_from: str
    review_id: str
    holders: _containers.RepeatedCompositeFieldContainer[RiskPointRegraded.Holder]
    process: str
    step: str
    category: _risk_pb2.RiskCategory
    def __init__(self, point_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., code: _Optional[str] = ..., title: _Optional[str] = ..., from_grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., to_grade: _Optional[_Union[_risk_pb2.RiskGrade, str]] = ..., effective_from: _Optional[str] = ..., review_id: _Optional[str] = ..., holders: _Optional[_Iterable[_Union[RiskPointRegraded.Holder, _Mapping]]] = ..., process: _Optional[str] = ..., step: _Optional[str] = ..., category: _Optional[_Union[_risk_pb2.RiskCategory, str]] = ...) -> None: ...
