"""From a token to a principal: a chief brings the units they lead, a deputy the units in their charge."""

from dataclasses import replace
from datetime import date

from plumbline_org.model import Org
from plumbline_org.principal import org_principal
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.auth import Claims
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal

CHIEFS = frozenset({Role.SECTION_CHIEF, Role.OFFICE_CHIEF})


async def education_principal(conn: Connection, claims: Claims, on: date) -> Principal:
    """Who the token's subject is on a day; being a member of a unit opens nothing about the colleagues."""
    plain = await org_principal(conn, claims, on)
    if plain.person_id is None or plain.bureau_id is None:
        return plain
    return leading(plain, await load_org(conn, plain.bureau_id), on)


def leading(principal: Principal, org: Org, on: date) -> Principal:
    """`principal` with exactly the units that they lead or are in charge of on a day."""
    person = principal.person_id or ""
    led = {unit for role, unit in org.role_units_of(person, on) if role in CHIEFS and unit}
    below = {unit for top in led for unit in org.subtree(top)}
    charge = {unit for unit in org.units if org.deputy_in_charge(unit, on) == person}
    return replace(principal, unit_ids=frozenset(below | charge))
