"""Scan the bureau for incompatible duties, recheck one official on a change, and track each remedy (S2-016)."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
from plumbline_contracts.directory.v1 import PersonChanged
from plumbline_org.model import Org
from plumbline_org.replica import on_person_changed
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid, NotFound
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.segregation import SodException, Violation
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, finding_resource, rules_resource
from risk_registry.storage.catalogue import entries_on
from risk_registry.storage.findings import Remedy, add_exception, add_findings, add_remedies, findings
from risk_registry.use_cases.violations_on import codes_on, violations_on

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
    found = await violations_on(uow.conn, org, held, today)
    known = await findings(uow.conn, bureau, person=person)
    told = {each.violation for each in known}
    fresh = sorted(found - told, key=lambda each: (each.holder, each.rule, each.unit, each.duties))
    gone = [each.id for each in known if each.violation not in found]
    await add_findings(uow.conn, bureau, fresh, uow.principal.actor, uow.now)
    ended = Remedy("CLOSED", "no longer found", "", None, uow.principal.actor, uow.now)
    await add_remedies(uow.conn, bureau, [(id_, ended) for id_ in gone])
    return Scanned(len(fresh), len(gone), len(found))


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
    if command.rule not in await codes_on(uow.conn, bureau, uow.today):
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
    org, holder = await load_org(uow.conn, bureau), violation.holder
    held = {holder: org.posts_of(holder, uow.today)} if holder else {}
    return violation in await violations_on(uow.conn, org, held, uow.today)
