"""The gate of major cases: above the threshold nothing is decided but what the committee, or the bureau above, ruled."""

from collections.abc import Mapping
from typing import Any

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.adjudication import Ruling
from case_flow.domain.definition import Step
from case_flow.domain.discretion import Party
from case_flow.domain.matter import Matter
from case_flow.domain.penalty_pack import Ruler
from case_flow.rules import PENALTY_RULES
from case_flow.storage import adjudication as adjudications
from case_flow.storage import hold as holds
from case_flow.storage import referral as referrals
from case_flow.use_cases.gates import Held, Passed
from case_flow.use_cases.hold_by_rule import hold_by_rule, yuan


class Size(msgspec.Struct, frozen=True):
    """What a case is measured by; `complex` makes it major at any amount (行政处罚法 Art 57)."""

    party: Party
    amount_fen: int
    complex: bool = False


async def adjudication_gate(
    uow: Uow, matter: Matter, step: Step, payload: Mapping[str, Any]
) -> Passed | Held:
    """Hold a major case that was not adjudicated, was remitted, or is decided at another amount (S2-018, S2-060)."""
    size = await size_of(uow, matter, payload)
    code = await missing_ruling(uow, matter.id, size)
    if code is None:
        return Passed({"major": False})
    figures = {"amount_fen": size.amount_fen, "amount_yuan": yuan(size.amount_fen)}
    return await hold_by_rule(uow, matter, step, code, (await PENALTY_RULES.of(uow)).holds[code], figures)


async def missing_ruling(uow: Uow, matter_id: str, size: Size) -> str | None:
    """The code of the hold for want of a ruling; None when the case is not major or was ruled on as it is."""
    match await ruler_of(uow, size):
        case Ruler.SUPERIOR:
            ruled = await referrals.superior_ruling(uow.conn, matter_id)
            return None if _covers(ruled, size) else "REFERRAL_MISSING"
        case Ruler.COMMITTEE:
            ruled = await adjudications.ruling(uow.conn, matter_id)
            return None if _covers(ruled, size) else "ADJUDICATION_MISSING"
        case None:
            return None


async def ruler_of(uow: Uow, size: Size) -> Ruler | None:
    """Who rules on a case of this size today."""
    return (await PENALTY_RULES.of(uow)).ruler(size.party, size.amount_fen, uow.today, complex=size.complex)


async def size_of(uow: Uow, matter: Matter, payload: Mapping[str, Any]) -> Size:
    """The size of a case: its fine, else what the step says. Raises Invalid when neither does."""
    said = {**matter.facts, **payload}
    fine = await holds.penalty(uow.conn, matter.id)
    if fine is not None:
        return Size(fine.party, fine.amount_fen, said.get("complex") is True)
    try:
        return msgspec.convert(said, Size)
    except msgspec.ValidationError as error:
        raise Invalid(f"say how large the case is: {error}", path=("payload",)) from None


def _covers(ruled: Ruling | None, size: Size) -> bool:
    return ruled is not None and ruled.carried and ruled.amount_fen == size.amount_fen
