"""Decide an inquiry: the decision follows from the votes, liability from 42号 Art 20, forms from the pack."""

from collections.abc import Mapping

import msgspec
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.access import require_on_inquiry
from case_flow.control_publications import inquiry_decided
from case_flow.domain.collective import carried
from case_flow.domain.incident import Incident
from case_flow.domain.inquiry import (
    Inquiry,
    InquiryState,
    InquiryStateRefused,
    PublicationScope,
    Respondent,
    move,
)
from case_flow.domain.inquiry_record import check_publication
from case_flow.domain.liability import Form, apportion, form_for, mitigated
from case_flow.rules import ACCOUNTABILITY_RULES, CONTROL_RULES
from case_flow.storage import incident as incidents
from case_flow.storage import inquiry as inquiries
from case_flow.storage import inquiry_record as records


class FormChosen(msgspec.Struct, frozen=True):
    """A form other than the pack proposes, for one respondent."""

    person_id: str
    form: Form


class DecideInquiry(msgspec.Struct, frozen=True):
    """How far the decision is published (default: the bureau, C-11), and forms the panel chose otherwise."""

    inquiry_id: str
    publication_scope: PublicationScope = PublicationScope.BUREAU
    forms: tuple[FormChosen, ...] = ()


async def decide_inquiry(uow: Uow, command: DecideInquiry) -> str:
    """Return the inquiry's id.

    Raises NotFound, Invalid, InquiryStateRefused, QuorumNotMet, PublicationNotReviewed.
    """
    inquiry = await inquiries.lock(uow.conn, command.inquiry_id)
    named = await inquiries.respondents(uow.conn, inquiry.id)
    require_on_inquiry(uow, "decide", inquiry, [one.person_id for one in named])
    state = move(move(inquiry.state, InquiryState.VOTED), InquiryState.DECIDED)
    tally = await inquiries.tally(uow.conn, inquiry.id)
    if inquiry.quorum is None:
        raise InquiryStateRefused("open the inquiry first")
    passed = carried(tally, inquiry.quorum)
    review = await records.review(uow.conn, inquiry.id)
    check_publication(command.publication_scope, review, by_head=Role.BUREAU_HEAD in uow.principal.roles)
    incident = await incidents.get(uow.conn, inquiry.incident_id)
    outcomes = await _outcomes(uow, incident, named, command) if passed else ()
    limit, org = (await CONTROL_RULES.of(uow)).limits.appeal, await load_org(uow.conn, inquiry.bureau_id)
    decided = msgspec.structs.replace(
        inquiry,
        state=state,
        decided_by=uow.principal.actor,
        decided_on=uow.today,
        carried=passed,
        publication_scope=command.publication_scope,
        appeal_until=add_days(org.calendar, limit.unit, uow.today, limit.length).on,
    )
    await _store(uow, decided, incident, outcomes)
    await inquiries.add_result(uow.conn, decided, tally)
    return inquiry.id


async def on_appeal_time_passed(uow: Uow, timer: Timer) -> None:
    """Nobody appealed: the decision is in force."""
    inquiry = await inquiries.lock(uow.conn, timer.ref)
    if inquiry.state is InquiryState.DECIDED:
        in_force = msgspec.structs.replace(inquiry, state=InquiryState.IN_FORCE, in_force_on=uow.today)
        await inquiries.save(uow.conn, in_force)


async def _store(uow: Uow, decided: Inquiry, incident: Incident, outcomes: tuple[Respondent, ...]) -> None:
    await inquiries.save(uow.conn, decided)
    await inquiries.set_outcomes(uow.conn, outcomes)
    if decided.appeal_until is not None:
        await uow.schedule("inquiry_appeal_passed", decided.id, end_of_day(decided.appeal_until))
    await uow.emit(decided.id, inquiry_decided(decided, incident, outcomes))
    await uow.audit("inquiry.decided", "Inquiry", decided.id, {"carried": decided.carried})


async def _outcomes(
    uow: Uow, incident: Incident, named: tuple[Respondent, ...], command: DecideInquiry
) -> tuple[Respondent, ...]:
    chosen: Mapping[str, Form] = {one.person_id: one.form for one in command.forms}
    people = {one.person_id: one for one in named}
    if not chosen.keys() <= people.keys():
        raise Invalid("a form is chosen for respondents only", path=("forms",))
    forms = (await CONTROL_RULES.of(uow)).forms.get(incident.kind, {})
    return tuple(
        msgspec.structs.replace(
            people[share.person_id],
            part=share.part,
            form=chosen.get(share.person_id, _proposed(incident, form_for(forms, share.part))),
        )
        for share in apportion(
            await incidents.acts(uow.conn, incident.id), (await ACCOUNTABILITY_RULES.of(uow)).liability
        )
        if share.person_id in people
    )


def _proposed(incident: Incident, form: Form) -> Form:
    """A fault that was reported before it was found weighs less (S1-065)."""
    return mitigated(form) if incident.self_reported else form
