"""Kin on posts that the law keeps apart: found on assignments, each once, and closed when they are apart."""

from datetime import date

from plumbline_org.model import Org
from plumbline_shared.database import Connection
from plumbline_shared.use_case import Uow

from risk_registry.domain.avoidance import Barred, barred
from risk_registry.publications_rotation import avoidance_found
from risk_registry.storage.kin import add_finding, avoidance_findings, close_findings, kin
from risk_registry.storage.rotation_rules import rule_on


async def barred_on(conn: Connection, org: Org, person_id: str, on: date) -> set[Barred]:
    """Every bar between a person and their declared kin, from the person who declared it. Ask as the service."""
    guarded = (await rule_on(conn, org.bureau.id, on)).guarded_functions
    pairs = await kin(conn, org.bureau.id, person_id)
    return {found for each in pairs for found in barred(org, each.person_id, each.kin_id, on, guarded)}


async def check_avoidance(uow: Uow, org: Org, person_id: str) -> None:
    """Keep what is new and close what is gone for one person."""
    bureau = org.bureau.id
    found = await barred_on(uow.conn, org, person_id, uow.today)
    known = {each.barred: each.id for each in await avoidance_findings(uow.conn, bureau, person_id)}
    for each in sorted(
        found - known.keys(), key=lambda one: (one.person_id, one.kin_id, one.bar, one.post_id)
    ):
        finding = await add_finding(uow.conn, bureau, each, uow.now)
        await uow.emit(finding, avoidance_found(finding, bureau, uow.today), bureau_id=bureau)
    await close_findings(uow.conn, bureau, [id_ for one, id_ in known.items() if one not in found], uow.now)
