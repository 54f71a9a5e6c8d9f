"""Who asks, with the reach that case flow looks at: units led as bureau leader, domains tracked."""

from dataclasses import replace
from datetime import date

from plumbline_org.model import Org
from plumbline_org.principal import org_principal
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.auth import Claims
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal

from case_flow.domain.eligibility import uses

_LEADS, _TRACKS, ACTS = "leads:", "tracks:", "acts:"


async def case_flow_principal(conn: Connection, claims: Claims, on: date) -> Principal:
    """The token's subject as of a day; see `with_reach`."""
    plain = await org_principal(conn, claims, on)
    if plain.kind != "person" or plain.bureau_id is None:
        return replace(plain, scopes=_own(plain.scopes))
    return with_reach(plain, await load_org(conn, plain.bureau_id), on)


def with_reach(principal: Principal, org: Org, on: date) -> Principal:
    """The person with the scopes `leads:<unit>` for each unit in their charge, `tracks:<domain>` (or `*`), and
    `acts:<person>` for each grantor of a delegation.

    They come from the directory alone: a token that brings such a scope loses it. Roles of enforcement are the
    person's only with a qualification in force (SoD-2).
    """
    leads = {
        f"{_LEADS}{unit}"
        for unit in org.units
        if Role.DEPUTY_HEAD in principal.roles and org.deputy_in_charge(unit, on) == principal.person_id
    }
    person = org.person(principal.person_id or "")
    tracks = {
        f"{_TRACKS}{grant.domain or '*'}"
        for grant in (person.grants if person else ())
        if grant.role == Role.MATTER_TRACKER and grant.span.covers(on)
    }
    acts = {
        f"{ACTS}{one.grantor_id}"
        for one in org.delegations
        if one.delegate_id == principal.person_id and one.holds(on)
    }
    roles = frozenset(role for role in principal.roles if uses(org, principal.person_id or "", role, on))
    return replace(principal, roles=roles, scopes=_own(principal.scopes) | leads | tracks | acts)


def _own(scopes: frozenset[str]) -> frozenset[str]:
    return frozenset(scope for scope in scopes if not scope.startswith((_LEADS, _TRACKS, ACTS)))
