from plumbline_contracts.common.v1 import risk_pb2 as _risk_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ControlFamily(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTROL_FAMILY_UNSPECIFIED: _ClassVar[ControlFamily]
    CONTROL_FAMILY_SEGREGATION: _ClassVar[ControlFamily]
    CONTROL_FAMILY_PROCESS: _ClassVar[ControlFamily]
    CONTROL_FAMILY_SYSTEM: _ClassVar[ControlFamily]
    CONTROL_FAMILY_EXTERNAL: _ClassVar[ControlFamily]
CONTROL_FAMILY_UNSPECIFIED: ControlFamily
CONTROL_FAMILY_SEGREGATION: ControlFamily
CONTROL_FAMILY_PROCESS: ControlFamily
CONTROL_FAMILY_SYSTEM: ControlFamily
CONTROL_FAMILY_EXTERNAL: ControlFamily

class ControlVersionPublished(_message.Message):
    __slots__ = ("control_id", "bureau_id", "code", "version", "title", "title_en", "family", "phase", "basis", "point_ids", "nodes", "effective_from", "retired")
    class Node(_message.Message):
        __slots__ = ("process", "step")
        PROCESS_FIELD_NUMBER: _ClassVar[int]
        STEP_FIELD_NUMBER: _ClassVar[int]
        process: str
        step: str
        def __init__(self, process: _Optional[str] = ..., step: _Optional[str] = ...) -> None: ...
    CONTROL_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_EN_FIELD_NUMBER: _ClassVar[int]
    FAMILY_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    POINT_IDS_FIELD_NUMBER: _ClassVar[int]
    NODES_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    RETIRED_FIELD_NUMBER: _ClassVar[int]
    control_id: str
    bureau_id: str
    code: str
    version: int
    title: str
    title_en: str
    family: ControlFamily
    phase: _risk_pb2.ControlPhase
    basis: str
    point_ids: _containers.RepeatedScalarFieldContainer[str]
    nodes: _containers.RepeatedCompositeFieldContainer[ControlVersionPublished.Node]
    effective_from: str
    retired: bool
    def __init__(self, control_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., code: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., title_en: _Optional[str] = ..., family: _Optional[_Union[ControlFamily, str]] = ..., phase: _Optional[_Union[_risk_pb2.ControlPhase, str]] = ..., basis: _Optional[str] = ..., point_ids: _Optional[_Iterable[str]] = ..., nodes: _Optional[_Iterable[_Union[ControlVersionPublished.Node, _Mapping]]] = ..., effective_from: _Optional[str] = ..., retired: _Optional[bool] = ...) -> None: ...
