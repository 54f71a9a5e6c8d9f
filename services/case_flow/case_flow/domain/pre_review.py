"""Pre-review (导税预审): everything that is missing is said once, before acceptance; no clock runs (S1-111, S1-112)."""

from datetime import date, datetime

from plumbline_shared.errors import Refused

from case_flow.domain.definition import Frozen, Text
from case_flow.domain.form import Form, Missing, Submission


class Check(Frozen, frozen=True):
    """One visit to the guide: what was presented and what was still missing."""

    seq: int
    at: datetime
    on: date
    by: str
    given: Submission
    missing: tuple[Missing, ...]


class PreReview(Frozen, frozen=True):
    """An application before its acceptance. The form's version of the first visit holds to the end."""

    id: str
    bureau_id: str
    receipt_no: str
    item_code: str
    item_version: int
    item_hash: str
    step: str
    unit_id: str
    title: str
    opened_by: str
    opened_at: datetime
    office_id: str | None = None
    form: str = ""
    matter_id: str | None = None
    checks: tuple[Check, ...] = ()

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the last visit left open."""
        return self.checks[-1].missing


class PreReviewRefused(Refused):
    """The application cannot be accepted like this: pre-review is missing, incomplete, used, or another item's."""

    code = "PRE_REVIEW_REQUIRED"


def require_open(review: PreReview) -> None:
    """Raise PreReviewRefused once the application was accepted."""
    if review.matter_id is not None:
        raise PreReviewRefused(f"{review.receipt_no} was accepted already", matter_id=review.matter_id)


def require_ready(review: PreReview, item_hash: str) -> None:
    """Raise PreReviewRefused unless the last look found nothing missing, for this version of the item."""
    require_open(review)
    if review.item_hash != item_hash:
        raise PreReviewRefused("the pre-review was for another item or version: have it looked at again")
    if review.missing:
        raise PreReviewRefused(
            f"still missing: {', '.join(one.name.en for one in review.missing)}",
            missing=[one.code for one in review.missing],
        )


def notice(item: Text, form: Form | None, review: PreReview) -> Text:
    """The one-time notice as it is printed, in both languages."""
    missing, last = review.missing, review.checks[-1]
    basis = f"{form.citation}" if form else ""
    zh = "、".join(one.name.zh for one in missing) or "无，材料齐全"
    en = "; ".join(one.name.en for one in missing) or "nothing, the application is complete"
    return Text(
        zh=f"一次性告知书 {review.receipt_no}\n事项:{item.zh}\n申请人:{review.title}\n日期:{last.on}\n"
        f"需补正的全部内容:{zh}\n依据:{basis}\n尚未受理，办理期限自窗口受理之日起算。",
        en=f"One-time notice {review.receipt_no}\nItem: {item.en}\nApplicant: {review.title}\nDate: {last.on}\n"
        f"All that is to be supplied: {en}\nBasis: {basis}\n"
        "Not accepted yet; the time limit starts with acceptance at the window.",
    )
