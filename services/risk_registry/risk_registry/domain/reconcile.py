"""A register file against the register: what is new, changed, the same, or no longer there.

Importing the same file twice changes nothing; a grade that is in force moves only by collective review (S1-056).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from plumbline_org.grades import RiskGrade

from risk_registry.domain.entries import CellError, Entry, RegisterFile
from risk_registry.domain.points import Description, Origin
from risk_registry.domain.standing import IN_FORCE, PointState


@dataclass(frozen=True)
class Known:
    """A point of the register on the effective date."""

    code: str
    origin: Origin
    state: PointState
    grade: RiskGrade | None
    description: Description


@dataclass(frozen=True)
class Changes:
    """What an import would do, and the errors that forbid it."""

    created: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    unchanged: int
    missing: tuple[str, ...]
    errors: tuple[CellError, ...]


def reconcile(file: RegisterFile, register: Mapping[str, Known]) -> Changes:
    """Compare by code. A point of another origin, or another grade in force, is an error of its cell."""
    created = tuple(entry for entry in file.entries if entry.code not in register)
    met = [(entry, register[entry.code]) for entry in file.entries if entry.code in register]
    changed = tuple(entry for entry, known in met if entry.description != known.description)
    given = {entry.code for entry in file.entries}
    missing = (
        code
        for code, known in register.items()
        if known.origin is file.origin and known.state in IN_FORCE and code not in given
    )
    errors = tuple(error for entry, known in met for error in _conflicts(file.origin, entry, known))
    return Changes(created, changed, len(met) - len(changed), tuple(sorted(missing)), errors)


def _conflicts(origin: Origin, entry: Entry, known: Known) -> list[CellError]:
    if known.origin is not origin:
        message = "this code belongs to a point of another origin: choose another code"
        return [CellError(entry.row, "code", entry.code, "CODE_TAKEN", message)]
    if origin is Origin.PUBLISHED or entry.grade is known.grade:
        return []
    message = f"the grade is {known.grade}: only a collective review changes it (S1-056)"
    return [CellError(entry.row, "grade", str(entry.grade), "GRADE_NEEDS_REVIEW", message)]
