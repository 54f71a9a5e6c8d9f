"""What happened to open work: lists of a matter that was loaded for its reader."""

from collections.abc import Sequence

from plumbline_shared.graphql import Context

from case_flow.domain.document_service import ServiceRecord
from case_flow.storage import assignment, delegated_act, document_service, signer_change, urge
from case_flow.storage.assignment import WorkAssignment
from case_flow.storage.delegated_act import DelegatedAct
from case_flow.storage.signer_change import SignerChange
from case_flow.storage.urge import Urge


async def signer_changes(context: Context, matter_id: str) -> Sequence[SignerChange]:
    """Who was asked to sign in addition, or no longer."""
    return await context.loader(_signer_changes).load(matter_id)


async def assignments(context: Context, matter_id: str) -> Sequence[WorkAssignment]:
    """How its steps came into whose hands."""
    return await context.loader(_assignments).load(matter_id)


async def delegated_acts(context: Context, matter_id: str) -> Sequence[DelegatedAct]:
    """What was done on it with somebody else's authority."""
    return await context.loader(_delegated_acts).load(matter_id)


async def services(context: Context, matter_id: str) -> Sequence[ServiceRecord]:
    """What was served on its party."""
    return await context.loader(_services).load(matter_id)


async def _services(context: Context, ids: list[str]) -> list[list[ServiceRecord]]:
    async with context.read() as conn:
        found = await document_service.of_matters(conn, ids)
    return [found[one] for one in ids]


async def urges(context: Context, matter_id: str) -> Sequence[Urge]:
    """Who urged it."""
    return await context.loader(_urges).load(matter_id)


async def _urges(context: Context, ids: list[str]) -> list[list[Urge]]:
    async with context.read() as conn:
        found = await urge.of_matters(conn, ids)
    return [found[one] for one in ids]


async def _assignments(context: Context, ids: list[str]) -> list[list[WorkAssignment]]:
    async with context.read() as conn:
        found = await assignment.of_matters(conn, ids)
    return [found[one] for one in ids]


async def _delegated_acts(context: Context, ids: list[str]) -> list[list[DelegatedAct]]:
    async with context.read() as conn:
        found = await delegated_act.of_matters(conn, ids)
    return [found[one] for one in ids]


async def _signer_changes(context: Context, ids: list[str]) -> list[list[SignerChange]]:
    async with context.read() as conn:
        found = await signer_change.of_matters(conn, ids)
    return [found[one] for one in ids]
