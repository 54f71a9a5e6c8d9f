"""Write a closed case down as material of warning education, without whom it was (S1-078)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.ids import new_id
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from case_flow.domain.incident import Incident
from case_flow.domain.inquiry import Inquiry
from case_flow.domain.warning_case import (
    File,
    WarningContent,
    WarningDraft,
    WarningRefused,
    require_anonymous,
    require_closed,
)
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import matter as matters
from case_flow.storage import warning_case as warnings
from case_flow.use_cases.acting import person
from case_flow.warning_access import POLICY, draft_resource


class DraftWarningCase(msgspec.Struct, frozen=True):
    """Material about a decided inquiry; another draft takes the place of one that is not released."""

    inquiry_id: str
    content: WarningContent


async def draft_warning_case(uow: Uow, command: DraftWarningCase) -> str:
    """Return the draft's id. Raises NotFound for who does not write it, WarningRefused, Identifying."""
    inquiry = await inquiries.get(uow.conn, command.inquiry_id)
    about = [one.person_id for one in await inquiries.respondents(uow.conn, inquiry.id)]
    POLICY.require(uow.principal, "draft", draft_resource(inquiry.bureau_id, inquiry.id, about))
    require_closed(inquiry)
    incident = await incidents.get(uow.conn, inquiry.incident_id)
    await require_nobody(uow, command.content, inquiry, incident)
    draft = WarningDraft(
        id=new_id("wd"),
        bureau_id=inquiry.bureau_id,
        inquiry_id=inquiry.id,
        case_id=new_id("wc"),
        content=command.content,
        drafted_by=person(uow),
    )
    kept = await warnings.put(uow.conn, draft, uow.now)
    if kept is None:
        raise WarningRefused("the material of this case is released already")
    await uow.audit("warning.drafted", "WarningDraft", kept)
    return kept


async def require_nobody(uow: Uow, content: WarningContent, inquiry: Inquiry, incident: Incident) -> None:
    """Raise Identifying for a text that names anybody of the bureau, or the file. The file is looked up by the service."""
    org = await load_org(uow.conn, inquiry.bureau_id)
    title = receipt = ""
    if incident.matter_id:
        await identify(uow.conn, system(inquiry.bureau_id))
        matter = await matters.get(uow.conn, incident.matter_id)
        await identify(uow.conn, uow.principal)
        title, receipt = matter.title, matter.case_ref
    require_anonymous(content, org, File(title, receipt, inquiry.number or ""))
