"""What a bureau's people and offices hold against its rules and templates on a day (S2-016, S1-119, S1-120)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from plumbline_org.model import Org
from plumbline_shared.database import Connection

from risk_registry.domain.catalogue import Duty, EntryKind
from risk_registry.domain.offices import OfficePlan, OfficeTemplate, faults, seated
from risk_registry.domain.places import absolute
from risk_registry.domain.segregation import (
    HeldDuty,
    SodException,
    SodRule,
    Violation,
    duties_of,
    violations,
)
from risk_registry.packs import platform_rules
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.findings import exceptions_on
from risk_registry.storage.processes import versions_on


async def violations_on(
    conn: Connection, org: Org, held: Mapping[str, Sequence[str]], on: date
) -> set[Violation]:
    """Those of the people of `held` (person → posts), and those of every office that is divided by a template."""
    bureau = org.bureau.id
    rules, duties = await rules_on(conn, bureau, on), await duties_on(conn, bureau, on)
    excused = await _backed(conn, bureau, on, await exceptions_on(conn, bureau, on))
    found = set(violations(rules, duties, held, excused, on))
    pardoned = {(each.rule, each.person) for each in excused}
    divided = await plans_on(conn, bureau, on)
    return found | {
        each
        for plan, template in divided
        for each in _of_office(plan, template, org, on)
        if (each.rule, each.holder) not in pardoned
    }


async def rules_on(conn: Connection, bureau: str, on: date) -> list[SodRule]:
    """The platform's rules and the bureau's own or adopted ones of a day."""
    own = await bodies_on(conn, bureau, on, EntryKind.SOD_RULE)
    return [*platform_rules(), *(replace(rule, code=code) for code, rule in own)]


async def codes_on(conn: Connection, bureau: str, on: date) -> set[str]:
    """What an exception may be from: rules and templates of a day."""
    templates = await bodies_on(conn, bureau, on, EntryKind.OFFICE_TEMPLATE)
    return {rule.code for rule in await rules_on(conn, bureau, on)} | {code for code, _body in templates}


async def duties_on(conn: Connection, bureau: str, on: date) -> list[HeldDuty]:
    """Steps of the processes in force, and the duties of the catalogue."""
    found = [duty for v in await versions_on(conn, bureau, on) for duty in duties_of(v.process, v.graph)]
    for code, duty in await bodies_on(conn, bureau, on, EntryKind.DUTY):
        found += _held(bureau, code, duty)
    return found


async def plans_on(conn: Connection, bureau: str, on: date) -> list[tuple[OfficePlan, OfficeTemplate]]:
    """Every office that is divided on a day, with its template; a template that has ended divides nothing."""
    templates = dict(await bodies_on(conn, bureau, on, EntryKind.OFFICE_TEMPLATE))
    plans = [plan for _code, plan in await bodies_on(conn, bureau, on, EntryKind.OFFICE_PLAN)]
    return [(plan, templates[plan.template]) for plan in plans if plan.template in templates]


def _held(bureau: str, code: str, duty: Duty) -> list[HeldDuty]:
    return [
        HeldDuty(f"{code}@{post}", absolute(bureau, post), duty.process, code, duty.function, duty.power)
        for post in duty.posts
    ]


async def _backed(
    conn: Connection, bureau: str, on: date, given: Sequence[SodException]
) -> list[SodException]:
    """An exception ends with its compensating control."""
    controls = {code for code, _body in await bodies_on(conn, bureau, on, EntryKind.CONTROL)}
    return [each for each in given if each.control in controls]


def _of_office(plan: OfficePlan, template: OfficeTemplate, org: Org, on: date) -> Iterator[Violation]:
    """Each fault as a violation of the template; its duties are the fault and the seats."""
    unit = absolute(org.bureau.id, plan.unit)
    for each in faults(plan, template, org, on, seated(plan, template, org, on)):
        yield Violation(plan.template, each.person, each.posts, (each.kind, *each.seats), unit)
