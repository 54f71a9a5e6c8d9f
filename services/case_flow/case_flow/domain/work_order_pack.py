"""The rules of work orders, findings, audits that come round, squads and assessments as data."""

from collections.abc import Mapping

import msgspec
from plumbline_shared.deadline import DeadlineRule

from case_flow.domain.control_pack import Label
from case_flow.domain.definition import State


class AuditRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An audit that comes round every so many months of the calendar year; `form` is its workpaper."""

    every_months: int
    label: Label
    citation: str
    form: str | None = None
    below: bool = False
    """Whether it is an inspection of the bureaus below (S2-024), and not of the own."""


class SquadRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which kinds of units a squad has to be made of."""

    functions: tuple[str, ...]
    offices: bool
    citation: str


class AssessmentRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which departure in percent an assessment entered by hand is told."""

    percent: int
    citation: str


class WorkOrderPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the rules."""

    id: str
    version: str
    citation: str
    accept: DeadlineRule
    answer: DeadlineRule
    sources: Mapping[str, Label]
    audits: Mapping[str, AuditRule]
    squad: SquadRule
    assessment: AssessmentRule
    note_states: tuple[State, ...]
