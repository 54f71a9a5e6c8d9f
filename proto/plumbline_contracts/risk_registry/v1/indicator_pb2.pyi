from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class IndicatorVersionPublished(_message.Message):
    __slots__ = ("indicator_id", "bureau_id", "code", "version", "title", "title_en", "alert_kind", "phase", "source", "condition", "facts", "basis", "citation", "effective_from", "retired")
    class Fact(_message.Message):
        __slots__ = ("name", "type")
        NAME_FIELD_NUMBER: _ClassVar[int]
        TYPE_FIELD_NUMBER: _ClassVar[int]
        name: str
        type: str
        def __init__(self, name: _Optional[str] = ..., type: _Optional[str] = ...) -> None: ...
    INDICATOR_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_EN_FIELD_NUMBER: _ClassVar[int]
    ALERT_KIND_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    CITATION_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    RETIRED_FIELD_NUMBER: _ClassVar[int]
    indicator_id: str
    bureau_id: str
    code: str
    version: int
    title: str
    title_en: str
    alert_kind: str
    phase: _risk_pb2.ControlPhase
    source: str
    condition: str
    facts: _containers.RepeatedCompositeFieldContainer[IndicatorVersionPublished.Fact]
    basis: str
    citation: str
    effective_from: str
    retired: bool
    def __init__(self, indicator_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., code: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., title_en: _Optional[str] = ..., alert_kind: _Optional[str] = ..., phase: _Optional[_Union[_risk_pb2.ControlPhase, str]] = ..., source: _Optional[str] = ..., condition: _Optional[str] = ..., facts: _Optional[_Iterable[_Union[IndicatorVersionPublished.Fact, _Mapping]]] = ..., basis: _Optional[str] = ..., citation: _Optional[str] = ..., effective_from: _Optional[str] = ..., retired: _Optional[bool] = ...) -> None: ...
