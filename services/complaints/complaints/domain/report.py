"""A sealed tip-off: its clocks and its steps. Nothing here knows subject, informant or text."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from plumbline_shared.calendar import WorkingCalendar
from plumbline_shared.deadline import due
from plumbline_shared.errors import Refused

from complaints.domain.clocks import NOTICE, RESULT
from complaints.domain.complaint import WrongState


class Disposition(StrEnum):
    """The four dispositions of a lead: 谈话函询 / 初步核实 / 暂存待查 / 予以了结."""

    TALK_OR_LETTER = "TALK_OR_LETTER"
    PRELIMINARY_VERIFICATION = "PRELIMINARY_VERIFICATION"
    SUSPENDED = "SUSPENDED"
    TERMINATED = "TERMINATED"


class Outcome(StrEnum):
    """What a closed case found."""

    SUBSTANTIATED = "SUBSTANTIATED"
    PARTLY_SUBSTANTIATED = "PARTLY_SUBSTANTIATED"
    UNSUBSTANTIATED = "UNSUBSTANTIATED"


class NothingToTell(Refused):
    """An anonymous report, or a repeat, has nobody to notify."""

    code = "NOBODY_TO_NOTIFY"


@dataclass(frozen=True)
class Report:
    """What its handlers see of a sealed report before they open it."""

    id: str
    bureau_id: str
    received_on: date
    named: bool
    handlers: frozenset[str]
    repeat_of: str | None = None
    notice_due_on: date | None = None
    notice_sent_on: date | None = None
    disposition: Disposition | None = None
    disposed_on: date | None = None
    outcome: Outcome | None = None
    closed_on: date | None = None
    result_due_on: date | None = None
    result_sent_on: date | None = None


def notice_due(named: bool, repeat: bool, received_on: date, calendar: WorkingCalendar) -> date | None:
    """15 working days for a named report; no clock for an anonymous one or a repeat (§6.4, scenario 3d, 3e)."""
    return due(NOTICE, received_on, calendar).due_on if named and not repeat else None


def notify(report: Report, on: date) -> Report:
    """The informant was told of the acceptance. Raises NothingToTell, WrongState when it was done."""
    if report.notice_due_on is None:
        raise NothingToTell("this report has no notice to send: it is anonymous or a repeat")
    if report.notice_sent_on is not None:
        raise WrongState("the notice was sent already")
    return replace(report, notice_sent_on=on)


def dispose(report: Report, disposition: Disposition, on: date) -> Report:
    """Choose one of the four, again if need be, until the case is closed. Raises WrongState."""
    _require_open(report)
    return replace(report, disposition=disposition, disposed_on=on)


def close(report: Report, outcome: Outcome, on: date, calendar: WorkingCalendar) -> Report:
    """A named report's informant gets the result within 15 working days. Raises WrongState."""
    _require_open(report)
    if report.disposition is None:
        raise WrongState("choose a disposition before the case is closed")
    tell = report.named and report.repeat_of is None
    result = due(RESULT, on, calendar).due_on if tell else None
    return replace(report, outcome=outcome, closed_on=on, result_due_on=result)


def tell_result(report: Report, on: date) -> Report:
    """The informant was told the result. Raises NothingToTell, WrongState."""
    if report.result_due_on is None:
        raise NothingToTell("there is no result to send: the case is open, anonymous or a repeat")
    if report.result_sent_on is not None:
        raise WrongState("the result was sent already")
    return replace(report, result_sent_on=on)


def link(report: Report, first: Report) -> Report:
    """A repeat joins the first report and loses its own notice clock. Raises WrongState."""
    if report.id == first.id or first.repeat_of is not None or report.repeat_of is not None:
        raise WrongState("link a report once, and to the first of its series")
    sent = report.notice_sent_on is not None
    return replace(report, repeat_of=first.id, notice_due_on=report.notice_due_on if sent else None)


def _require_open(report: Report) -> None:
    if report.closed_on is not None:
        raise WrongState("the case is closed; new evidence is a new report")
