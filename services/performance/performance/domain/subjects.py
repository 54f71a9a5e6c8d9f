"""Whose score it is."""

from dataclasses import dataclass
from enum import StrEnum


class SubjectKind(StrEnum):
    """Units and persons are scored."""

    UNIT = "UNIT"
    PERSON = "PERSON"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A unit or a person, by id."""

    kind: SubjectKind
    id: str


def unit(unit_id: str) -> Subject:
    """A unit as a subject."""
    return Subject(SubjectKind.UNIT, unit_id)


def person(person_id: str) -> Subject:
    """A person as a subject."""
    return Subject(SubjectKind.PERSON, person_id)
