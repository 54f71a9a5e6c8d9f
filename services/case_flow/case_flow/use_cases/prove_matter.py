"""Prove what the audit log holds about a matter: every act on it, its holds and their overrides."""

from plumbline_shared.audit.bundle import Bundle, bundle
from plumbline_shared.database import Database
from plumbline_shared.principal import Principal, system

from case_flow.access import POLICY
from case_flow.matter_access import allowed, matter_resource
from case_flow.storage import hold as holds
from case_flow.storage import matter as matters


async def prove_matter(db: Database, principal: Principal, matter_id: str) -> Bundle | None:
    """The rows about a matter and its holds with their proof; None for those who may not have it.

    Whoever sees the matter may, with the holds they see; discipline and audit of its bureau, with all of them. Sealed
    reads are in a log of their own and not in it. Raises Unavailable while no checkpoint is signed.
    """
    bureau = principal.bureau_id
    if principal.kind != "person" or bureau is None:
        return None
    async with db.read(system(bureau)) as conn:
        found = (await matters.get_many(conn, [matter_id])).get(matter_id)
    if found is None or not allowed(principal, "prove", found):
        return None
    all_holds = POLICY.allows(principal, "proveHolds", matter_resource(found))
    async with db.read(system(bureau) if all_holds else principal) as conn:
        seen = await holds.ids_of(conn, matter_id)
    async with db.read(system(bureau)) as conn:
        return await bundle(conn, bureau, [("Matter", matter_id), *(("Hold", one) for one in seen)])
