"""An officer reports the own fault before anybody finds it: it is verified like any other, and counts as mitigating (S1-065)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain.errors import NotHandler
from case_flow.storage import matter as matters
from case_flow.storage import self_report
from case_flow.use_cases.acting import person
from case_flow.use_cases.raise_alert import raise_alert


class ReportOwnFault(msgspec.Struct, frozen=True):
    """What went wrong in a matter that the caller worked on, and whether it is put right already."""

    matter_id: str
    fault: str
    corrected: bool = False


async def report_own_fault(uow: Uow, command: ReportOwnFault) -> str:
    """Return the id of the alert that has it verified. Raises NotFound, NotHandler, Invalid."""
    matter, who = await matters.get(uow.conn, command.matter_id), person(uow)
    if who not in matter.people:
        raise NotHandler("you report a fault of your own: you had no part in this matter")
    if not command.fault.strip():
        raise Invalid("say what went wrong", path=("fault",))
    report_id = new_id("sr")
    alert_id = await raise_alert(
        uow,
        kind="SELF_REPORTED",
        at=uow.now,
        subject_person_ids=[who],
        unit_ids=[matter.unit_id],
        domain=matter.domain,
        matter_id=matter.id,
        facts={"corrected": command.corrected},
        key=f"self_report:{report_id}",
    )
    report = self_report.SelfReport(
        report_id, matter.bureau_id, who, matter.id, command.fault, command.corrected, alert_id, uow.now
    )
    await self_report.add(uow.conn, report)
    await uow.audit("fault.self_reported", "Matter", matter.id)
    return alert_id
