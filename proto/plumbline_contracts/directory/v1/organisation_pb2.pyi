from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BureauLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BUREAU_LEVEL_UNSPECIFIED: _ClassVar[BureauLevel]
    BUREAU_LEVEL_PROVINCE: _ClassVar[BureauLevel]
    BUREAU_LEVEL_CITY: _ClassVar[BureauLevel]
    BUREAU_LEVEL_DISTRICT: _ClassVar[BureauLevel]

class UnitKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UNIT_KIND_UNSPECIFIED: _ClassVar[UnitKind]
    UNIT_KIND_LEADERSHIP: _ClassVar[UnitKind]
    UNIT_KIND_SECTION: _ClassVar[UnitKind]
    UNIT_KIND_OFFICE: _ClassVar[UnitKind]
    UNIT_KIND_HALL: _ClassVar[UnitKind]
    UNIT_KIND_SQUAD: _ClassVar[UnitKind]

class PostKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POST_KIND_UNSPECIFIED: _ClassVar[PostKind]
    POST_KIND_BUREAU_HEAD: _ClassVar[PostKind]
    POST_KIND_DEPUTY_HEAD: _ClassVar[PostKind]
    POST_KIND_DISCIPLINE_LEAD: _ClassVar[PostKind]
    POST_KIND_CHIEF: _ClassVar[PostKind]
    POST_KIND_DEPUTY_CHIEF: _ClassVar[PostKind]
    POST_KIND_OFFICER: _ClassVar[PostKind]
BUREAU_LEVEL_UNSPECIFIED: BureauLevel
BUREAU_LEVEL_PROVINCE: BureauLevel
BUREAU_LEVEL_CITY: BureauLevel
BUREAU_LEVEL_DISTRICT: BureauLevel
UNIT_KIND_UNSPECIFIED: UnitKind
UNIT_KIND_LEADERSHIP: UnitKind
UNIT_KIND_SECTION: UnitKind
UNIT_KIND_OFFICE: UnitKind
UNIT_KIND_HALL: UnitKind
UNIT_KIND_SQUAD: UnitKind
POST_KIND_UNSPECIFIED: PostKind
POST_KIND_BUREAU_HEAD: PostKind
POST_KIND_DEPUTY_HEAD: PostKind
POST_KIND_DISCIPLINE_LEAD: PostKind
POST_KIND_CHIEF: PostKind
POST_KIND_DEPUTY_CHIEF: PostKind
POST_KIND_OFFICER: PostKind

class BureauChanged(_message.Message):
    __slots__ = ("bureau_id", "parent_bureau_id", "name", "name_en", "level", "effective_from", "effective_to")
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    PARENT_BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TO_FIELD_NUMBER: _ClassVar[int]
    bureau_id: str
    parent_bureau_id: str
    name: str
    name_en: str
    level: BureauLevel
    effective_from: str
    effective_to: str
    def __init__(self, bureau_id: _Optional[str] = ..., parent_bureau_id: _Optional[str] = ..., name: _Optional[str] = ..., name_en: _Optional[str] = ..., level: _Optional[_Union[BureauLevel, str]] = ..., effective_from: _Optional[str] = ..., effective_to: _Optional[str] = ...) -> None: ...

class UnitChanged(_message.Message):
    __slots__ = ("unit_id", "bureau_id", "parent_unit_id", "name", "name_en", "kind", "functions", "head_post_id", "deputy_in_charge_post_id", "effective_from", "effective_to")
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    PARENT_UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_EN_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    FUNCTIONS_FIELD_NUMBER: _ClassVar[int]
    HEAD_POST_ID_FIELD_NUMBER: _ClassVar[int]
    DEPUTY_IN_CHARGE_POST_ID_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TO_FIELD_NUMBER: _ClassVar[int]
    unit_id: str
    bureau_id: str
    parent_unit_id: str
    name: str
    name_en: str
    kind: UnitKind
    functions: _containers.RepeatedScalarFieldContainer[str]
    head_post_id: str
    deputy_in_charge_post_id: str
    effective_from: str
    effective_to: str
    def __init__(self, unit_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., parent_unit_id: _Optional[str] = ..., name: _Optional[str] = ..., name_en: _Optional[str] = ..., kind: _Optional[_Union[UnitKind, str]] = ..., functions: _Optional[_Iterable[str]] = ..., head_post_id: _Optional[str] = ..., deputy_in_charge_post_id: _Optional[str] = ..., effective_from: _Optional[str] = ..., effective_to: _Optional[str] = ...) -> None: ...

class PostChanged(_message.Message):
    __slots__ = ("post_id", "bureau_id", "unit_id", "title", "title_en", "kind", "effective_from", "effective_to")
    POST_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    UNIT_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_EN_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TO_FIELD_NUMBER: _ClassVar[int]
    post_id: str
    bureau_id: str
    unit_id: str
    title: str
    title_en: str
    kind: PostKind
    effective_from: str
    effective_to: str
    def __init__(self, post_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., unit_id: _Optional[str] = ..., title: _Optional[str] = ..., title_en: _Optional[str] = ..., kind: _Optional[_Union[PostKind, str]] = ..., effective_from: _Optional[str] = ..., effective_to: _Optional[str] = ...) -> None: ...
