"""Events out of inspections: what a finding says of a risk point. None carries what the inspectors wrote."""

from collections.abc import Iterator

from plumbline_contracts.case_flow.v1 import FindingRecorded, SpecialRectificationOrdered
from plumbline_shared.clock import local_date

from case_flow.domain.rectification import RectificationOrder
from case_flow.storage.inspected_file import InspectedFile, RunOrder


def findings_recorded(file: InspectedFile) -> Iterator[FindingRecorded]:
    """One event for each finding of a report that names a point; verified once both inspectors signed."""
    if file.reported_at is None:
        return
    for number, one in enumerate(file.findings, start=1):
        if one.point_id:
            yield FindingRecorded(
                finding_id=f"{file.run_id}/{file.unit}/{number}",
                bureau_id=file.bureau_id,
                point_id=one.point_id,
                run_id=file.run_id,
                unit_id=file.office_id,
                aspect=one.aspect,
                verified=file.signed_at is not None,
                found_on=local_date(file.reported_at).isoformat(),
            )


def special_ordered(run_id: str, order: RectificationOrder, of: RunOrder) -> SpecialRectificationOrdered:
    """An order of a kind that is supervised apart (S1-153)."""
    return SpecialRectificationOrdered(
        order_id=order.id,
        bureau_id=order.bureau_id,
        run_id=run_id,
        unit_id=order.unit_id,
        finding_kind=of.kind,
        due_on=order.due_on.isoformat(),
        ordered_on=order.issued_on.isoformat(),
    )
