"""The end of a recorded matter: what is missing, and what came after its limit."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import checks, clock, transitions
from case_flow.domain.matter import Regime
from case_flow.domain.record_calendar import record_calendar
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load


class ConcludeRecord(msgspec.Struct, frozen=True):
    """The recorded matter has no further events."""

    matter_id: str


class Concluded(msgspec.Struct, frozen=True):
    """What the last checks found; `refused` when the matter stays open for it."""

    findings: tuple[checks.Finding, ...]
    refused: bool


async def conclude_record(uow: Uow, command: ConcludeRecord) -> Concluded:
    """Close a recorded matter at its last event; where checks are enforced, a finding keeps it open."""
    matter, definition = await load(uow, command.matter_id)
    findings = tuple(checks.at_end(definition, matter, record_calendar(definition.calendar)))
    if findings and matter.regime is Regime.ENFORCE:
        return Concluded(findings, refused=True)
    local_on = clock.local_day(definition, uow.now, live=False)
    after = transitions.close(matter.change(row_version=matter.row_version + 1), uow.now, local_on, 0)
    note = trace(uow, "concludeRecord", matter.id, {"version": after.row_version, "findings": len(findings)})
    await matters.move(uow.conn, matter, after, note)
    return Concluded(findings, refused=False)
