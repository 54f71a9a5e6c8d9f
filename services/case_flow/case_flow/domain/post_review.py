"""Sampled post-review (先办后审): a share of what was handled first, drawn so that anybody can repeat it (S1-089)."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from plumbline_shared.errors import Refused

from case_flow.domain.definition import Frozen, PostReview
from case_flow.domain.draw import FrameUnit, Sample, Stratum, digest, draw, frame_root, plan_hash, seed_of

KEEPER = "case_flow"


class Finding(StrEnum):
    """What the reviewer found."""

    IN_ORDER = "IN_ORDER"
    FAULT = "FAULT"


class DayDraw(Frozen, frozen=True):
    """The draw of one item and day; frame, secret and seed are there once the day is over."""

    bureau_id: str
    item_code: str
    local_on: date
    rule: PostReview
    commitment: str
    committed_at: datetime
    secret: str | None = None
    frame: tuple[FrameUnit, ...] | None = None
    frame_root: str | None = None
    plan_hash: str | None = None
    seed: str | None = None
    quota: int | None = None
    drawn_at: datetime | None = None


class Review(Frozen, frozen=True):
    """One drawn matter and what was found in it."""

    id: str
    bureau_id: str
    item_code: str
    local_on: date
    matter_id: str
    case_ref: str
    ticket: str
    unit_id: str
    role: str
    point: str
    domain: str
    people: tuple[str, ...]
    units: tuple[str, ...]
    due_on: date
    drawn_at: datetime
    finding: Finding | None = None
    note: str = ""
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    alert_id: str | None = None


class PostReviewRefused(Refused):
    """The review was done already, or a fault is not described."""

    code = "POST_REVIEW"


def commitment_of(bureau_id: str, item_code: str, on: date, secret: str) -> str:
    """What is published at the first close of the day."""
    return digest(bureau_id, item_code, on.isoformat(), secret)


def quota_of(matters: int, share: int) -> int:
    """How many of a day's matters are drawn: the share rounded up, so one at least."""
    return -(-matters * share // 100)


def drawn(day: DayDraw, frame: Sequence[FrameUnit], secret: str) -> tuple[DayDraw, Sample]:
    """The day with its draw, and the sample."""
    strata = (Stratum(day.item_code, quota_of(len(frame), day.rule.share)),)
    root, plan = frame_root(frame), plan_hash(f"{day.item_code}@{day.local_on}", strata)
    seed = seed_of(root, plan, {KEEPER: secret})
    after = DayDraw(
        bureau_id=day.bureau_id,
        item_code=day.item_code,
        local_on=day.local_on,
        rule=day.rule,
        commitment=day.commitment,
        committed_at=day.committed_at,
        secret=secret,
        frame=tuple(frame),
        frame_root=root,
        plan_hash=plan,
        seed=seed,
        quota=strata[0].quota,
    )
    return after, draw(seed, strata, frame)


def faults(day: DayDraw, tickets: Sequence[str]) -> tuple[str, ...]:
    """Codes of what does not hold in a stored draw; none for a sound one."""
    if day.frame is None or day.secret is None:
        return ("NOT_DRAWN",)
    again, sample = drawn(day, day.frame, day.secret)
    opened = commitment_of(day.bureau_id, day.item_code, day.local_on, day.secret) == day.commitment
    checks = {
        "COMMITMENT_NOT_OPENED": not opened,
        "FRAME_CHANGED": again.frame_root != day.frame_root,
        "SEED_DIFFERS": again.seed != day.seed,
        "SAMPLE_DIFFERS": {one.ticket for one in sample.picks} != set(tickets),
    }
    return tuple(code for code, wrong in checks.items() if wrong)
