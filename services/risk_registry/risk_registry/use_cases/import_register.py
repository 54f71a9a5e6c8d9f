"""Import a register: all of it in one transaction, or nothing (scenario 12)."""

from collections.abc import Iterable
from datetime import date

import msgspec
from plumbline_shared.errors import Refused
from plumbline_shared.use_case import Uow

from risk_registry.domain.entries import Entry
from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.points import Origin, point_id
from risk_registry.domain.standing import PointState, Standing
from risk_registry.domain.totals import Declared
from risk_registry.policies import POLICY, register_resource
from risk_registry.publications import published
from risk_registry.storage.points import add_points, add_texts
from risk_registry.storage.standings import add_standings
from risk_registry.use_cases.check_rotation import grades_change
from risk_registry.use_cases.examine_register import Examination, examine

SHOWN = 5


class BadCells(Refused):
    """Cells of the file are wrong; the preview names each."""

    code = "BAD_CELLS"


class TotalsMismatch(Refused):
    """Declared totals differ from the rows, or from each other."""

    code = "TOTALS_MISMATCH"


class TotalsMissing(Refused):
    """A register comes with its size and its counts by category and by grade."""

    code = "TOTALS_MISSING"


class PointsMissing(Refused):
    """Points in force are not in the file: add them, or say that they dissolve."""

    code = "POINTS_MISSING"


class DeclaredTotals(msgspec.Struct, frozen=True):
    """The totals that the sender vouches for: category and grade names to counts."""

    size: int
    categories: dict[str, int]
    grades: dict[str, int]

    def declared(self) -> Declared:
        return Declared(self.size, self.categories, self.grades)


class ImportRegister(msgspec.Struct, frozen=True):
    """A file to take over from `effective_from` on."""

    file_name: str
    content: bytes
    effective_from: date
    declared: DeclaredTotals | None = None
    dissolve_missing: bool = False


class RegisterImported(msgspec.Struct, frozen=True):
    """What the import did, in points; `skipped` counts rows of other kinds by kind."""

    origin: Origin
    created: int
    changed: int
    unchanged: int
    dissolved: int
    skipped: dict[str, int]


async def import_register(uow: Uow, command: ImportRegister) -> RegisterImported:
    """Refuses with BAD_CELLS, TOTALS_MISSING, TOTALS_MISMATCH, POINTS_MISSING or EFFECTIVE_IN_PAST."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "import", register_resource(bureau))
    declared = command.declared.declared() if command.declared else None
    seen = await examine(
        uow.conn, bureau, command.file_name, command.content, command.effective_from, declared
    )
    _check(seen, command, uow.today)
    await _write(uow, bureau, seen, command.effective_from)
    result = RegisterImported(
        origin=seen.file.origin,
        created=len(seen.changes.created),
        changed=len(seen.changes.changed),
        unchanged=seen.changes.unchanged,
        dissolved=len(seen.changes.missing),
        skipped=dict(seen.file.skipped),
    )
    await uow.audit("import_register", "Register", bureau, msgspec.to_builtins(result))
    return result


def _check(seen: Examination, command: ImportRegister, today: date) -> None:
    if seen.cells:
        first = "; ".join(f"row {cell.row} {cell.column}: {cell.message}" for cell in seen.cells[:SHOWN])
        raise BadCells(f"{len(seen.cells)} cells are wrong ({first}); nothing was imported", path=("file",))
    if seen.undeclared:
        raise TotalsMissing("declare the size and the counts by category and by grade", path=("declared",))
    if seen.totals:
        what = "; ".join(map(str, seen.totals))
        raise TotalsMismatch(f"{what}; nothing was imported", path=("declared",))
    missing = seen.changes.missing
    if missing and not command.dissolve_missing:
        names = ", ".join(missing[:SHOWN])
        raise PointsMissing(
            f"{len(missing)} points in force are not in the file ({names}, …)", path=("file",)
        )
    if (missing or seen.changes.changed) and command.effective_from < today:
        raise EffectiveInPast(f"known points change from {today} or later", path=("effectiveFrom",))


async def _write(uow: Uow, bureau: str, seen: Examination, on: date) -> None:
    created, changed = seen.changes.created, seen.changes.changed
    origin = seen.file.origin
    points = [(point_id(bureau, entry.code), entry.code, origin) for entry in created]
    await add_points(uow.conn, bureau, points, uow.now)
    texts = [(point_id(bureau, entry.code), entry.description) for entry in (*created, *changed)]
    await add_texts(uow.conn, bureau, texts, on, uow.now)
    standings = [(point_id(bureau, entry.code), _first(entry, origin, on, uow)) for entry in created]
    gone = [(point_id(bureau, code), _dissolved(on, uow)) for code in seen.changes.missing]
    await add_standings(uow.conn, bureau, standings + gone)
    if origin is Origin.REGISTER:
        await _publish(uow, bureau, (*created, *changed), on)
        await grades_change(uow, bureau, on)


def _first(entry: Entry, origin: Origin, on: date, uow: Uow) -> Standing:
    """The bureau's own register was reviewed before (S1-056); what others published is only a proposal."""
    if origin is Origin.REGISTER:
        return Standing(PointState.ACTIVE, entry.grade, on, uow.now, reason="imported register")
    return Standing(PointState.PROPOSED, entry.grade, on, uow.now, reason="published list")


def _dissolved(on: date, uow: Uow) -> Standing:
    return Standing(PointState.DISSOLVED, None, on, uow.now, reason="not in the imported register")


async def _publish(uow: Uow, bureau: str, entries: Iterable[Entry], on: date) -> None:
    for entry in entries:
        point = point_id(bureau, entry.code)
        if entry.grade:
            message = published(point, bureau, entry.code, entry.grade, entry.description, on)
            await uow.emit(point, message, bureau_id=bureau)
