from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RiskDisposition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RISK_DISPOSITION_UNSPECIFIED: _ClassVar[RiskDisposition]
    RISK_DISPOSITION_TRANSFERRED_TO_POST: _ClassVar[RiskDisposition]
    RISK_DISPOSITION_REDUCED: _ClassVar[RiskDisposition]
    RISK_DISPOSITION_DISSOLVED: _ClassVar[RiskDisposition]
RISK_DISPOSITION_UNSPECIFIED: RiskDisposition
RISK_DISPOSITION_TRANSFERRED_TO_POST: RiskDisposition
RISK_DISPOSITION_REDUCED: RiskDisposition
RISK_DISPOSITION_DISSOLVED: RiskDisposition

class ProcessVersionPublished(_message.Message):
    __slots__ = ("version_id", "bureau_id", "process", "number", "previous_version_id", "owner_unit_id", "effective_from", "limit_days", "limit_unit", "previous_limit_days", "steps", "removed_steps", "dispositions", "previous_step_count")
    class Step(_message.Message):
        __slots__ = ("code", "title", "title_en", "function", "post_id", "monitor_post_id", "basis", "limit_days", "next")
        CODE_FIELD_NUMBER: _ClassVar[int]
        TITLE_FIELD_NUMBER: _ClassVar[int]
        TITLE_EN_FIELD_NUMBER: _ClassVar[int]
        FUNCTION_FIELD_NUMBER: _ClassVar[int]
        POST_ID_FIELD_NUMBER: _ClassVar[int]
        MONITOR_POST_ID_FIELD_NUMBER: _ClassVar[int]
        BASIS_FIELD_NUMBER: _ClassVar[int]
        LIMIT_DAYS_FIELD_NUMBER: _ClassVar[int]
        NEXT_FIELD_NUMBER: _ClassVar[int]
        code: str
        title: str
        title_en: str
        function: str
        post_id: str
        monitor_post_id: str
        basis: str
        limit_days: int
        next: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, code: _Optional[str] = ..., title: _Optional[str] = ..., title_en: _Optional[str] = ..., function: _Optional[str] = ..., post_id: _Optional[str] = ..., monitor_post_id: _Optional[str] = ..., basis: _Optional[str] = ..., limit_days: _Optional[int] = ..., next: _Optional[_Iterable[str]] = ...) -> None: ...
    class Disposition(_message.Message):
        __slots__ = ("point_id", "kind", "from_step", "to_step", "receiver_post_id")
        POINT_ID_FIELD_NUMBER: _ClassVar[int]
        KIND_FIELD_NUMBER: _ClassVar[int]
        FROM_STEP_FIELD_NUMBER: _ClassVar[int]
        TO_STEP_FIELD_NUMBER: _ClassVar[int]
        RECEIVER_POST_ID_FIELD_NUMBER: _ClassVar[int]
        point_id: str
        kind: RiskDisposition
        from_step: str
        to_step: str
        receiver_post_id: str
        def __init__(self, point_id: _Optional[str] = ..., kind: _Optional[_Union[RiskDisposition, str]] = ..., from_step: _Optional[str] = ..., to_step: _Optional[str] = ..., receiver_post_id: _Optional[str] = ...) -> None: ...
    VERSION_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_VERSION_ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    LIMIT_DAYS_FIELD_NUMBER: _ClassVar[int]
    LIMIT_UNIT_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_LIMIT_DAYS_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    REMOVED_STEPS_FIELD_NUMBER: _ClassVar[int]
    DISPOSITIONS_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_STEP_COUNT_FIELD_NUMBER: _ClassVar[int]
    version_id: str
    bureau_id: str
    process: str
    number: int
    previous_version_id: str
    owner_unit_id: str
    effective_from: str
    limit_days: int
    limit_unit: str
    previous_limit_days: int
    steps: _containers.RepeatedCompositeFieldContainer[ProcessVersionPublished.Step]
    removed_steps: _containers.RepeatedScalarFieldContainer[str]
    dispositions: _containers.RepeatedCompositeFieldContainer[ProcessVersionPublished.Disposition]
    previous_step_count: int
    def __init__(self, version_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., process: _Optional[str] = ..., number: _Optional[int] = ..., previous_version_id: _Optional[str] = ..., owner_unit_id: _Optional[str] = ..., effective_from: _Optional[str] = ..., limit_days: _Optional[int] = ..., limit_unit: _Optional[str] = ..., previous_limit_days: _Optional[int] = ..., steps: _Optional[_Iterable[_Union[ProcessVersionPublished.Step, _Mapping]]] = ..., removed_steps: _Optional[_Iterable[str]] = ..., dispositions: _Optional[_Iterable[_Union[ProcessVersionPublished.Disposition, _Mapping]]] = ..., previous_step_count: _Optional[int] = ...) -> None: ...

class RiskPointDissolved(_message.Message):
    __slots__ = ("point_id", "bureau_id", "code", "effective_from", "version_id", "process", "step")
    POINT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    VERSION_ID_FIELD_NUMBER: _ClassVar[int]
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    point_id: str
    bureau_id: str
    code: str
    effective_from: str
    version_id: str
    process: str
    step: str
    def __init__(self, point_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., code: _Optional[str] = ..., effective_from: _Optional[str] = ..., version_id: _Optional[str] = ..., process: _Optional[str] = ..., step: _Optional[str] = ...) -> None: ...
