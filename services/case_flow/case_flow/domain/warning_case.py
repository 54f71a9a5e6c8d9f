"""A closed case as material of warning education (处理一人, 警示一片; S1-078): what happened and why, never to whom.

What is released names nobody, no unit, no file and no day; the code of the process and the year are the most it says.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec
from plumbline_org.model import Org
from plumbline_shared.errors import Refused

from case_flow.domain.definition import Frozen, Text
from case_flow.domain.incident import Incident
from case_flow.domain.inquiry import Inquiry, InquiryState

MOST_TEXT = 3000
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s*月\s*\d{1,2}\s*[日号]|\d{1,2}/\d{1,2}/\d{2,4}")
_LONG_NUMBER = re.compile(r"\d[\d,. ]{5,}\d|[0-9A-Z]{15,18}")
_CLOSED = frozenset({InquiryState.IN_FORCE, InquiryState.FINAL})


class WarningState(StrEnum):
    """RETURNED: the head sent it back with a note; a new draft takes its place."""

    DRAFT = "DRAFT"
    RETURNED = "RETURNED"
    RELEASED = "RELEASED"


class WarningContent(Frozen, frozen=True):
    """The material in both languages: a title, what happened, why, and what follows for everybody."""

    title: Text
    facts: Text
    causes: Text
    lesson: Text

    @property
    def texts(self) -> tuple[Text, ...]:
        """All of it."""
        return (self.title, self.facts, self.causes, self.lesson)


class WarningDraft(msgspec.Struct, frozen=True):
    """What was written about a decided inquiry. `case_id` is what it is called once it is released."""

    id: str
    bureau_id: str
    inquiry_id: str
    case_id: str
    content: WarningContent
    drafted_by: str
    state: WarningState = WarningState.DRAFT
    decided_by: str | None = None
    note: str = ""


class WarningCase(msgspec.Struct, frozen=True):
    """The released material: codes and texts, and no way back to the case."""

    id: str
    bureau_id: str
    content: WarningContent
    kind: str
    root_cause: str
    root: str
    process: str
    level: str
    grade: str
    year: int
    released_on: date


class WarningRefused(Refused):
    """The case is not closed, or its material is not at the stage where this belongs."""

    code = "WARNING_CASE"


class Identifying(Refused):
    """The text says whom or which file it is about; `found` lists what gives it away."""

    code = "IDENTIFYING"


@dataclass(frozen=True)
class File:
    """What the case's own file is called: the applicant, the receipt, the number of the inquiry."""

    title: str = ""
    receipt_no: str = ""
    number: str = ""


def require_closed(inquiry: Inquiry) -> None:
    """Raise WarningRefused before the decision is in force, and for one that held nobody to account or was set aside."""
    if inquiry.state not in _CLOSED or not inquiry.carried or inquiry.in_force_on is None:
        raise WarningRefused(
            "only a decision that is in force becomes material: wait for it, or leave this case"
        )


def require_anonymous(content: WarningContent, org: Org, file: File) -> None:
    """Raise WarningRefused for an empty or endless text, Identifying for one that gives somebody away."""
    for text in content.texts:
        if not all(0 < len(one.strip()) <= MOST_TEXT for one in (text.zh, text.en)):
            raise WarningRefused(f"each part has 1 to {MOST_TEXT} characters in Chinese and in English")
    found = sorted(identifying(content, org, file))
    if found:
        raise Identifying(f"take out what tells of whom it is: {', '.join(found)}", found=found)


def identifying(content: WarningContent, org: Org, file: File) -> frozenset[str]:
    """What in the texts gives somebody away: names, accounts, units, the file's own names, days and long numbers."""
    whole = "\n".join(part for text in content.texts for part in (text.zh, text.en))
    named = frozenset(name for name in _names(org, file) if _stands(name, whole))
    return named | frozenset(match.strip() for one in (_DAY, _LONG_NUMBER) for match in one.findall(whole))


def _names(org: Org, file: File) -> Iterable[str]:
    prefix = f"{org.bureau.id}."
    for one in org.persons.values():
        yield from (one.name, one.name_en, one.account or "", one.id, one.id.removeprefix(prefix))
    for unit in org.units.values():
        yield from (unit.name, unit.name_en, unit.id)
    yield from (org.bureau.name, org.bureau.name_en, file.title, file.receipt_no, file.number)


def _stands(name: str, text: str) -> bool:
    """Chinese anywhere; anything else as whole words, whatever its case."""
    if len(name.strip()) < 2:
        return False
    if not name.isascii():
        return name in text
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE | re.ASCII) is not None


def released(draft: WarningDraft, incident: Incident, process: str, on: date) -> WarningCase:
    """The material of a draft; of the day the year is kept."""
    return WarningCase(
        id=draft.case_id,
        bureau_id=draft.bureau_id,
        content=draft.content,
        kind=incident.kind,
        root_cause=incident.root_cause,
        root=incident.root or "",
        process=process,
        level=incident.level,
        grade=incident.grade,
        year=incident.occurred_on.year,
        released_on=on,
    )
