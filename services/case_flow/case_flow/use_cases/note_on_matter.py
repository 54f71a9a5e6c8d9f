"""The tracker of a domain notes on a matter that is being investigated or reviewed (事项跟踪员, S1-125, S1-126)."""

import msgspec
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.matter_access import matter_resource
from case_flow.rules import WORK_ORDER_RULES
from case_flow.storage import matter as matters
from case_flow.storage import matter_note as notes


class NoteStage(Refused):
    """Notes belong to the stages of investigation and review."""

    code = "NOTE_STAGE"


class NoteOnMatter(msgspec.Struct, frozen=True):
    """Guidance or a reminder for whoever has the step."""

    matter_id: str
    text: str


async def note_on_matter(uow: Uow, command: NoteOnMatter) -> str:
    """Return the matter's id. Raises NotFound for anybody but the tracker of its domain, Invalid, NoteStage."""
    matter = await matters.get(uow.conn, command.matter_id)
    POLICY.require(uow.principal, "note", matter_resource(matter))
    if not command.text.strip():
        raise Invalid("write the note", path=("text",))
    if matter.step is None or matter.state not in (await WORK_ORDER_RULES.of(uow)).note_states:
        raise NoteStage("notes are for matters in investigation or review", state=matter.state)
    note = notes.MatterNote(
        new_id("mn"), matter.id, matter.bureau_id, matter.step, uow.principal.actor, uow.now, command.text
    )
    await notes.add(uow.conn, note)
    await uow.audit("matter.noted", "Matter", matter.id, {"step": matter.step})
    return matter.id
