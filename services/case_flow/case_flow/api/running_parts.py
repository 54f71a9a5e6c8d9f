"""The parts of a matter that tell what happened to its open work."""

from datetime import datetime
from enum import Enum

import strawberry

from case_flow.api.matter_parts import Label
from case_flow.api.references import Person, person
from case_flow.domain.assignment import Basis, explained
from case_flow.storage import delegated_act, signer_change, urge
from case_flow.storage.assignment import WorkAssignment

strawberry.enum(Basis, name="AssignmentBasis", description="分派依据: a rule, or an act.")


@strawberry.type(description="One who could have been given the step.")
class Candidate:
    person: Person
    open_steps: int
    excluded: str | None = strawberry.field(
        description="What kept them away, as a code; the reason of a recusal is not told."
    )


@strawberry.type(description="分派说明: why a step came into these hands; the applicant never chooses.")
class AssignmentExplanation:
    step: str
    basis: Basis
    citation: str = strawberry.field(description="Where the rule comes from; empty for an act.")
    people: list[Person] = strawberry.field(description="Nobody: it stayed in the unit's queue.")
    by: Person | None = strawberry.field(description="Who did it; null for the rule alone.")
    at: datetime
    considered: list[Candidate]
    text: Label

    @classmethod
    def of(cls, row: WorkAssignment) -> "AssignmentExplanation":
        return cls(
            step=row.step,
            basis=row.basis,
            citation=row.citation,
            people=[person(one) for one in row.chosen],
            by=person(row.by_person) if row.by_person else None,
            at=row.at,
            considered=[
                Candidate(person=person(one.person), open_steps=one.load, excluded=one.excluded)
                for one in row.considered
            ],
            text=Label.of(explained(row.basis, row.chosen, row.considered, row.reason)),
        )


@strawberry.type(
    description="代行: a step done or signed with somebody else's authority; it counts as both persons'."
)
class DelegatedAct:
    step: str
    person: Person
    on_behalf_of: Person
    at: datetime

    @classmethod
    def of(cls, row: delegated_act.DelegatedAct) -> "DelegatedAct":
        return cls(step=row.step, person=person(row.person), on_behalf_of=person(row.grantor), at=row.at)


@strawberry.type(description="催办: somebody urged the matter.")
class Urge:
    by: Person | None = strawberry.field(description="Null: the applicant.")
    steps: list[str]
    at: datetime
    note: str

    @classmethod
    def of(cls, row: urge.Urge) -> "Urge":
        by = None if row.urged_by == "applicant" else person(row.urged_by)
        return cls(by=by, steps=list(row.steps), at=row.at, note=row.note)


@strawberry.enum(description="加签 or 减签.")
class SignerAct(Enum):
    ADDED = "ADDED"
    REMOVED = "REMOVED"


@strawberry.type(description="Somebody was asked to sign in addition, or no longer.")
class SignerChange:
    step: str
    person: Person
    act: SignerAct
    by: Person
    at: datetime
    reason: str

    @classmethod
    def of(cls, row: signer_change.SignerChange) -> "SignerChange":
        return cls(
            step=row.step,
            person=person(row.person),
            act=SignerAct(row.act),
            by=person(row.by_person),
            at=row.at,
            reason=row.reason,
        )
