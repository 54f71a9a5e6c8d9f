"""Where an application is taken in: at the one front door, or, with a reason, by an officer directly (S1-094)."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.errors import DirectIntakeRefused

LEAST_REASON, MOST_REASON = 4, 500


def taken_in_by(
    uow: Uow, definition: ItemDefinition, step: Step, office_id: str | None, direct_reason: str
) -> str:
    """The unit that takes it in. Raises NotEligible, DirectIntakeRefused."""
    bureau, mine = uow.principal.bureau_id or "", min(uow.principal.unit_ids, default="")
    if not direct_reason:
        unit = eligibility.unit_of(step, bureau, office_id, mine or bureau)
        eligibility.require_eligible(step, unit, uow.principal)
        return unit
    rule = definition.direct_intake
    if rule is None:
        raise DirectIntakeRefused(f"{definition.item} is accepted at the service hall alone")
    if not LEAST_REASON <= len(direct_reason.strip()) <= MOST_REASON:
        raise DirectIntakeRefused(
            f"say in {LEAST_REASON} to {MOST_REASON} characters why it is not taken in at the hall",
            path=("input", "directReason"),
        )
    exception = msgspec.structs.replace(step, roles=(rule.role,), unit=rule.unit, post="")
    unit = eligibility.unit_of(exception, bureau, office_id, mine or bureau)
    eligibility.require_eligible(exception, unit, uow.principal)
    return unit
