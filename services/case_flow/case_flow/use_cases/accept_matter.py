"""Accept an application: the clock starts, the first step is done (S1-134, S2-033)."""

from typing import Any

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain import checks, clock, eligibility, transitions
from case_flow.domain.declaration import require_declared
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.matter import Completion, Matter, Regime
from case_flow.domain.record_calendar import record_calendar
from case_flow.publications import matter_accepted
from case_flow.storage import item as items
from case_flow.storage import matter as matters
from case_flow.storage import pre_review as reviews
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import opened, person, remember
from case_flow.use_cases.first_step import (
    first_step,
    require_form,
    settle_pre_review,
    start_hands,
    with_pre_review,
)
from case_flow.use_cases.free_hands import note_hands
from case_flow.use_cases.receipts import code_hash, new_receipt_no, random_code
from case_flow.use_cases.take_in import taken_in_by


class Recorded(msgspec.Struct, frozen=True):
    """Where a replayed matter comes from: the run, the case's name in the log, and how checks count."""

    run_id: str
    case_ref: str
    regime: Regime
    item_hash: str
    step: str


class AcceptMatter(msgspec.Struct, frozen=True):
    """An application for an item. `office_id` names the office in charge of the applicant, where the item needs one.

    `direct_reason`: why an officer takes it in, not the service hall (S1-094).
    """

    item: str
    title: str
    office_id: str | None = None
    facts: dict[str, Any] = {}
    payload: dict[str, Any] = {}
    pre_review_id: str = ""
    direct_reason: str = ""
    recorded: Recorded | None = None


class Accepted(msgspec.Struct, frozen=True):
    """The new matter; the applicant asks for its status with receipt number and code."""

    matter_id: str
    receipt_no: str
    receipt_code: str
    findings: tuple[checks.Finding, ...] = ()


async def accept_matter(uow: Uow, command: AcceptMatter) -> Accepted:
    """Open a matter on the version of the item in force today, with its due date and stage dues.

    Raises NotFound for an unknown item, NotEligible when the caller may not accept it, DirectIntakeRefused, Recused.
    """
    if command.recorded:
        return await _accept_recorded(uow, command, command.recorded)
    return await _accept_live(uow, command)


async def _accept_live(uow: Uow, command: AcceptMatter) -> Accepted:
    acceptor, bureau = person(uow), uow.principal.bureau_id or ""
    published = await items.in_force(uow.conn, bureau, command.item, uow.today)
    definition = published.definition
    first = await first_step(uow, published, _payload(command), command.pre_review_id)
    step, review = first.step, first.review
    unit = taken_in_by(uow, definition, step, command.office_id, command.direct_reason)
    transitions.require_exit(step, first.payload)
    require_declared(step, first.payload, uow.today)
    org = await load_org(uow.conn, bureau)
    if command.office_id is not None and org.unit(command.office_id) is None:
        raise eligibility.NotEligible(
            f"the bureau has no office {command.office_id}", office_id=command.office_id
        )
    code = "" if review else random_code()
    matter = _new_matter(uow, command, definition, published.hash, step, unit, (acceptor,))
    due = clock.deadline(definition, matter, org.calendar)
    matter = matter.change(
        case_ref=new_receipt_no(bureau, uow.today),
        due_on=due.due_on if due else None,
        due_provisional=due.provisional if due else False,
    )
    matter = with_pre_review(first, matter)
    matter = await matters.looked_at(uow.conn, matter)
    behind = await start_hands(uow, published, matter, first)
    await require_form(uow, matter, first)
    done = Completion(
        step=step.code,
        signers=(acceptor,),
        at=uow.now,
        local_on=uow.today,
        payload=first.payload,
        hands=behind,
    )
    begun = transitions.complete(definition, matter, done)
    after = await opened(definition, begun, org, uow, stated=first.payload)
    said = {"item": command.item, "version": definition.version}
    direct = {"direct": command.direct_reason} if command.direct_reason else {}
    note = trace(uow, "acceptMatter", matter.id, {**said, **direct})
    kept = await reviews.code_hash(uow.conn, review.id) if review else code_hash(matter.case_ref, code)
    await matters.accept(uow.conn, after, note, done, unit, kept)
    await note_hands(uow, after, step.code, behind)
    await settle_pre_review(uow, after, first)
    await clocks.start(uow, definition, after, org.calendar)
    await uow.emit(matter.id, matter_accepted(after))
    return Accepted(matter.id, matter.case_ref, code)


async def _accept_recorded(uow: Uow, command: AcceptMatter, recorded: Recorded) -> Accepted:
    bureau = uow.principal.bureau_id or ""
    definition = (await items.get(uow.conn, bureau, recorded.item_hash)).definition
    step = definition.by_code[recorded.step]
    who = (uow.principal.person_id,) if uow.principal.person_id else ()
    local_on = clock.local_day(definition, uow.now, live=False)
    matter = _new_matter(uow, command, definition, recorded.item_hash, step, bureau, who).change(
        case_ref=recorded.case_ref, run_id=recorded.run_id, regime=recorded.regime, accepted_on=local_on
    )
    done = Completion(step=step.code, signers=who, at=uow.now, local_on=local_on, payload=command.payload)
    before = matter.change(step=definition.start)
    findings = tuple(checks.at_step(definition, before, done, record_calendar(definition.calendar)))
    if findings and recorded.regime is Regime.ENFORCE:
        raise findings[0].refusal()
    after = transitions.record(definition, matter, done)
    note = trace(uow, "acceptMatter", matter.id, {"run": recorded.run_id, "step": step.code})
    await matters.accept(uow.conn, after, note, done, bureau, None)
    remember(uow, after)
    return Accepted(matter.id, matter.case_ref, "", findings)


def _payload(command: AcceptMatter) -> dict[str, Any]:
    """The first step's payload; only the command itself says that it was taken in directly."""
    given = {key: value for key, value in command.payload.items() if key != "direct_intake"}
    return {**given, "direct_intake": command.direct_reason} if command.direct_reason else given


def _new_matter(
    uow: Uow,
    command: AcceptMatter,
    definition: ItemDefinition,
    digest: str,
    step: Step,
    unit: str,
    people: tuple[str, ...],
) -> Matter:
    return Matter(
        id=new_id("mt"),
        bureau_id=uow.principal.bureau_id or "",
        case_ref="",
        item_code=definition.item,
        item_version=definition.version,
        item_hash=digest,
        domain=definition.domain,
        title=command.title,
        facts=command.facts,
        office_id=command.office_id,
        unit_id=unit,
        units=(unit,),
        people=people,
        step=step.code,
        state=step.state,
        accepted_at=uow.now,
        accepted_on=uow.today,
        row_version=0,
    )
