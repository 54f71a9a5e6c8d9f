"""Pre-review at the guide's desk: the whole list of what is missing, once, in print; no clock starts (S1-111, S1-112)."""

from typing import Any

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility
from case_flow.domain.definition import ItemDefinition, Step, Text
from case_flow.domain.form import Form, Missing, lacking, require_known
from case_flow.domain.pre_review import Check, PreReview, PreReviewRefused, notice, require_open
from case_flow.storage import form as forms
from case_flow.storage import item as items
from case_flow.storage import pre_review as reviews
from case_flow.storage.item import Published
from case_flow.use_cases.acting import person
from case_flow.use_cases.check_form import submission
from case_flow.use_cases.receipts import code_hash, new_receipt_no, random_code


class PreReviewApplication(msgspec.Struct, frozen=True):
    """What an applicant presents for an item: `{fields, documents}`, on the form in force."""

    item: str
    title: str
    office_id: str | None = None
    payload: dict[str, Any] = {}


class PresentAgain(msgspec.Struct, frozen=True):
    """The applicant is back: everything as it is presented now."""

    pre_review_id: str
    payload: dict[str, Any] = {}


class PreReviewed(msgspec.Struct, frozen=True):
    """What the guide hands over: the receipt (its code is told once), and the notice to print."""

    pre_review_id: str
    receipt_no: str
    receipt_code: str
    missing: tuple[Missing, ...]
    notice: Text


async def pre_review_application(uow: Uow, command: PreReviewApplication) -> PreReviewed:
    """Look at an application for the first time. Raises NotFound, NotEligible, PreReviewRefused, FormInvalid."""
    bureau = uow.principal.bureau_id or ""
    guide, published = person(uow), await items.in_force(uow.conn, bureau, command.item, uow.today)
    definition = published.definition
    step = _step(definition)
    unit = eligibility.unit_of(step, bureau, command.office_id, min(uow.principal.unit_ids, default=bureau))
    eligibility.require_eligible(step, unit, uow.principal)
    await _require_office(uow, bureau, command.office_id)
    form = await _form_in_force(uow, definition, step)
    code = random_code()
    review = PreReview(
        id=new_id("pr"),
        bureau_id=bureau,
        receipt_no=new_receipt_no(bureau, uow.today),
        item_code=definition.item,
        item_version=definition.version,
        item_hash=published.hash,
        step=step.code,
        unit_id=unit,
        title=command.title,
        opened_by=guide,
        opened_at=uow.now,
        office_id=command.office_id,
        form=form.ref if form else "",
    )
    await reviews.add(uow.conn, review, code_hash(review.receipt_no, code))
    return await _look(uow, review, published, form, command.payload, code)


async def present_again(uow: Uow, command: PresentAgain) -> PreReviewed:
    """Look again, at the same version of the form: what was told first holds. Raises NotFound, NotEligible."""
    review = await reviews.lock(uow.conn, command.pre_review_id)
    published = await items.get(uow.conn, review.bureau_id, review.item_hash)
    step = published.definition.by_code[review.step]
    eligibility.require_eligible(step, review.unit_id, uow.principal)
    require_open(review)
    form = await forms.get(uow.conn, review.bureau_id, review.form) if review.form else None
    return await _look(uow, review, published, form, command.payload, "")


async def _look(
    uow: Uow, review: PreReview, published: Published, form: Form | None, payload: dict[str, Any], code: str
) -> PreReviewed:
    given = msgspec.structs.replace(submission(payload), form=review.form)
    if form:
        require_known(form, given)
    check = Check(
        seq=len(review.checks) + 1,
        at=uow.now,
        on=uow.today,
        by=person(uow),
        given=given,
        missing=lacking(form, given) if form else (),
    )
    await reviews.add_check(uow.conn, review, check)
    looked = msgspec.structs.replace(review, checks=(*review.checks, check))
    await uow.audit("preReview", "PreReview", review.id, {"visit": check.seq, "missing": len(check.missing)})
    text = notice(published.definition.name, form, looked)
    return PreReviewed(review.id, review.receipt_no, code, check.missing, text)


def _step(definition: ItemDefinition) -> Step:
    step = definition.by_code[definition.start]
    if not step.pre_review:
        raise PreReviewRefused(f"{definition.item} is accepted at the window without a pre-review")
    return step


async def _form_in_force(uow: Uow, definition: ItemDefinition, step: Step) -> Form | None:
    """The form that acceptance will ask for."""
    code = definition.by_code[step.next[0]].form
    return await forms.current(uow.conn, uow.principal.bureau_id or "", code, uow.today) if code else None


async def _require_office(uow: Uow, bureau: str, office_id: str | None) -> None:
    if office_id and (await load_org(uow.conn, bureau)).unit(office_id) is None:
        raise eligibility.NotEligible(f"the bureau has no office {office_id}", office_id=office_id)
