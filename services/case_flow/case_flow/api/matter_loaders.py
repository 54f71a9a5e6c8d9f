"""Matters and their parts, each loaded once a request and as its reader: row-level security and Cedar both say yes."""

from collections.abc import Sequence

from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.graphql import Context

from case_flow.domain.definition import ItemDefinition
from case_flow.domain.matter import Matter
from case_flow.matter_access import visible
from case_flow.storage import clock as clocks
from case_flow.storage import item as items
from case_flow.storage import matter as matters
from case_flow.storage import slip as slips
from case_flow.storage import trail
from case_flow.storage.clock import ClockEvent
from case_flow.storage.slip import Slip
from case_flow.storage.trail import StepDone


async def matter(context: Context, matter_id: str) -> Matter | None:
    """The matter; None when it does not exist or is not the reader's to see."""
    return await context.loader(_matters).load(matter_id)


async def definition(context: Context, seen: Matter) -> ItemDefinition:
    """The version of the item that the matter runs on."""
    return await context.loader(_definitions).load((seen.bureau_id, seen.item_hash))


async def steps(context: Context, matter_id: str) -> Sequence[StepDone]:
    """What was done on a matter that was loaded for its reader."""
    return await context.loader(_steps).load(matter_id)


async def slips_of(context: Context, matter_id: str) -> Sequence[Slip]:
    """Where the paper of a matter went."""
    return await context.loader(_slips).load(matter_id)


async def ledger(context: Context, matter_id: str) -> Sequence[ClockEvent]:
    """What happened to the clocks of a matter."""
    return await context.loader(_ledgers).load(matter_id)


async def org(context: Context, bureau_id: str) -> Org:
    """The bureau as the replica knows it."""
    return await context.loader(_orgs).load(bureau_id)


async def _matters(context: Context, ids: list[str]) -> list[Matter | None]:
    async with context.read() as conn:
        found = await matters.get_many(conn, ids)
    seen = {one.id: one for one in visible(context.principal, list(found.values()))}
    return [seen.get(one) for one in ids]


async def _definitions(context: Context, keys: list[tuple[str, str]]) -> list[ItemDefinition]:
    async with context.read() as conn:
        return [(await items.get(conn, bureau, digest)).definition for bureau, digest in keys]


async def _steps(context: Context, ids: list[str]) -> list[list[StepDone]]:
    async with context.read() as conn:
        found = await trail.steps(conn, ids)
    return [found[one] for one in ids]


async def _slips(context: Context, ids: list[str]) -> list[list[Slip]]:
    async with context.read() as conn:
        found = await slips.of_matters(conn, ids)
    return [found[one] for one in ids]


async def _ledgers(context: Context, ids: list[str]) -> list[list[ClockEvent]]:
    async with context.read() as conn:
        return [await clocks.of_matter(conn, one) for one in ids]


async def _orgs(context: Context, ids: list[str]) -> list[Org]:
    async with context.read() as conn:
        return [await load_org(conn, one) for one in ids]
