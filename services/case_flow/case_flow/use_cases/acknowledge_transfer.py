"""Acknowledge a transfer slip: now custody moves."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import custody
from case_flow.domain.errors import SlipRefused
from case_flow.storage import matter as matters
from case_flow.storage import slip as slips
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, person
from case_flow.use_cases.settle_warnings import settle_warnings


class AcknowledgeTransfer(msgspec.Struct, frozen=True):
    """The slip, and the barcode on the paper in hand."""

    slip_id: str
    paper_barcode: str


class SlipAcknowledged(msgspec.Struct, frozen=True):
    """Where the paper is now."""

    slip_id: str
    matter_id: str
    unit_id: str


async def acknowledge_transfer(uow: Uow, command: AcknowledgeTransfer) -> SlipAcknowledged:
    """The receiving unit confirms that the paper came.

    Raises NotFound, SlipRefused for another unit or a second time, BarcodeMismatch for other paper.
    """
    slip = await slips.get(uow.conn, command.slip_id)
    if slip.to_unit not in uow.principal.unit_ids:
        raise SlipRefused(
            f"the slip is for {slip.to_unit}: somebody there acknowledges it", to_unit=slip.to_unit
        )
    custody.require_barcode(slip.matter_id, command.paper_barcode, slip.barcode_hash)
    if not await slips.acknowledge(uow.conn, slip.id, person(uow), uow.now):
        raise SlipRefused("the slip was acknowledged before", slip=slip.id)
    matter, _ = await load(uow, slip.matter_id)
    after = matter.change(slip_id=None, row_version=matter.row_version + 1)
    detail = {"slip": slip.id, "unit": slip.to_unit, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "acknowledgeTransfer", matter.id, detail))
    await uow.cancel_timers(slip.id)
    await settle_warnings(uow, matter.id, ["TRANSFER_UNACKNOWLEDGED"])
    return SlipAcknowledged(slip.id, matter.id, slip.to_unit)
