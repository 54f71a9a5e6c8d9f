"""The rules of control as data: who hears of what, within which limits, which tiers and forms apply.

A pack has an id, a version and a citation in every rule; a bureau replaces it by publishing another version.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.deadline import DeadlineRule

from case_flow.domain.alert import AlertPhase
from case_flow.domain.discretion import DiscretionPack
from case_flow.domain.hold import HoldWay
from case_flow.domain.liability import Form, Part


class Recipient(StrEnum):
    """A place on the list of those who see an alert (requirements §5.2 and §7)."""

    SUBJECT = "SUBJECT"
    MANAGER = "MANAGER"
    MONITORS = "MONITORS"
    UNIT_CHIEF = "UNIT_CHIEF"
    DEPUTY_IN_CHARGE = "DEPUTY_IN_CHARGE"
    LEGAL = "LEGAL"
    DISCIPLINE = "DISCIPLINE"
    TRACKER = "TRACKER"
    HR = "HR"
    HEAD = "HEAD"


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What users read, in both languages."""

    zh: str
    en: str


class Closer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who hears of it too once at most `days_left` days are left."""

    days_left: int
    recipients: tuple[Recipient, ...]


class AlertRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind of alert is raised. `grade` None means the grade of the point on that day."""

    phase: AlertPhase
    recipients: tuple[Recipient, ...]
    verify: bool
    label: Label
    citation: str
    grade: RiskGrade | None = None
    closer: tuple[Closer, ...] = ()
    incident_kind: str | None = None

    def recipients_at(self, days_left: int | None) -> tuple[Recipient, ...]:
        """Everybody on the list when so many days are left."""
        near = (one for one in self.closer if days_left is not None and days_left <= one.days_left)
        return (*self.recipients, *(who for one in near for who in one.recipients))


class HoldRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a hold says and which ways lead out of it. A hard one has no departure."""

    control: str
    ways: tuple[HoldWay, ...]
    message: Label
    citation: str
    grade: RiskGrade
    """The grade of the hold's alert while the register has not published the point."""


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every time limit of the control half."""

    acknowledge: DeadlineRule
    verify: Mapping[RiskGrade, DeadlineRule]
    defence: DeadlineRule
    appeal: DeadlineRule
    rectify: DeadlineRule
    rectify_again: DeadlineRule
    rectify_block: DeadlineRule
    hearing_request: DeadlineRule
    penalty_decision: DeadlineRule


class PanelRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Size and quorum of an inquiry's panel; the quorum counts members who may vote."""

    size: int
    quorum: int
    citation: str


class RepeatRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From the `limit`-th corrected hold of one person within `window_days` calendar days an alert is raised."""

    limit: int
    window_days: int
    citation: str


class ControlPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the control rules."""

    id: str
    version: str
    citation: str
    limits: Limits
    alerts: Mapping[str, AlertRule]
    verifiers: Mapping[RiskGrade, tuple[str, ...]]
    holds: Mapping[str, HoldRule]
    repeated_holds: RepeatRule
    panel: PanelRule
    forms: Mapping[str, Mapping[Part, Form]]
    incident_kinds: Mapping[str, Label]
    discretion: DiscretionPack
    count_suppressed_below: int
    default_grade: RiskGrade
    held_alert: AlertRule
    """How the alert of a hold is raised; its kind is the code of the hold."""

    def alert(self, kind: str) -> AlertRule:
        """The rule of an alert kind; a kind that the pack does not list is that of a hold."""
        return self.alerts.get(kind, self.held_alert)
