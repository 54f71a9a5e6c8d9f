"""The head releases warning material, or sends it back (S1-078)."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.control_publications import warning_released
from case_flow.domain.warning_case import WarningRefused, WarningState, released, require_closed
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import warning_case as warnings
from case_flow.storage.process import process_of
from case_flow.use_cases.acting import person
from case_flow.use_cases.draft_warning_case import require_nobody
from case_flow.warning_access import POLICY, draft_resource


class DecideWarningCase(msgspec.Struct, frozen=True):
    """Release the material as it is, or send it back with a note."""

    draft_id: str
    release: bool
    note: str = ""


async def decide_warning_case(uow: Uow, command: DecideWarningCase) -> str | None:
    """The id of the released material; None when it went back. Raises NotFound, WarningRefused, Identifying."""
    draft = await warnings.lock(uow.conn, command.draft_id)
    inquiry = await inquiries.get(uow.conn, draft.inquiry_id)
    about = [one.person_id for one in await inquiries.respondents(uow.conn, inquiry.id)]
    barred = (*about, draft.drafted_by)
    POLICY.require(uow.principal, "release", draft_resource(draft.bureau_id, draft.id, barred))
    if draft.state is not WarningState.DRAFT:
        raise WarningRefused(f"the draft is {draft.state}: it was decided already", state=draft.state)
    if not command.release and not command.note.strip():
        raise WarningRefused("say in the note what is to change")
    state = WarningState.RELEASED if command.release else WarningState.RETURNED
    decided = msgspec.structs.replace(draft, state=state, decided_by=person(uow), note=command.note)
    await warnings.decide(uow.conn, decided)
    await uow.audit(f"warning.{state.lower()}", "WarningDraft", draft.id)
    if not command.release:
        return None
    require_closed(inquiry)
    incident = await incidents.get(uow.conn, inquiry.incident_id)
    await require_nobody(uow, draft.content, inquiry, incident)
    case = released(draft, incident, await process_of(uow.conn, incident), uow.today)
    await warnings.add(uow.conn, case)
    await uow.emit(case.id, warning_released(case))
    return case.id
