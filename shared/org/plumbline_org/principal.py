"""From a verified token to a principal: the person's roles, units and posts as of a day."""

from datetime import date

from plumbline_shared.auth import Claims
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import principal_of_claims

from plumbline_org.model import Org
from plumbline_org.parts import PersonStatus
from plumbline_org.storage.load import load_org
from plumbline_org.storage.persons import bureau_of_subject

_STRANGER = Principal("person")


async def org_principal(conn: Connection, claims: Claims, on: date) -> Principal:
    """Who the token's subject is on a day. Clients and anonymous callers stay as their token has them.

    A person whom the replica does not know, who has left, or whom the token places in another bureau is
    nobody: no id, no bureau, no role.
    """
    if claims.kind != "person":
        return principal_of_claims(claims)
    bureau = await bureau_of_subject(conn, claims.sub, claims.bureau)
    if bureau is None:
        return _STRANGER
    org = await load_org(conn, bureau)
    person = org.accounts.get(claims.sub)
    if person is None or person.status(on) is PersonStatus.LEFT:
        return _STRANGER
    return principal_of(org, person.id, on, claims.scopes)


def principal_of(org: Org, person_id: str, on: date, scopes: frozenset[str] = frozenset()) -> Principal:
    """The principal that a person of the bureau is on a day."""
    return Principal(
        kind="person",
        person_id=person_id,
        bureau_id=org.bureau.id,
        roles=org.roles_of(person_id, on),
        unit_ids=frozenset(org.units_of(person_id, on)),
        post_ids=frozenset(org.posts_of(person_id, on)),
        scopes=scopes,
    )
