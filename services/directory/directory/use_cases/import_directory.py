"""Import a bureau's directory from a workbook: preview, then all or nothing."""

from collections import Counter
from collections.abc import Iterable

import msgspec
from plumbline_shared.use_case import Uow

from directory.domain.imports import bureaus_in, plan_import
from directory.domain.parts import Change, Kind
from directory.domain.rows import Problem
from directory.domain.segregation import refuse_own_authority
from directory.domain.workbook import read_cells, read_sheets
from directory.use_cases.recording import authorize, known_for_change, record


class ImportDirectory(msgspec.Struct, frozen=True):
    """The `.xlsx` file; with `dry_run` nothing is written."""

    file: bytes
    dry_run: bool = False


class Count(msgspec.Struct, frozen=True):
    """How many parts of one kind are new or changed."""

    kind: str
    added: int
    changed: int


class ImportReport(msgspec.Struct, frozen=True):
    """What the file changes, or every problem that it has; `applied` only without problems."""

    applied: bool
    changes: tuple[Count, ...]
    problems: tuple[Problem, ...]


async def import_directory(uow: Uow, command: ImportDirectory) -> ImportReport:
    """Apply a file whole, or name every bad row. The same file again changes and publishes nothing.

    Raises Invalid for a file that is no workbook, NotFound for a bureau that is not the caller's to edit,
    OwnAuthority when the file changes the caller's own posts or roles.
    """
    sheets, unreadable = read_sheets(read_cells(command.file))
    known = await known_for_change(uow, bureaus_in(sheets))
    plan = plan_import(known, sheets, unreadable, uow.today)
    refuse_own_authority(uow.principal.person_id, known, plan.changes)
    await authorize(uow, plan.after, plan.changes)
    applied = not plan.problems and not command.dry_run
    if applied:
        await record(uow, "directory.import", plan.after, plan.changes, uow.today)
    return ImportReport(applied, tuple(_counts(plan.changes)), plan.problems)


def _counts(changes: Iterable[Change]) -> list[Count]:
    tally = Counter((change.kind, change.added) for change in changes)
    counts = [Count(kind, tally[kind, True], tally[kind, False]) for kind in Kind]
    return [one for one in counts if one.added or one.changed]
