"""Acknowledge a transfer slip: now custody moves."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import custody
from case_flow.domain.errors import SlipRefused
from case_flow.storage import matter as matters
from case_flow.storage import slip as slips
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, person
from case_flow.use_cases.raise_alert import raise_alert
from case_flow.use_cases.settle_warnings import settle_warnings


class AcknowledgeTransfer(msgspec.Struct, frozen=True):
    """The slip, the barcode on the paper in hand, and the hash of the electronic file where the slip has one."""

    slip_id: str
    paper_barcode: str
    document_hash: str = ""


class SlipAcknowledged(msgspec.Struct, frozen=True):
    """Where the paper is now; still with the sender where something came that was not sent."""

    slip_id: str
    matter_id: str
    unit_id: str
    mismatches: tuple[custody.Mismatch, ...] = ()


async def acknowledge_transfer(uow: Uow, command: AcknowledgeTransfer) -> SlipAcknowledged:
    """The receiving unit confirms that the paper came; other paper or another file alarms, and custody stays.

    Raises NotFound, SlipRefused for another unit or a second time, Invalid for what is no hash.
    """
    slip = await slips.get(uow.conn, command.slip_id)
    if slip.to_unit not in uow.principal.unit_ids:
        raise SlipRefused(
            f"the slip is for {slip.to_unit}: somebody there acknowledges it", to_unit=slip.to_unit
        )
    given = custody.document_digest(command.document_hash)
    if other := custody.mismatches(
        slip.matter_id, command.paper_barcode, slip.barcode_hash, given, slip.document_hash
    ):
        return await _alarm(uow, slip, other)
    if not await slips.acknowledge(uow.conn, slip.id, person(uow), uow.now):
        raise SlipRefused("the slip was acknowledged before", slip=slip.id)
    matter, _ = await load(uow, slip.matter_id)
    after = matter.change(slip_id=None, row_version=matter.row_version + 1)
    detail = {"slip": slip.id, "unit": slip.to_unit, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "acknowledgeTransfer", matter.id, detail))
    await uow.cancel_timers(slip.id)
    await settle_warnings(uow, matter.id, ["TRANSFER_UNACKNOWLEDGED"])
    return SlipAcknowledged(slip.id, matter.id, slip.to_unit)


async def _alarm(uow: Uow, slip: slips.Slip, other: tuple[custody.Mismatch, ...]) -> SlipAcknowledged:
    """What differs, and nothing of what was scanned: the alarm is kept although nothing moved."""
    if slip.acknowledged_at is not None:
        raise SlipRefused("the slip was acknowledged before", slip=slip.id)
    matter, _ = await load(uow, slip.matter_id)
    await raise_alert(
        uow,
        kind="CUSTODY_MISMATCH",
        at=uow.now,
        subject_person_ids=(slip.sent_by,),
        unit_ids=(slip.from_unit, slip.to_unit),
        domain=matter.domain,
        point_code=slip.point or None,
        matter_id=matter.id,
        facts={"slip": slip.id, "differs": ",".join(other)},
        key=f"CUSTODY_MISMATCH:{slip.id}:{','.join(other)}",
    )
    detail = {"slip": slip.id, "differs": [str(one) for one in other]}
    await uow.audit("custodyMismatch", "Matter", matter.id, detail)
    return SlipAcknowledged(slip.id, slip.matter_id, slip.from_unit, other)
