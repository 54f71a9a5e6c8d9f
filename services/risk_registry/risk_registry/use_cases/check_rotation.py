"""What falls due with a person's posts: notices, overdue months, the end of both; on assignments, regrades and timers.

Each person has one timer, at 00:00 of the next day on which something changes. Nothing is told twice.
"""

from datetime import date

import msgspec
from plumbline_contracts.directory.v1 import PersonChanged
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import start_of_day
from plumbline_shared.database import identify
from plumbline_shared.errors import NotFound
from plumbline_shared.principal import system
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from risk_registry.domain.rotation import Rotation, RotationState, boundaries, tenures_on
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import rotation_resource
from risk_registry.publications_rotation import due_soon, overdue, resolved
from risk_registry.storage.rotation import Notice, close, last_notices, tell
from risk_registry.use_cases.check_avoidance import check_avoidance
from risk_registry.use_cases.rotations_of import rotations_on
from risk_registry.use_cases.segregation import on_person_changed_recheck

PERSON, BUREAU = "rotation_person", "rotation_bureau"
OPEN = frozenset({"DUE_SOON", "OVERDUE"})


class ScanRotation(msgspec.Struct, frozen=True):
    """The whole bureau, today."""


class RotationScanned(msgspec.Struct, frozen=True):
    """How many holdings of graded posts there are."""

    holdings: int


async def scan_rotation(uow: Uow, _command: ScanRotation) -> RotationScanned:
    """Refuses with NOT_FOUND. Checks everybody now, as events and timers do one by one."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "scan", rotation_resource(bureau, bureau))
    await uow.audit("scan_rotation", "Register", bureau)
    await identify(uow.conn, system(bureau))
    return RotationScanned(await _check_bureau(uow, bureau))


async def on_person_changed_rotation(uow: Uow, event: PersonChanged) -> None:
    """The replica and segregation first, then the posts and kin of this one person."""
    await on_person_changed_recheck(uow, event)
    try:
        org = await load_org(uow.conn, event.bureau_id)
    except NotFound:
        return
    await recheck_person(uow, org, event.person_id)


async def on_rotation_person(uow: Uow, timer: Timer) -> None:
    """00:00 of a day on which something changes for a person."""
    await recheck_person(uow, await load_org(uow.conn, uow.principal.bureau_id or ""), timer.ref)


async def on_rotation_bureau(uow: Uow, timer: Timer) -> None:
    """The grades of posts changed."""
    await _check_bureau(uow, uow.principal.bureau_id or "")


async def grades_change(uow: Uow, bureau: str, day: date) -> None:
    """Have every holding of the bureau checked when grades that count from `day` do."""
    ref = f"{bureau}/{day}"
    await uow.cancel_timers(ref, BUREAU)
    await uow.schedule(BUREAU, ref, max(start_of_day(day), uow.now))


async def recheck_person(uow: Uow, org: Org, person_id: str) -> None:
    """What falls due today for one person. Ask as the service."""
    await _check_person(uow, org, person_id, await rotations_on(uow.conn, org, uow.today, [person_id]))


async def _check_bureau(uow: Uow, bureau: str) -> int:
    org = await load_org(uow.conn, bureau)
    whole = await rotations_on(uow.conn, org, uow.today)
    by_person: dict[str, list[Rotation]] = {}
    for each in whole:
        by_person.setdefault(each.tenure.person_id, []).append(each)
    for person in org.persons:
        await _check_person(uow, org, person, by_person.get(person, []))
    return len(whole)


async def _check_person(uow: Uow, org: Org, person_id: str, found: list[Rotation]) -> None:
    for each in found:
        await _tell(uow, org.bureau.id, each)
    by_id = {each.tenure.id: each for each in found}
    for last in await last_notices(uow.conn, org.bureau.id, person_id):
        now = by_id.get(last.rotation_id)
        if last.kind in OPEN and (now is None or now.state(uow.today) is RotationState.IN_TIME):
            await _resolve(uow, org, person_id, last)
    await check_avoidance(uow, org, person_id)
    await _wake(uow, org, person_id, found)


async def _tell(uow: Uow, bureau: str, one: Rotation) -> None:
    today = uow.today
    days = one.notice(today)
    if one.state(today) is RotationState.OVERDUE:
        mark, message = f"{one.limit_on}/{today:%Y-%m}", overdue(bureau, one, today)
    elif days is not None:
        mark, message = f"{one.limit_on}/{days}", due_soon(bureau, one, today)
    else:
        return
    kind = "OVERDUE" if one.state(today) is RotationState.OVERDUE else "DUE_SOON"
    if await tell(uow.conn, bureau, one.tenure, kind, mark, today, uow.now):
        await uow.emit(one.tenure.id, message, bureau_id=bureau)


async def _resolve(uow: Uow, org: Org, person_id: str, last: Notice) -> None:
    person = org.persons.get(person_id)
    holds = [
        each for each in (tenures_on(person, uow.today) if person else []) if each.id == last.rotation_id
    ]
    left = None if holds else _left_on(org, person_id, last, uow.today)
    message = resolved(org.bureau.id, person_id, last, left, uow.today)
    if await close(uow.conn, org.bureau.id, person_id, last, message.resolved_on, uow.today, uow.now):
        await uow.emit(last.rotation_id, message, bureau_id=org.bureau.id)


def _left_on(org: Org, person_id: str, last: Notice, today: date) -> date:
    """The first day on which the chain of assignments no longer holds the post."""
    person = org.persons.get(person_id)
    spans = [one.span for one in person.assignments if one.post_id == last.post_id] if person else []
    ends = [each.until for each in spans if each.until and last.held_since < each.until <= today]
    return max(ends, default=today)


async def _wake(uow: Uow, org: Org, person_id: str, found: list[Rotation]) -> None:
    await uow.cancel_timers(person_id, PERSON)
    person = org.persons.get(person_id)
    days = [day for each in found for day in each.changes(uow.today)]
    days += boundaries(person, uow.today) if person else ()
    if days:
        await uow.schedule(PERSON, person_id, start_of_day(min(days)))
