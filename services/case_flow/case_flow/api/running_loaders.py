"""What happened to open work: lists of a matter that was loaded for its reader."""

from collections.abc import Sequence

from plumbline_shared.graphql import Context

from case_flow.storage import signer_change
from case_flow.storage.signer_change import SignerChange


async def signer_changes(context: Context, matter_id: str) -> Sequence[SignerChange]:
    """Who was asked to sign in addition, or no longer."""
    return await context.loader(_signer_changes).load(matter_id)


async def _signer_changes(context: Context, ids: list[str]) -> list[list[SignerChange]]:
    async with context.read() as conn:
        found = await signer_change.of_matters(conn, ids)
    return [found[one] for one in ids]
