"""A referral: what leaves the bureau with a document, is acknowledged with a receipt, and answered (S1-045, S2-018, S2-059)."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.deadline import DeadlineRule
from plumbline_shared.errors import Refused

from case_flow.domain.control_pack import Label


class Addressee(StrEnum):
    """Who receives it."""

    SUPERIOR = "SUPERIOR"
    PROCURATORATE = "PROCURATORATE"


class ReferralKind(StrEnum):
    """What is referred. STAFF_CONDUCT is sealed: discipline and the addressee alone know of it."""

    MAJOR_CASE = "MAJOR_CASE"
    MAJOR_MATTER = "MAJOR_MATTER"
    SUSPECTED_CRIME = "SUSPECTED_CRIME"
    STAFF_CONDUCT = "STAFF_CONDUCT"


class ReferralState(StrEnum):
    """How far it is; it follows from what was done."""

    PREPARED = "PREPARED"
    SENT = "SENT"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    ANSWERED = "ANSWERED"


class ReferralRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one kind is handled; `send` runs from the day the bureau learned of it."""

    to: Addressee
    sealed: bool
    label: Label
    acknowledge: DeadlineRule
    citation: str
    send: DeadlineRule | None = None


class ReferralPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the rules."""

    id: str
    version: str
    citation: str
    kinds: Mapping[ReferralKind, ReferralRule]
    paired_triggers: Mapping[str, Label]
    paired_citation: str


class Referral(msgspec.Struct, frozen=True):
    """One referral. `carried` and `amount_fen` are the ruling of the bureau above on a major case."""

    id: str
    bureau_id: str
    kind: ReferralKind
    addressee: Addressee
    sealed: bool
    unit_id: str
    title: str
    summary: str
    known_on: date
    prepared_by: str
    prepared_at: datetime
    pack: str
    matter_id: str | None = None
    staff_case_id: str | None = None
    send_by: date | None = None
    document: str | None = None
    sent_by: str | None = None
    sent_on: date | None = None
    acknowledge_by: date | None = None
    receipt: str | None = None
    acknowledged_by: str | None = None
    acknowledged_on: date | None = None
    answer: str | None = None
    carried: bool | None = None
    amount_fen: int | None = None
    answered_by: str | None = None
    answered_on: date | None = None

    @property
    def state(self) -> ReferralState:
        """PREPARED until something was done about it."""
        if self.answered_on:
            return ReferralState.ANSWERED
        if self.acknowledged_on:
            return ReferralState.ACKNOWLEDGED
        return ReferralState.SENT if self.sent_on else ReferralState.PREPARED


class ReferralStateRefused(Refused):
    """The referral is not at the stage where this act belongs."""

    code = "REFERRAL_STATE"


def check_state(one: Referral, wanted: ReferralState) -> None:
    """Raise ReferralStateRefused unless the referral is in the state."""
    if one.state is not wanted:
        raise ReferralStateRefused(f"the referral is {one.state}", state=one.state, wanted=wanted)
