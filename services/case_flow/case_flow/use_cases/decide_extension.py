"""Approve or refuse an extension, before the limit expires."""

from datetime import date

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import clock, transitions
from case_flow.domain.errors import ExtensionRefused, SeparationOfDuties
from case_flow.storage import extension as extensions
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import load, org_of, person


class DecideExtension(msgspec.Struct, frozen=True):
    """The approver's answer to a request."""

    extension_id: str
    approve: bool


class ExtensionDecided(msgspec.Struct, frozen=True):
    """The due date that holds from now on."""

    extension_id: str
    matter_id: str
    due_on: date | None


async def decide_extension(uow: Uow, command: DecideExtension) -> ExtensionDecided:
    """Move the due date, once. Raises ExtensionRefused, SeparationOfDuties when the asker would approve."""
    asked = await extensions.get(uow.conn, command.extension_id)
    matter, definition = await load(uow, asked.matter_id)
    transitions.require_open(matter)
    if definition.extension is None or definition.extension.approver not in uow.principal.roles:
        approver = definition.extension.approver if definition.extension else "nobody"
        raise ExtensionRefused(
            f"an extension of {definition.item} is approved by {approver}", approver=approver
        )
    if person(uow) == asked.requested_by:
        raise SeparationOfDuties("whoever asks for an extension does not approve it", person=person(uow))
    clock.require_extension(definition, matter, asked.days, asked.reasons, uow.now)
    if not await extensions.decide(uow.conn, asked.id, person(uow), uow.now, command.approve):
        raise ExtensionRefused("this request was decided before")
    after = matter.change(row_version=matter.row_version + 1)
    org = await org_of(uow, matter)
    if command.approve:
        due = clock.deadline(definition, matter, org.calendar, extension=asked.days)
        after = after.change(
            extension_days=asked.days,
            due_on=due.due_on if due else None,
            due_provisional=bool(due and due.provisional),
        )
    detail = {"extension": asked.id, "approved": command.approve, "version": after.row_version}
    await matters.move(uow.conn, matter, after, trace(uow, "decideExtension", matter.id, detail))
    if command.approve:
        await clocks.extend(uow, definition, after, org.calendar, asked.reasons)
    return ExtensionDecided(asked.id, matter.id, after.due_on)
