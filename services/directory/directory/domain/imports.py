"""An import as a value: what a file would change, or why it cannot."""

from dataclasses import dataclass
from datetime import date

from directory.domain.checks import problems_of
from directory.domain.merge import merge
from directory.domain.parts import Change, Directory, bureau_of_id, changes
from directory.domain.rows import Problem, Sheets


@dataclass(frozen=True)
class Plan:
    """The directory after the file, what differs, and what is wrong; with a problem nothing is applied."""

    after: Directory
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def plan_import(known: Directory, sheets: Sheets, unreadable: list[Problem], on: date) -> Plan:
    """Lay the rows over the known directory on a day and check what comes out."""
    after = merge(known, sheets, on)
    problems = sorted({*unreadable, *problems_of(known, after, sheets)})
    return Plan(after, tuple(changes(known, after)), tuple(problems))


def bureaus_in(sheets: Sheets) -> frozenset[str]:
    """Every bureau that a row of the file is about or refers to."""
    own = {row.id for _, row in sheets.bureaus} | {
        row.parent_id for _, row in sheets.bureaus if row.parent_id
    }
    owned = (*sheets.units, *sheets.posts, *sheets.persons)
    bound = (*sheets.assignments, *sheets.roles, *sheets.roster)
    grants = {bureau_of_id(row.grantor_person_id) for _, row in sheets.delegations}
    return frozenset(
        own
        | {bureau_of_id(row.id) for _, row in owned}
        | {bureau_of_id(row.person_id) for _, row in bound}
        | grants
    )
