"""A bureau's programme in one year, to which several services add their figures: who reads it, and how much of it."""

from plumbline_shared.errors import NotFound
from plumbline_shared.graphql import Context
from plumbline_shared.policy import Policy, Resource
from plumbline_shared.principal import system

from plumbline_org.model import Org
from plumbline_org.storage.load import load_org

NOTHING = -1
"""The count up to which those who read the programme in full see nothing: no count is that small."""
FIRST, LAST = 2000, 2100


def above(org: Org) -> tuple[str, ...]:
    """The bureaus above, the nearest first."""
    return (org.upper.bureau.id, *above(org.upper)) if org.upper else ()


def programme_resource(org: Org) -> Resource:
    """A bureau's programme, with the bureaus above it."""
    return Resource("Programme", org.bureau.id, {"bureau": org.bureau.id, "upper": above(org)})


def programme_of(key: str) -> tuple[str, int]:
    """Bureau and year of a key such as D01:2026; year 0 for anything else."""
    bureau_id, _, year = key.rpartition(":")
    return bureau_id, int(year) if year.isascii() and year.isdecimal() else 0


async def hidden_up_to(
    context: Context, policy: Policy, bureau_id: str, year: int, threshold: int
) -> int | None:
    """Up to which count the reader sees nothing: `threshold` or NOTHING; None for those who see no dashboard."""
    if not FIRST <= year <= LAST:
        return None
    try:
        async with context.runtime.db.read(system(bureau_id)) as conn:
            resource = programme_resource(await load_org(conn, bureau_id))
    except NotFound:
        return None
    if policy.allows(context.principal, "oversee", resource):
        return NOTHING
    return threshold if policy.allows(context.principal, "oversee_suppressed", resource) else None
