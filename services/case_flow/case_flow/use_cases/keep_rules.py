"""A bureau's own version of a kind of rules: one drafts, another approves, from its day on it counts (SoD-6)."""

from plumbline_shared import rules as kept
from plumbline_shared.policy import Resource
from plumbline_shared.rules import ApproveRules, DraftRules
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.rules import KINDS


def rules_resource(bureau_id: str, kind: str = "") -> Resource:
    """A bureau's rules."""
    return Resource("Rules", f"{bureau_id}/{kind}", {"bureau": bureau_id})


async def draft_rules(uow: Uow, command: DraftRules) -> int:
    """Return the version's number. Raises NotFound; Invalid with the first fault and where it is."""
    POLICY.require(uow.principal, "draft", rules_resource(uow.principal.bureau_id or ""))
    return await kept.draft(uow, KINDS, command)


async def approve_rules(uow: Uow, command: ApproveRules) -> int:
    """Return the version's number. Raises NotFound, Invalid, RulesApproved, RulesAuthorApproves."""
    POLICY.require(uow.principal, "approve", rules_resource(uow.principal.bureau_id or ""))
    return await kept.approve(uow, KINDS, command)
