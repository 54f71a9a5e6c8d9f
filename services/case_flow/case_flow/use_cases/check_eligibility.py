"""Whether a person may be given a new matter: overdue HIGH education or rotation keeps HIGH work away (S2-021)."""

from collections.abc import Sequence

from plumbline_org.grades import RiskGrade
from plumbline_shared.use_case import Uow

from case_flow.domain.errors import NotEligible
from case_flow.storage import risk_point, rotation
from case_flow.storage.watch import EligibilityBlock, blocks_of


async def check_eligibility(uow: Uow, persons: Sequence[str], point_code: str) -> None:
    """Raise NotEligible when the step's point is HIGH today and one of `persons` has overdue HIGH education, or
    holds a post longer than its limit allows.
    """
    if not point_code or not persons:
        return
    bureau = uow.principal.bureau_id or ""
    if await risk_point.grade_on(uow.conn, f"{bureau}.{point_code}", uow.today) is not RiskGrade.HIGH:
        return
    for block in await blocks_of(uow.conn, list(persons), uow.today):
        if await _is_high(uow, block):
            raise NotEligible(
                f"{block.person_id} has overdue education on {block.point_id} since {block.since}: "
                "complete it first, or choose another",
                person=block.person_id,
            )
    for overdue in await rotation.blocks_of(uow.conn, list(persons), uow.today):
        raise NotEligible(
            f"{overdue.person_id} should have left {overdue.post_id} by rotation since {overdue.since}: "
            "choose another",
            person=overdue.person_id,
        )


async def _is_high(uow: Uow, block: EligibilityBlock) -> bool:
    return await risk_point.grade_on(uow.conn, block.point_id, uow.today) is RiskGrade.HIGH
