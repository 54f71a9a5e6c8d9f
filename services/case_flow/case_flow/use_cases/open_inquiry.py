"""Open an inquiry: number, panel, and everybody barred from its vote (SoD-4, C-15; I-016)."""

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.domain.inquiry import InquiryState, barred, check_panel, move
from case_flow.rules import CONTROL_RULES
from case_flow.storage import document as documents
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import inquiry_record as records
from case_flow.storage import participant


class OpenInquiry(msgspec.Struct, frozen=True):
    """The panel; `number` as the meeting registered it, the next free one when left out."""

    inquiry_id: str
    panel: tuple[str, ...]
    number: str | None = None


async def open_inquiry(uow: Uow, command: OpenInquiry) -> str:
    """Return the inquiry's id. Raises NotFound, Invalid, InquiryStateRefused, PanelRefused."""
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    respondents = await inquiries.respondents(uow.conn, inquiry.id)
    require_on_inquiry(uow, "open", inquiry, [one.person_id for one in respondents])
    state, rule, org = (
        move(inquiry.state, InquiryState.OPENED),
        (await CONTROL_RULES.of(uow)).panel,
        await load_org(uow.conn, inquiry.bureau_id),
    )
    check_panel(command.panel, frozenset(one.person_id for one in respondents), rule.size)
    _check_known(org, command.panel)
    incident = await incidents.get(uow.conn, inquiry.incident_id)
    out = barred(command.panel, incident.confirmed_by, _chief_of(org, incident.confirmed_by, uow))
    acted = {act.person_id for act in await incidents.acts(uow.conn, incident.id)}
    kept_off = (await records.recused(uow.conn, incident.id, command.panel)) | (acted & {*command.panel})
    people = [(person, "PANEL") for person in command.panel]
    await participant.add(uow.conn, inquiry.bureau_id, inquiry.id, people, uow.now)
    await participant.add(uow.conn, inquiry.bureau_id, incident.id, people, uow.now)
    await inquiries.add_seats(uow.conn, inquiry, command.panel, out, "SOD-4: verified the incident")
    for member in sorted(kept_off - out):
        await inquiries.recuse(uow.conn, inquiry.id, member, "I-016: interest in the matter, or part in it")
    opened = msgspec.structs.replace(
        inquiry,
        state=state,
        number=command.number or await _number(uow, inquiry.bureau_id),
        opened_by=uow.principal.actor,
        opened_on=uow.today,
        quorum=rule.quorum,
    )
    await inquiries.save(uow.conn, opened)
    await uow.audit("inquiry.opened", "Inquiry", inquiry.id, {"number": opened.number})
    return inquiry.id


async def _number(uow: Uow, bureau_id: str) -> str:
    year = uow.today.year
    return f"AI-{year}-{await documents.next_number(uow.conn, bureau_id, 'INQUIRY', year):02d}"


def _check_known(org: Org, panel: tuple[str, ...]) -> None:
    for index, member in enumerate(panel):
        if org.person(member) is None:
            raise Invalid("there is no such officer in the bureau", path=("panel", index))


def _chief_of(org: Org, verifier: str, uow: Uow) -> str | None:
    """Whose staff verified."""
    unit = next(iter(org.units_of(verifier, uow.today)), None)
    return org.chief_of(unit, uow.today) if unit else None
