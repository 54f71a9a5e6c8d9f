"""The service hall in the graph: forms, pre-reviews, windows, their proposals and switches."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Connection

from case_flow.api.matter_parts import Label
from case_flow.api.references import Person, Unit, person, unit
from case_flow.domain.form import Field, Missing
from case_flow.domain.hall_pack import HallPack
from case_flow.domain.pre_review import Check, PreReview
from case_flow.domain.window import Window
from case_flow.storage.form import FormRow
from case_flow.storage.window import Proposal, Switch


@strawberry.type(description="A field of a form: TEXT, NUMBER, MONEY_FEN, DATE or CHOICE.")
class FormField:
    code: str
    name: Label
    kind: str
    required: bool
    choices: list[str]

    @classmethod
    def of(cls, field: Field) -> "FormField":
        return cls(
            code=field.code,
            name=Label.of(field.name),
            kind=field.kind,
            required=field.required,
            choices=[one.code for one in field.choices],
        )


@strawberry.type(description="表证单书: one version of a form. A retired one names its successor.")
class Form:
    ref: str = strawberry.field(description="How a submission names it, for example INVOICE-QUANTITY/1.")
    name: Label
    citation: str
    fields: list[FormField]
    documents: list[Label]
    retired_from: date | None
    successor: str | None

    @classmethod
    def of(cls, row: FormRow) -> "Form":
        return cls(
            ref=row.form.ref,
            name=Label.of(row.form.name),
            citation=str(row.form.citation),
            fields=[FormField.of(one) for one in row.form.fields],
            documents=[Label.of(one.name) for one in row.form.documents],
            retired_from=row.retired_from,
            successor=row.successor,
        )


@strawberry.type(description="The bureau's forms, retired ones too, by code and version.")
class FormConnection(Connection[Form]):
    pass


@strawberry.type(description="One thing to supply: a FIELD left empty or filled wrongly, or a DOCUMENT.")
class MissingPart:
    part: str
    code: str
    name: Label
    fault: str

    @classmethod
    def of(cls, one: Missing) -> "MissingPart":
        return cls(part=one.part, code=one.code, name=Label.of(one.name), fault=one.fault)


@strawberry.type(description="One look by a guide.")
class PreReviewVisit:
    at: datetime
    by: Person
    missing: list[MissingPart]

    @classmethod
    def of(cls, check: Check) -> "PreReviewVisit":
        return cls(at=check.at, by=person(check.by), missing=[MissingPart.of(one) for one in check.missing])


@strawberry.type(description="预审: an application before acceptance; no clock runs.")
class PreReviewFile:
    id: strawberry.ID
    receipt_no: str
    item_code: str
    title: str
    form: str
    unit: Unit
    visits: list[PreReviewVisit]
    missing: list[MissingPart]
    notice: Label = strawberry.field(description="一次性告知书: all that is missing, to print.")
    matter_id: strawberry.ID | None = strawberry.field(description="What it became.")

    @classmethod
    def of(cls, review: PreReview, notice: Label) -> "PreReviewFile":
        return cls(
            id=strawberry.ID(review.id),
            receipt_no=review.receipt_no,
            item_code=review.item_code,
            title=review.title,
            form=review.form,
            unit=unit(review.unit_id),
            visits=[PreReviewVisit.of(one) for one in review.checks],
            missing=[MissingPart.of(one) for one in review.missing],
            notice=notice,
            matter_id=strawberry.ID(review.matter_id) if review.matter_id else None,
        )


@strawberry.type(description="窗口: a window of the hall and the class that it serves.")
class HallWindow:
    code: str
    home: str
    serves: str
    serves_label: Label
    flexible: bool

    @classmethod
    def of(cls, window: Window, pack: HallPack) -> "HallWindow":
        kind = pack.classes.get(window.serves)
        label = Label(zh=kind.zh, en=kind.en) if kind else Label(zh=window.serves, en=window.serves)
        return cls(
            code=window.code,
            home=window.home,
            serves=window.serves,
            serves_label=label,
            flexible=window.flexible,
        )


@strawberry.type(description="One change of a window's class.")
class WindowSwitch:
    window: str
    from_class: str
    to_class: str
    at: datetime
    by: str = strawberry.field(description="A person, or `system` when the time was over.")
    proposal_id: strawberry.ID
    until: datetime | None

    @classmethod
    def of(cls, one: Switch) -> "WindowSwitch":
        return cls(
            window=one.window_code,
            from_class=one.from_class,
            to_class=one.to_class,
            at=one.at,
            by=one.by_actor,
            proposal_id=strawberry.ID(one.proposal_id),
            until=one.until,
        )


@strawberry.type(
    description="Windows that should go over to a queue which is too long, and what was decided."
)
class WindowProposal:
    id: strawberry.ID
    windows: list[str]
    queue: str
    waiting: int
    threshold: int
    proposed_by: str
    proposed_at: datetime
    decision: str | None
    decided_by: Person | None
    decided_at: datetime | None
    until: datetime | None

    @classmethod
    def of(cls, one: Proposal) -> "WindowProposal":
        return cls(
            id=strawberry.ID(one.id),
            windows=list(one.windows),
            queue=one.queue,
            waiting=one.waiting,
            threshold=one.threshold,
            proposed_by=one.proposed_by,
            proposed_at=one.proposed_at,
            decision=one.decision,
            decided_by=person(one.decided_by) if one.decided_by else None,
            decided_at=one.decided_at,
            until=one.until,
        )
