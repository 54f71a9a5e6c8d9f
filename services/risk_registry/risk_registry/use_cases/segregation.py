"""Scan the bureau for incompatible duties, recheck one official on a change, and track each remedy (S2-016)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import msgspec
from plumbline_contracts.directory.v1 import PersonChanged
from plumbline_org.model import Org
from plumbline_org.replica import on_person_changed
from plumbline_org.storage.load import load_org
from plumbline_shared.database import Connection, identify
from plumbline_shared.errors import Conflict, Invalid, NotFound
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import Duty, EntryKind
from risk_registry.domain.places import absolute
from risk_registry.domain.segregation import (
    HeldDuty,
    SodException,
    SodRule,
    Violation,
    duties_of,
    violations,
)
from risk_registry.domain.wording import checked
from risk_registry.packs import platform_rules
from risk_registry.policies import POLICY, finding_resource, rules_resource
from risk_registry.storage.catalogue import bodies_on, entries_on
from risk_registry.storage.findings import (
    Remedy,
    add_exception,
    add_findings,
    add_remedies,
    exceptions_on,
    findings,
)
from risk_registry.storage.processes import versions_on

STATES = ("ASSIGNED", "COMPENSATED", "CLOSED")


class StillThere(Conflict):
    """The duties are still on one person: move one, or grant an exception with a control."""

    code = "SOD_VIOLATION_REMAINS"


class ScanSegregation(msgspec.Struct, frozen=True):
    """The whole bureau, today."""


class Scanned(msgspec.Struct, frozen=True):
    """How many findings are new, how many are gone, how many are open now."""

    opened: int
    closed: int
    open: int


class RemedyFinding(msgspec.Struct, frozen=True):
    """The next step of a remedy; COMPENSATED names the control that stands in (SoD-12)."""

    finding_id: str
    state: str
    note: str
    control: str = ""
    due_on: date | None = None


class GrantException(msgspec.Struct, frozen=True):
    """One person may break one rule until `expires_on`, with a compensating control."""

    rule: str
    person_id: str
    control: str
    reason: str
    expires_on: date


class Remedied(msgspec.Struct, frozen=True):
    """The finding, rule or person that was acted on."""

    id: str


async def rules_on(conn: Connection, bureau: str, on: date) -> list[SodRule]:
    """The platform's rules and the bureau's own or adopted ones of a day."""
    own = await bodies_on(conn, bureau, on, EntryKind.SOD_RULE)
    return [*platform_rules(), *(replace(rule, code=code) for code, rule in own)]


async def duties_on(conn: Connection, bureau: str, on: date) -> list[HeldDuty]:
    """Steps of the processes in force, and the duties of the catalogue."""
    found = [duty for v in await versions_on(conn, bureau, on) for duty in duties_of(v.process, v.graph)]
    for code, duty in await bodies_on(conn, bureau, on, EntryKind.DUTY):
        found += _held(bureau, code, duty)
    return found


def _held(bureau: str, code: str, duty: Duty) -> list[HeldDuty]:
    return [
        HeldDuty(f"{code}@{post}", absolute(bureau, post), duty.process, code, duty.function, duty.power)
        for post in duty.posts
    ]


async def scan(uow: Uow, _command: ScanSegregation) -> Scanned:
    """Refuses with NOT_FOUND. Findings whose violation is gone are closed; nothing is found twice."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "scan", rules_resource(bureau))
    await identify(uow.conn, system(bureau))
    org = await load_org(uow.conn, bureau)
    done = await _check(uow, org, {person: org.posts_of(person, uow.today) for person in org.persons}, None)
    await uow.audit("scan_segregation", "Register", bureau, msgspec.to_builtins(done))
    return done


async def on_person_changed_recheck(uow: Uow, event: PersonChanged) -> None:
    """The replica first, then this one official."""
    await on_person_changed(uow, event)
    try:
        org = await load_org(uow.conn, event.bureau_id)
    except NotFound:
        return
    held = {event.person_id: org.posts_of(event.person_id, uow.today)}
    await _check(uow, org, held, event.person_id)


async def _check(uow: Uow, org: Org, held: Mapping[str, Sequence[str]], person: str | None) -> Scanned:
    bureau, today = org.bureau.id, uow.today
    rules, duties = await rules_on(uow.conn, bureau, today), await duties_on(uow.conn, bureau, today)
    excused = await exceptions_on(uow.conn, bureau, today)
    found = set(violations(rules, duties, held, await _backed(uow.conn, bureau, today, excused), today))
    known = await findings(uow.conn, bureau, person=person)
    fresh = sorted(found - {each.violation for each in known}, key=lambda each: (each.holder, each.rule))
    gone = [each.id for each in known if each.violation not in found]
    await add_findings(uow.conn, bureau, fresh, uow.principal.actor, uow.now)
    ended = Remedy("CLOSED", "no longer found", "", None, uow.principal.actor, uow.now)
    await add_remedies(uow.conn, bureau, [(id_, ended) for id_ in gone])
    return Scanned(len(fresh), len(gone), len(found))


async def _backed(
    conn: Connection, bureau: str, on: date, given: Sequence[SodException]
) -> list[SodException]:
    """An exception ends with its compensating control."""
    controls = {code for code, _body in await bodies_on(conn, bureau, on, EntryKind.CONTROL)}
    return [each for each in given if each.control in controls]


async def remedy_finding(uow: Uow, command: RemedyFinding) -> Remedied:
    """Refuses with NOT_FOUND, INVALID_INPUT, SOD_VIOLATION_REMAINS."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "remedy", rules_resource(bureau))
    found = next(iter(await findings(uow.conn, bureau, command.finding_id)), None)
    if found is None or not POLICY.allows(uow.principal, "read", finding_resource(found.id, bureau)):
        raise absent("Finding")
    if command.state not in STATES:
        raise Invalid(f"one of: {', '.join(STATES)}", path=("state",))
    if command.state == "COMPENSATED":
        await _check_control(uow, bureau, command.control)
    if command.state == "CLOSED" and await _remains(uow, bureau, found.violation):
        raise StillThere("the duties are still on one person: move one, or grant an exception")
    note = checked(command.note, "note")
    remedy = Remedy(command.state, note, command.control, command.due_on, uow.principal.actor, uow.now)
    await add_remedies(uow.conn, bureau, [(found.id, remedy)])
    await uow.audit("remedy_finding", "Finding", found.id, {"state": command.state})
    return Remedied(found.id)


async def grant_exception(uow: Uow, command: GrantException) -> Remedied:
    """Refuses with NOT_FOUND, INVALID_INPUT. The exception needs a control in force, and ends by itself."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "grant_exception", rules_resource(bureau))
    if command.rule not in {rule.code for rule in await rules_on(uow.conn, bureau, uow.today)}:
        raise Invalid("there is no such rule", path=("rule",))
    if (await load_org(uow.conn, bureau)).person(command.person_id) is None:
        raise Invalid("there is no such person in this bureau", path=("personId",))
    if command.expires_on <= uow.today or command.person_id == uow.principal.person_id:
        raise Invalid("an exception ends after today and is not for oneself", path=("expiresOn",))
    await _check_control(uow, bureau, command.control)
    given = SodException(command.rule, command.person_id, command.control, uow.today, command.expires_on)
    await add_exception(
        uow.conn, bureau, given, checked(command.reason, "reason"), uow.principal.actor, uow.now
    )
    await uow.audit("grant_exception", "Person", command.person_id, {"rule": command.rule})
    return Remedied(command.person_id)


async def _check_control(uow: Uow, bureau: str, control: str) -> None:
    if not await entries_on(uow.conn, bureau, uow.today, [EntryKind.CONTROL], control):
        raise Invalid("name a control in force that stands in (SoD-12)", path=("control",))


async def _remains(uow: Uow, bureau: str, violation: Violation) -> bool:
    org = await load_org(uow.conn, bureau)
    held = {violation.holder: org.posts_of(violation.holder, uow.today)}
    rules, duties = (
        await rules_on(uow.conn, bureau, uow.today),
        await duties_on(uow.conn, bureau, uow.today),
    )
    excused = await _backed(uow.conn, bureau, uow.today, await exceptions_on(uow.conn, bureau, uow.today))
    return violation in violations(rules, duties, held, excused, uow.today)
