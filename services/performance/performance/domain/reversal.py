"""Taking an entry back needs two persons, neither of the unit concerned (SoD-5)."""

from plumbline_shared.errors import Refused

from performance.domain.ledger import Entry, EntryKind
from performance.domain.subjects import SubjectKind


class OwnUnit(Refused):
    """Nobody enters or confirms scores of themselves or of their own unit (SoD-5); ask a colleague."""

    code = "OWN_UNIT"


class SamePerson(Refused):
    """Whoever entered a reversal cannot confirm it (SoD-5)."""

    code = "SOD_SAME_PERSON"


class AlreadyReversed(Refused):
    """The entry was taken back already, or is itself a counter-entry."""

    code = "ALREADY_REVERSED"


class AlreadyDecided(Refused):
    """The request was confirmed or rejected already."""

    code = "ALREADY_DECIDED"


def refuse_own(entry: Entry, person_id: str, unit_ids: frozenset[str]) -> None:
    """Raises OwnUnit when the entry concerns the person or one of the person's units."""
    is_self = entry.subject.kind is SubjectKind.PERSON and entry.subject.id == person_id
    if is_self or entry.unit_id in unit_ids:
        raise OwnUnit("this entry concerns you or your unit: a colleague of another unit has to do it")


def refuse_same_person(requested_by: str, confirmed_by: str) -> None:
    """Raises SamePerson."""
    if requested_by == confirmed_by:
        raise SamePerson("you entered this reversal: a second person has to confirm it")


def refuse_reversed(entry: Entry, reversed_by: Entry | None) -> None:
    """Raises AlreadyReversed."""
    if entry.kind is not EntryKind.POSTED or reversed_by is not None:
        raise AlreadyReversed("this entry was taken back already, or is itself a counter-entry")
