"""Regulation gaps 制度缺口 (S2-053, L3): a confirmed alert asks whether a rule is missing; the answer may propose one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from plumbline_shared.errors import Conflict, Invalid

from risk_registry.domain.catalogue import EntryKind

PROPOSED = (EntryKind.REGULATION, EntryKind.CONTROL)


class GapState(StrEnum):
    """Asked; answered that none is missing, or with a proposal; the proposal accepted or declined."""

    OPEN = "OPEN"
    NO_GAP = "NO_GAP"
    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"


class GapAnswered(Conflict):
    """A question is answered once."""

    code = "GAP_ANSWERED"


class GapDecided(Conflict):
    """A proposal is decided once, and there is one to decide."""

    code = "GAP_DECIDED"


@dataclass(frozen=True)
class Proposal:
    """A regulation or a control as the catalogue takes it."""

    kind: EntryKind
    code: str
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What somebody who keeps the rules says; a missing rule comes with a proposal."""

    advice: str
    proposal: Proposal | None
    answered_by: str
    answered_at: datetime


@dataclass(frozen=True)
class Decision:
    """What the head decided of a proposal; accepted it counts from a day on."""

    accepted: bool
    reason: str
    effective_from: date | None
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class RegulationGap:
    """One question about a kind of alert at a point, with the confirmed alerts that ask it."""

    id: str
    bureau_id: str
    kind: str
    point_id: str
    opened_at: datetime
    alerts: tuple[str, ...] = ()
    answer: Answer | None = None
    decision: Decision | None = None

    @property
    def state(self) -> GapState:
        if self.answer is None:
            return GapState.OPEN
        if self.answer.proposal is None:
            return GapState.NO_GAP
        if self.decision is None:
            return GapState.PROPOSED
        return GapState.ACCEPTED if self.decision.accepted else GapState.DECLINED


def check_answer(missing: bool, advice: str, proposal: Proposal | None) -> None:
    """Raises Invalid: reasons are always given, and a missing rule, and only that, comes with its proposal."""
    if not advice.strip():
        raise Invalid("say why", path=("advice",))
    if missing != (proposal is not None):
        raise Invalid("a missing rule, and only that, comes with a proposal", path=("proposal",))
    if proposal and proposal.kind not in PROPOSED:
        raise Invalid("propose a REGULATION or a CONTROL", path=("proposal", "kind"))
