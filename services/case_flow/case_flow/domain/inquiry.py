"""An accountability inquiry: notice, defence, hearing, roll-call vote, and a decision that follows the votes."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec
from plumbline_shared.errors import Refused

from case_flow.domain.collective import Seat, check_present
from case_flow.domain.liability import Form, Part


class InquiryState(StrEnum):
    """Requirements §3.2."""

    PROPOSED = "PROPOSED"
    OPENED = "OPENED"
    NOTICE_SERVED = "NOTICE_SERVED"
    DEFENCE = "DEFENCE"
    HEARING = "HEARING"
    DELIBERATION = "DELIBERATION"
    VOTED = "VOTED"
    DECIDED = "DECIDED"
    IN_FORCE = "IN_FORCE"
    APPEALED = "APPEALED"
    FINAL = "FINAL"


class PublicationScope(StrEnum):
    """How far a decision is published (C-11)."""

    PARTIES = "PARTIES"
    UNIT = "UNIT"
    BUREAU = "BUREAU"
    PUBLIC = "PUBLIC"


class Inquiry(msgspec.Struct, frozen=True):
    """One inquiry into one incident. `trigger` is a code of the `scheme` under which it was proposed (S1-082)."""

    id: str
    bureau_id: str
    incident_id: str
    unit_id: str
    state: InquiryState
    reason: str
    proposed_by: str
    proposed_on: date
    number: str | None = None
    opened_by: str | None = None
    opened_on: date | None = None
    quorum: int | None = None
    notice_served_on: date | None = None
    defence_due_on: date | None = None
    hearing_on: date | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    carried: bool | None = None
    publication_scope: PublicationScope | None = None
    appeal_until: date | None = None
    in_force_on: date | None = None
    trigger: str | None = None
    scheme: str | None = None


class Respondent(msgspec.Struct, frozen=True):
    """Somebody the inquiry is about; part and form once it is decided."""

    inquiry_id: str
    person_id: str
    unit_id: str
    part: Part | None = None
    form: Form | None = None


class InquiryStateRefused(Refused):
    """The inquiry is not at the stage where this act belongs."""

    code = "INQUIRY_STATE"


class PanelRefused(Refused):
    """The panel has the wrong size, repeats a member, or seats a respondent."""

    code = "PANEL_INVALID"


class DefenceRunning(Refused):
    """The hearing waits for the end of the time for defence, or for every respondent's statement."""

    code = "DEFENCE_RUNNING"


class AppealTooLate(Refused):
    """The time for appeal has passed."""

    code = "APPEAL_TOO_LATE"


NEXT: Mapping[InquiryState, frozenset[InquiryState]] = {
    InquiryState.PROPOSED: frozenset({InquiryState.OPENED}),
    InquiryState.OPENED: frozenset({InquiryState.NOTICE_SERVED}),
    InquiryState.NOTICE_SERVED: frozenset({InquiryState.DEFENCE, InquiryState.HEARING}),
    InquiryState.DEFENCE: frozenset({InquiryState.HEARING}),
    InquiryState.HEARING: frozenset({InquiryState.DELIBERATION}),
    InquiryState.DELIBERATION: frozenset({InquiryState.VOTED}),
    InquiryState.VOTED: frozenset({InquiryState.DECIDED}),
    InquiryState.DECIDED: frozenset({InquiryState.IN_FORCE, InquiryState.APPEALED}),
    InquiryState.IN_FORCE: frozenset(),
    InquiryState.APPEALED: frozenset({InquiryState.FINAL}),
    InquiryState.FINAL: frozenset(),
}


def move(state: InquiryState, to: InquiryState) -> InquiryState:
    """The state after a permitted move; InquiryStateRefused otherwise."""
    if to not in NEXT[state]:
        raise InquiryStateRefused(
            f"the inquiry is {state}: it cannot become {to} now", state=state, wanted=to
        )
    return to


def check_panel(members: tuple[str, ...], respondents: frozenset[str], size: int) -> None:
    """A panel has its full size, nobody twice, and no respondent."""
    if len(members) != size or len(frozenset(members)) != size:
        raise PanelRefused(f"the panel has {size} different members", size=size)
    if respondents & frozenset(members):
        raise PanelRefused("a respondent does not sit on the panel of their own inquiry")


def barred(members: tuple[str, ...], verifier: str | None, verifier_chief: str | None) -> frozenset[str]:
    """Members who verified the incident, or whose staff did (SoD-4, C-15), take no part in its vote."""
    return frozenset(members) & frozenset(one for one in (verifier, verifier_chief) if one is not None)


def check_hearing(
    seats: tuple[Seat, ...], quorum: int, defence_due_on: date, today: date, heard: bool
) -> None:
    """A hearing needs its quorum of voters, after the time for defence or once everybody was heard."""
    if today <= defence_due_on and not heard:
        raise DefenceRunning(f"respondents may state their defence until {defence_due_on}")
    check_present(sum(seat.votes for seat in seats), quorum)


def check_appeal(appeal_until: date, today: date) -> None:
    """Raise AppealTooLate after the last day."""
    if today > appeal_until:
        raise AppealTooLate(f"an appeal was possible until {appeal_until}")
