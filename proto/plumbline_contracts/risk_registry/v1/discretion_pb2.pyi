from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DiscretionStandardPublished(_message.Message):
    __slots__ = ("standard_id", "bureau_id", "code", "version", "title", "title_en", "effective_from", "points", "summary_limit", "hearing_from", "office_limit", "citation")
    class Amount(_message.Message):
        __slots__ = ("party", "min_fen", "max_fen", "per_day_fen")
        PARTY_FIELD_NUMBER: _ClassVar[int]
        MIN_FEN_FIELD_NUMBER: _ClassVar[int]
        MAX_FEN_FIELD_NUMBER: _ClassVar[int]
        PER_DAY_FEN_FIELD_NUMBER: _ClassVar[int]
        party: str
        min_fen: int
        max_fen: int
        per_day_fen: int
        def __init__(self, party: _Optional[str] = ..., min_fen: _Optional[int] = ..., max_fen: _Optional[int] = ..., per_day_fen: _Optional[int] = ...) -> None: ...
    class Tier(_message.Message):
        __slots__ = ("code", "label", "label_en", "days_from", "days_to", "condition", "authority", "amounts", "citation")
        CODE_FIELD_NUMBER: _ClassVar[int]
        LABEL_FIELD_NUMBER: _ClassVar[int]
        LABEL_EN_FIELD_NUMBER: _ClassVar[int]
        DAYS_FROM_FIELD_NUMBER: _ClassVar[int]
        DAYS_TO_FIELD_NUMBER: _ClassVar[int]
        CONDITION_FIELD_NUMBER: _ClassVar[int]
        AUTHORITY_FIELD_NUMBER: _ClassVar[int]
        AMOUNTS_FIELD_NUMBER: _ClassVar[int]
        CITATION_FIELD_NUMBER: _ClassVar[int]
        code: str
        label: str
        label_en: str
        days_from: int
        days_to: int
        condition: str
        authority: str
        amounts: _containers.RepeatedCompositeFieldContainer[DiscretionStandardPublished.Amount]
        citation: str
        def __init__(self, code: _Optional[str] = ..., label: _Optional[str] = ..., label_en: _Optional[str] = ..., days_from: _Optional[int] = ..., days_to: _Optional[int] = ..., condition: _Optional[str] = ..., authority: _Optional[str] = ..., amounts: _Optional[_Iterable[_Union[DiscretionStandardPublished.Amount, _Mapping]]] = ..., citation: _Optional[str] = ...) -> None: ...
    class Circumstance(_message.Message):
        __slots__ = ("name", "label", "label_en", "values", "default")
        NAME_FIELD_NUMBER: _ClassVar[int]
        LABEL_FIELD_NUMBER: _ClassVar[int]
        LABEL_EN_FIELD_NUMBER: _ClassVar[int]
        VALUES_FIELD_NUMBER: _ClassVar[int]
        DEFAULT_FIELD_NUMBER: _ClassVar[int]
        name: str
        label: str
        label_en: str
        values: _containers.RepeatedScalarFieldContainer[str]
        default: str
        def __init__(self, name: _Optional[str] = ..., label: _Optional[str] = ..., label_en: _Optional[str] = ..., values: _Optional[_Iterable[str]] = ..., default: _Optional[str] = ...) -> None: ...
    class Point(_message.Message):
        __slots__ = ("code", "violation_class", "label", "label_en", "measure", "circumstances", "bounds", "tiers", "citation")
        CODE_FIELD_NUMBER: _ClassVar[int]
        VIOLATION_CLASS_FIELD_NUMBER: _ClassVar[int]
        LABEL_FIELD_NUMBER: _ClassVar[int]
        LABEL_EN_FIELD_NUMBER: _ClassVar[int]
        MEASURE_FIELD_NUMBER: _ClassVar[int]
        CIRCUMSTANCES_FIELD_NUMBER: _ClassVar[int]
        BOUNDS_FIELD_NUMBER: _ClassVar[int]
        TIERS_FIELD_NUMBER: _ClassVar[int]
        CITATION_FIELD_NUMBER: _ClassVar[int]
        code: str
        violation_class: str
        label: str
        label_en: str
        measure: str
        circumstances: _containers.RepeatedCompositeFieldContainer[DiscretionStandardPublished.Circumstance]
        bounds: _containers.RepeatedCompositeFieldContainer[DiscretionStandardPublished.Amount]
        tiers: _containers.RepeatedCompositeFieldContainer[DiscretionStandardPublished.Tier]
        citation: str
        def __init__(self, code: _Optional[str] = ..., violation_class: _Optional[str] = ..., label: _Optional[str] = ..., label_en: _Optional[str] = ..., measure: _Optional[str] = ..., circumstances: _Optional[_Iterable[_Union[DiscretionStandardPublished.Circumstance, _Mapping]]] = ..., bounds: _Optional[_Iterable[_Union[DiscretionStandardPublished.Amount, _Mapping]]] = ..., tiers: _Optional[_Iterable[_Union[DiscretionStandardPublished.Tier, _Mapping]]] = ..., citation: _Optional[str] = ...) -> None: ...
    class Threshold(_message.Message):
        __slots__ = ("amounts", "citation")
        AMOUNTS_FIELD_NUMBER: _ClassVar[int]
        CITATION_FIELD_NUMBER: _ClassVar[int]
        amounts: _containers.RepeatedCompositeFieldContainer[DiscretionStandardPublished.Amount]
        citation: str
        def __init__(self, amounts: _Optional[_Iterable[_Union[DiscretionStandardPublished.Amount, _Mapping]]] = ..., citation: _Optional[str] = ...) -> None: ...
    STANDARD_ID_FIELD_NUMBER: _ClassVar[int]
    BUREAU_ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_EN_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_FROM_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_LIMIT_FIELD_NUMBER: _ClassVar[int]
    HEARING_FROM_FIELD_NUMBER: _ClassVar[int]
    OFFICE_LIMIT_FIELD_NUMBER: _ClassVar[int]
    CITATION_FIELD_NUMBER: _ClassVar[int]
    standard_id: str
    bureau_id: str
    code: str
    version: int
    title: str
    title_en: str
    effective_from: str
    points: _containers.RepeatedCompositeFieldContainer[DiscretionStandardPublished.Point]
    summary_limit: DiscretionStandardPublished.Threshold
    hearing_from: DiscretionStandardPublished.Threshold
    office_limit: DiscretionStandardPublished.Threshold
    citation: str
    def __init__(self, standard_id: _Optional[str] = ..., bureau_id: _Optional[str] = ..., code: _Optional[str] = ..., version: _Optional[int] = ..., title: _Optional[str] = ..., title_en: _Optional[str] = ..., effective_from: _Optional[str] = ..., points: _Optional[_Iterable[_Union[DiscretionStandardPublished.Point, _Mapping]]] = ..., summary_limit: _Optional[_Union[DiscretionStandardPublished.Threshold, _Mapping]] = ..., hearing_from: _Optional[_Union[DiscretionStandardPublished.Threshold, _Mapping]] = ..., office_limit: _Optional[_Union[DiscretionStandardPublished.Threshold, _Mapping]] = ..., citation: _Optional[str] = ...) -> None: ...
