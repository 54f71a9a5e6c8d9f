"""How a matter came in: a direct intake with its reason, and what the taxpayer declared (S1-094, S1-139)."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Context, Info

from case_flow.api.references import Person, person
from case_flow.domain import matter as domain
from case_flow.storage import intake
from case_flow.storage.intake import Noted


@strawberry.type(description="直接受理: an officer took it in, not the service hall, and said why.")
class DirectIntake:
    officer: Person
    reason: str
    at: datetime


@strawberry.type(description="真实性承诺: signed by the taxpayer, who answers for what was handed in.")
class SignedDeclaration:
    step: str
    signed_by: str
    signed_on: date
    document: str = strawberry.field(description="SHA-256 of the signed sheet, as hex.")


@strawberry.type
class IntakeFields:
    row: strawberry.Private[domain.Matter]

    @strawberry.field(description="Null for what came in through the front door.")
    async def direct_intake(self, info: Info) -> DirectIntake | None:
        for one in await info.context.loader(_noted).load(self.row.id):
            if one.reason:
                return DirectIntake(officer=person(one.officer), reason=one.reason, at=one.at)
        return None

    @strawberry.field(description="In the order of the steps that took them.")
    async def declarations(self, info: Info) -> list[SignedDeclaration]:
        return [
            SignedDeclaration(
                step=one.step,
                signed_by=one.declared.signed_by,
                signed_on=one.declared.signed_on,
                document=one.declared.document,
            )
            for one in await info.context.loader(_noted).load(self.row.id)
            if one.declared
        ]


async def _noted(context: Context, ids: list[str]) -> Sequence[list[Noted]]:
    async with context.read() as conn:
        found = await intake.of_matters(conn, ids)
    return [found[one] for one in ids]
