"""Service of a document (送达): from the day it counts as served the party's periods run (I-015)."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.deadline import DeadlineRule, add_days
from plumbline_shared.errors import Invalid, Refused

from case_flow.domain.control_pack import Label


class Manner(StrEnum):
    """How a document is served (税收征收管理法实施细则 Arts 101-106)."""

    DIRECT = "DIRECT"
    LEFT = "LEFT"
    ENTRUSTED = "ENTRUSTED"
    MAIL = "MAIL"
    ELECTRONIC = "ELECTRONIC"
    PUBLIC = "PUBLIC"


class MannerRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """It counts as served `after_days` calendar days after it was handed on or published."""

    label: Label
    after_days: int
    citation: str


class KindRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of document and the periods that run from its service."""

    label: Label
    clocks: tuple[DeadlineRule, ...]


class ServicePack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the rules of service."""

    id: str
    version: str
    citation: str
    manners: Mapping[Manner, MannerRule]
    kinds: Mapping[str, KindRule]


class Period(msgspec.Struct, frozen=True):
    """A period that runs from the service, to its last day."""

    id: str
    due_on: date
    citation: str
    provisional: bool = False


class ServiceRecord(msgspec.Struct, frozen=True):
    """A document, served: `handed_on` or published, and `served_on`, from which the periods count."""

    id: str
    matter_id: str
    seq: int
    bureau_id: str
    kind: str
    document_no: str
    manner: Manner
    recipient: str
    evidence: str
    handed_on: date
    served_on: date
    clocks: tuple[Period, ...]
    pack: str
    recorded_by: str
    recorded_at: datetime


class ServedAlready(Refused):
    """That document was served: a second service starts no second period."""

    code = "SERVED_ALREADY"


def kind_of(pack: ServicePack, kind: str) -> KindRule:
    """The rule of a kind. Raises Invalid with those that the pack knows."""
    if kind not in pack.kinds:
        raise Invalid(f"a document is one of {', '.join(pack.kinds)}, not {kind!r}", path=("kind",))
    return pack.kinds[kind]


def served_on(pack: ServicePack, manner: Manner, handed_on: date, accepted_on: date, today: date) -> date:
    """The day from which it counts. Raises Invalid for a day before the matter or after today."""
    if not accepted_on <= handed_on <= today:
        raise Invalid("a document is served between the acceptance and today", path=("handedOn",))
    after = pack.manners[manner].after_days
    return date.fromordinal(handed_on.toordinal() + after)


def periods(rule: KindRule, served: date, calendar: WorkingCalendar) -> tuple[Period, ...]:
    """What runs from then on; the day of service is not counted."""
    dues = ((one, add_days(calendar, one.unit, served, one.length)) for one in rule.clocks)
    return tuple(Period(one.id, due.on, one.citation, due.provisional) for one, due in dues)
