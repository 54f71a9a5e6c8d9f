"""Apportionment of enforcement-fault liability (国税发〔2005〕42号 Art 20; exemption Art 22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec


class Capacity(StrEnum):
    """What a person did in the faulty act."""

    HANDLER = "HANDLER"
    REVIEWER = "REVIEWER"
    APPROVER = "APPROVER"
    RECONSIDERATION = "RECONSIDERATION"
    PRINCIPAL = "PRINCIPAL"
    MEMBER = "MEMBER"


class Part(StrEnum):
    """Share of the liability; one who bears it alone bears the primary part."""

    PRIMARY = "PRIMARY"
    SECONDARY = "SECONDARY"


class Form(StrEnum):
    """Administrative forms of accountability (Art 11), mildest first."""

    NONE = "NONE"
    CRITICISM_EDUCATION = "CRITICISM_EDUCATION"
    WRITTEN_SELF_CRITICISM = "WRITTEN_SELF_CRITICISM"
    CIRCULAR = "CIRCULAR"
    STANDBY = "STANDBY"
    QUALIFICATION_REVOKED = "QUALIFICATION_REVOKED"


@dataclass(frozen=True)
class Act:
    """One person's part in what happened. `dissented`: on record against it; `fraud`: deceived those after."""

    person_id: str
    unit_id: str
    capacity: Capacity
    fraud: bool = False
    dissented: bool = False


@dataclass(frozen=True)
class Share:
    """Who bears which part."""

    person_id: str
    unit_id: str
    part: Part


class Apportionment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who bears which part, as data: capacities from the most specific case of Art 20 to the most general.

    `alone_by_fraud` are those whose fraud leaves everybody else out.
    """

    primary: tuple[Capacity, ...]
    alone_by_fraud: tuple[Capacity, ...]
    citation: str
    dissent_exempts: str
    self_report_mitigates: str


def apportion(acts: Sequence[Act], rule: Apportionment) -> tuple[Share, ...]:
    """The shares, one a person, in the order of `acts`.

    A recorded dissent exempts (Art 22); a handler's fraud leaves the handler alone; otherwise whoever acted in the
    first capacity of the rule is primary, and the rest are secondary: the principal of a collective decision, the
    reconsideration staff who upheld it, the reviewer of a reviewed act, the approver of an approved one, or the
    handler who acted alone.
    """
    liable = [act for act in acts if not act.dissented]
    fraud = [act for act in liable if act.fraud and act.capacity in rule.alone_by_fraud]
    if fraud:
        return _shares(fraud, frozenset(act.capacity for act in fraud))
    primary = next((one for one in rule.primary if any(act.capacity is one for act in liable)), None)
    return _shares(liable, frozenset({primary} if primary else ()))


def _shares(acts: Sequence[Act], primary: frozenset[Capacity]) -> tuple[Share, ...]:
    """A person who acted twice bears the graver part once."""
    shares: dict[str, Share] = {}
    for act in acts:
        part = Part.PRIMARY if act.capacity in primary else Part.SECONDARY
        known = shares.get(act.person_id)
        if known is None or (known.part, part) == (Part.SECONDARY, Part.PRIMARY):
            shares[act.person_id] = Share(act.person_id, act.unit_id, part)
    return tuple(shares.values())


def form_for(forms: Mapping[Part, Form], part: Part) -> Form:
    """The form a pack gives to a part of this kind of incident."""
    return forms.get(part, Form.NONE)


def mitigated(form: Form) -> Form:
    """One step milder, for whoever reported the fault before it was found (Art 23); never nothing at all."""
    order = tuple(Form)
    milder = order[max(0, order.index(form) - 1)]
    return form if milder is Form.NONE else milder
