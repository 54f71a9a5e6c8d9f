"""What acceptance begins with: the step at the window, after a complete pre-review where the item has one."""

from typing import Any

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import Step
from case_flow.domain.form import require_complete
from case_flow.domain.matter import Completion, Matter, joined, marked
from case_flow.domain.pre_review import PreReview, PreReviewRefused, require_ready
from case_flow.storage import form as forms
from case_flow.storage import pre_review as reviews
from case_flow.storage.item import Published
from case_flow.use_cases.check_form import form_gate, submission
from case_flow.use_cases.free_hands import own_hands


class FirstStep(msgspec.Struct, frozen=True):
    """The step to be done now, its payload, and the pre-review before it."""

    step: Step
    payload: dict[str, Any]
    review: PreReview | None = None

    @property
    def before(self) -> Completion | None:
        """The pre-review as a completed step: its last look."""
        if self.review is None:
            return None
        last = self.review.checks[-1]
        payload = {"visits": len(self.review.checks)}
        return Completion(
            step=self.review.step, signers=(last.by,), at=last.at, local_on=last.on, payload=payload
        )


async def first_step(uow: Uow, published: Published, payload: dict[str, Any], review_id: str) -> FirstStep:
    """Raises PreReviewRefused when the pre-review is wanting, NotFound for one that is not the caller's to see."""
    definition = published.definition
    start = definition.by_code[definition.start]
    if not start.pre_review:
        if review_id:
            raise PreReviewRefused(f"{definition.item} has no pre-review: accept it without one")
        return FirstStep(start, payload)
    if not review_id:
        raise PreReviewRefused(f"{definition.item} is looked at by the guide first: name its pre-review")
    review = await reviews.lock(uow.conn, review_id)
    require_ready(review, published.hash)
    given = review.checks[-1].given
    known = {"form": given.form, "fields": given.fields, "documents": list(given.documents)}
    whole = {**(known if given.form else {}), **payload}
    return FirstStep(definition.by_code[start.next[0]], whole, review)


def with_pre_review(first: FirstStep, matter: Matter) -> Matter:
    """The matter with the guide's part in it."""
    if first.before is None or first.review is None:
        return matter
    people = joined(matter.people, *(one.by for one in first.review.checks))
    return matter.change(case_ref=first.review.receipt_no, trail=marked(matter, first.before), people=people)


async def require_form(uow: Uow, matter: Matter, first: FirstStep) -> None:
    """The form of the first step; one that the guide took on holds even if it was retired since (一次性告知)."""
    if not first.step.form:
        return
    given = submission(first.payload)
    if first.review and given.form == first.review.form:
        require_complete(await forms.get(uow.conn, matter.bureau_id, given.form), given)
        return
    await form_gate(uow, matter, first.step, first.payload)


async def start_hands(uow: Uow, published: Published, matter: Matter, first: FirstStep) -> tuple[str, ...]:
    """Those for whom the acceptor acts by delegation. Whoever looked at it as a guide does not accept it (S1-112),
    nor does anybody with an interest in the party: raises SeparationOfDuties, Recused.
    """
    return await own_hands(uow, published.definition, matter, first.step)


async def settle_pre_review(uow: Uow, matter: Matter, first: FirstStep) -> None:
    """The pre-review is done with: it leads to the matter, whose first step it was."""
    if first.review and first.before:
        await reviews.accepted(uow.conn, first.review, matter.id, first.before)
