"""Publish a version of a process: refused with every problem named, else all of its effects at once (C-07)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import msgspec
from plumbline_shared.clock import start_of_day
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Refused
from plumbline_shared.principal import system
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.points import Description
from risk_registry.domain.processes import ProcessVersion
from risk_registry.domain.reform import Disposition, DispositionKind, ReformRefused
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState, Standing
from risk_registry.publications import published
from risk_registry.publications_rules import dissolved, process_published
from risk_registry.storage.dispositions import dispositions_of
from risk_registry.storage.points import add_texts, load_points
from risk_registry.storage.processes import load_versions, lock_process, publish
from risk_registry.storage.standings import add_standings, lock_point, standings_of
from risk_registry.use_cases.check_rotation import grades_change
from risk_registry.use_cases.draft_process import VersionPublished, version_of
from risk_registry.use_cases.examine_reform import Reform, examine_reform
from risk_registry.use_cases.open_grading_review import GradePending


class AuthorApproves(Refused):
    """Who wrote a rule does not approve it (SoD-6)."""

    code = "AUTHOR_IS_APPROVER"


class BaseChanged(Conflict):
    """Another version came into force since the draft began: draft again from it."""

    code = "BASE_CHANGED"


class PublishProcess(msgspec.Struct, frozen=True):
    """The draft, and the first day on which it counts."""

    version_id: str
    effective_from: date


class ProcessPublished(msgspec.Struct, frozen=True):
    """The version, and how many points went which way."""

    version_id: str
    transferred: int
    reduced: int
    dissolved: int


async def publish_process(uow: Uow, command: PublishProcess) -> ProcessPublished:
    """Refuses with NOT_FOUND, VERSION_PUBLISHED, AUTHOR_IS_APPROVER, EFFECTIVE_IN_PAST, BASE_CHANGED, or the first problem:

    NO_LEGAL_BASIS, NO_PROCEDURE, NO_ACCOUNTABLE_POST, NO_MONITOR, SOD_VIOLATION, DISPOSITION_MISSING, NOT_AFFECTED,
    TO_STEP_UNKNOWN, WRONG_RECEIVER, TRANSFER_NOT_ACCEPTED, CONTROL_NOT_REPLACED, DECLARATION_MISSING, CHECK_STAYS,
    NOT_A_CHECK, POWER_MISPLACED, SIGNATURE_MISSING.
    """
    found = await version_of(uow, command.version_id, "publish")
    await identify(uow.conn, system(found.bureau_id))
    await lock_process(uow.conn, found.bureau_id, found.process)
    version = (await load_versions(uow.conn, found.bureau_id, [found.id]))[0]
    reform = await _checked(uow, version, command.effective_from)
    await publish(uow.conn, version, command.effective_from, uow.principal.actor, uow.now)
    await _move(uow, reform, command.effective_from)
    message = process_published(
        version, reform.base, reform.changes, reform.dispositions, command.effective_from
    )
    await uow.emit(version.id, message, bureau_id=version.bureau_id)
    await _announce_on_day(uow, version, command.effective_from)
    counts = _counts(reform.dispositions)
    await uow.audit("publish_process", "ProcessVersion", version.id, counts)
    return ProcessPublished(version.id, *counts.values())


async def _checked(uow: Uow, version: ProcessVersion, on: date) -> Reform:
    if version.effective_from is not None:
        raise VersionPublished("this version is published already")
    if uow.principal.actor in version.authors:
        raise AuthorApproves("somebody who did not write the draft publishes it")
    if on < uow.today:
        raise EffectiveInPast(f"a version counts from {uow.today} or later", path=("effectiveFrom",))
    reform = await examine_reform(uow.conn, version, on)
    if reform.problems:
        raise ReformRefused(reform.problems)
    if (reform.base.id if reform.base else None) != version.base_id:
        raise BaseChanged("another version came into force: draft again from it")
    await _check_pending(uow, reform, on)
    return reform


async def _check_pending(uow: Uow, reform: Reform, on: date) -> None:
    ids = sorted(each.point for each in reform.dispositions)
    for point in ids:
        await lock_point(uow.conn, point)
    for point, history in (await standings_of(uow.conn, ids)).items():
        if any(each.valid_from > on for each in history):
            raise GradePending(f"{point} has a grade that begins to count after {on}: publish from then on")


async def _move(uow: Uow, reform: Reform, on: date) -> None:
    """What the register says from the day on."""
    points = {point.id: point for point in reform.points}
    kept = [each for each in reform.dispositions if each.kind is not DispositionKind.DISSOLVED]
    gone = [each for each in reform.dispositions if each.kind is DispositionKind.DISSOLVED]
    bureau = uow.principal.bureau_id or ""
    await add_texts(
        uow.conn, bureau, [(each.point, _text(points[each.point], each)) for each in kept], on, uow.now
    )
    standings = [
        (each.point, Standing(PointState.DISSOLVED, None, on, uow.now, reason=_why(reform, each)))
        for each in gone
    ]
    await add_standings(uow.conn, bureau, standings)


def _why(reform: Reform, chosen: Disposition) -> str:
    """The reason, and where a declaration replaces the check of the step, what the taxpayer declares (S1-139)."""
    declared = reform.declared.get(chosen.point)
    return f"{chosen.reason} （纳税人声明 taxpayer declares: {declared}）" if declared else chosen.reason


def _text(point: PointOnDay, chosen: Disposition) -> Description:
    moved = replace(point.description, step=chosen.to_step)
    if chosen.kind is DispositionKind.REDUCED:
        return moved
    unit = chosen.receiver.rpartition(".")[0]
    return replace(moved, posts=(chosen.receiver,), units=(unit,))


async def _announce_on_day(uow: Uow, version: ProcessVersion, on: date) -> None:
    if on <= uow.today:
        await _announce(uow, version, on)
    else:
        await uow.schedule("process_effective", version.id, start_of_day(on))


async def on_process_effective(uow: Uow, timer: Timer) -> None:
    """00:00 of the first day: replicas follow the points."""
    bureau = uow.principal.bureau_id or ""
    version = (await load_versions(uow.conn, bureau, [timer.ref]))[0]
    await _announce(uow, version, uow.today)


async def _announce(uow: Uow, version: ProcessVersion, on: date) -> None:
    chosen = await dispositions_of(uow.conn, version.id)
    points = await load_points(uow.conn, version.bureau_id, on, list(chosen))
    await grades_change(uow, version.bureau_id, on)
    for id_, each in chosen.items():
        point = points[id_]
        if each.kind is DispositionKind.DISSOLVED:
            await uow.emit(id_, dissolved(version, id_, each.from_step, on), bureau_id=version.bureau_id)
        elif point.grade:
            message = published(id_, version.bureau_id, point.code, point.grade, point.description, on)
            await uow.emit(id_, message, bureau_id=version.bureau_id)


def _counts(dispositions: Iterable[Disposition]) -> dict[str, int]:
    kinds = [each.kind for each in dispositions]
    return {kind.lower(): kinds.count(kind) for kind in DispositionKind}
