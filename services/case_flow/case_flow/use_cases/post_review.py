"""Review after handling: enter a closed matter into the day's draw, draw, record what was found (S1-089)."""

import secrets
from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.ids import new_id
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import ItemDefinition
from case_flow.domain.draw import FrameUnit
from case_flow.domain.errors import SeparationOfDuties
from case_flow.domain.matter import Matter
from case_flow.domain.post_review import DayDraw, Finding, PostReviewRefused, Review, commitment_of, drawn
from case_flow.hall_access import POLICY, post_review_resource
from case_flow.storage import post_review as store
from case_flow.use_cases.acting import person
from case_flow.use_cases.raise_alert import raise_alert

DRAW_TIMER = "post_review_draw"
OVERDUE_TIMER = "post_review_overdue"


class ReviewHandled(msgspec.Struct, frozen=True):
    """What a reviewer found in a drawn matter; a fault is described."""

    review_id: str
    finding: Finding
    note: str = ""


class HandledReviewed(msgspec.Struct, frozen=True):
    """The review, and the alert that a fault raised."""

    review_id: str
    alert_id: str | None


async def enter_post_review(uow: Uow, definition: ItemDefinition, matter: Matter) -> None:
    """A matter that was handled first belongs to its day's draw, whose secret is committed to by now."""
    if definition.post_review is None:
        return
    secret = secrets.token_hex(16)
    day = DayDraw(
        bureau_id=matter.bureau_id,
        item_code=matter.item_code,
        local_on=uow.today,
        rule=definition.post_review,
        commitment=commitment_of(matter.bureau_id, matter.item_code, uow.today, secret),
        committed_at=uow.now,
    )
    if await store.commit(uow.conn, day, secret):
        where = {"item": day.item_code, "on": day.local_on.isoformat()}
        ref = f"{day.bureau_id}/{day.item_code}/{day.local_on}"
        await uow.schedule(DRAW_TIMER, ref, end_of_day(uow.today), where)


async def on_post_review_draw(uow: Uow, timer: Timer) -> None:
    """The day is over: its matters are the frame, the smallest tickets are reviewed."""
    bureau, on = uow.principal.bureau_id or "", date.fromisoformat(str(timer.payload["on"]))
    day = await store.find(uow.conn, bureau, str(timer.payload["item"]), on)
    if day is None or day.seed is not None:
        return
    matters = {one.case_ref: one for one in await store.closed(uow.conn, bureau, day.item_code, on)}
    frame = [FrameUnit(day.item_code, one.case_ref, one.unit_id, one.people) for one in matters.values()]
    after, sample = drawn(day, frame, await store.secret(uow.conn, day))
    calendar = (await load_org(uow.conn, bureau)).calendar
    due_on = calendar.add_working_days(on, day.rule.limit).on
    await store.save_draw(uow.conn, after, uow.now)
    picked = [
        Review(
            id=new_id("pv"),
            bureau_id=bureau,
            item_code=day.item_code,
            local_on=on,
            matter_id=matters[one.unit].id,
            case_ref=one.unit,
            ticket=one.ticket,
            unit_id=f"{bureau}.{day.rule.unit}",
            role=day.rule.role,
            point=day.rule.point,
            domain=matters[one.unit].domain,
            people=matters[one.unit].people,
            units=matters[one.unit].units,
            due_on=due_on,
            drawn_at=uow.now,
        )
        for one in sample.picks
    ]
    await store.add(uow.conn, picked)
    for one in picked:
        await uow.schedule(OVERDUE_TIMER, one.id, end_of_day(one.due_on))
    await uow.audit("drawPostReview", "Item", day.item_code, {"on": on.isoformat(), "drawn": len(picked)})


async def on_post_review_overdue(uow: Uow, timer: Timer) -> None:
    """The limit is over and nobody has answered: the chief of the unit that reviews hears of it, once."""
    review = await store.lock(uow.conn, timer.ref)
    if review.finding is None:
        await raise_alert(
            uow,
            kind="POST_REVIEW_OVERDUE",
            at=timer.fire_at,
            unit_ids=(review.unit_id,),
            domain=review.domain,
            matter_id=review.matter_id,
            facts={"post_review": review.id, "due_on": review.due_on.isoformat()},
            key=f"post-review-overdue:{review.id}",
        )


async def review_handled(uow: Uow, command: ReviewHandled) -> HandledReviewed:
    """Record the finding once; a fault raises the alert that is verified like any other.

    Raises NotFound, SeparationOfDuties for whoever had a part in the matter, PostReviewRefused.
    """
    review = await store.lock(uow.conn, command.review_id)
    POLICY.require(uow.principal, "answer", post_review_resource(review))
    reviewer = person(uow)
    if reviewer in review.people:
        raise SeparationOfDuties(f"{reviewer} had a part in {review.case_ref}: let somebody else review it")
    if review.finding is not None:
        raise PostReviewRefused(f"{review.case_ref} was reviewed already")
    if command.finding is Finding.FAULT and not command.note.strip():
        raise PostReviewRefused("describe the fault", path=("input", "note"))
    alert = await _alert(uow, review, reviewer) if command.finding is Finding.FAULT else None
    answered = msgspec.structs.replace(
        review,
        finding=command.finding,
        note=command.note,
        reviewed_by=reviewer,
        reviewed_at=uow.now,
        alert_id=alert,
    )
    await store.answer(uow.conn, answered)
    await uow.audit("reviewHandled", "PostReview", review.id, {"finding": command.finding})
    return HandledReviewed(review.id, alert)


async def _alert(uow: Uow, review: Review, reviewer: str) -> str:
    return await raise_alert(
        uow,
        kind="PROCEDURAL_VIOLATION",
        at=uow.now,
        subject_person_ids=review.people,
        unit_ids=review.units,
        domain=review.domain,
        point_code=review.point or None,
        matter_id=review.matter_id,
        facts={"post_review": review.id},
        key=f"post-review:{review.id}",
        involved=(reviewer,),
    )
