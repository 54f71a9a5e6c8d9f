"""A bureau's own limits of tenure: proposed by HR, approved by the head, never changed (S2-021, SoD-6)."""

from datetime import date

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.four_eyes import check_approver
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.rotation import RotationRule
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import rotation_resource
from risk_registry.storage.rotation_rules import (
    ProposedRule,
    approve_rule,
    propose_rule,
    proposed_rule,
    rule_on,
)
from risk_registry.use_cases.check_rotation import grades_change

LONGEST = 600


class RuleExists(Conflict):
    """A version is never changed: choose another name, or it is approved already."""

    code = "ROTATION_RULE_EXISTS"


class ProposeRotationRule(msgspec.Struct, frozen=True):
    """Months by grade; `name` is unique in the bureau and becomes `<bureau>.<name>`."""

    name: str
    effective_from: date
    months_high: int
    months_medium: int
    months_low: int
    extension_months: int
    citation: str
    notice_days: tuple[int, ...] = (90, 30)


class ApproveRotationRule(msgspec.Struct, frozen=True):
    """A version that was proposed."""

    version: str


class RotationRuleKept(msgspec.Struct, frozen=True):
    """The version."""

    version: str


async def propose_rotation_rule(uow: Uow, command: ProposeRotationRule) -> RotationRuleKept:
    """Refuses with NOT_FOUND, INVALID_INPUT, EFFECTIVE_IN_PAST or ROTATION_RULE_EXISTS."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    POLICY.require(uow.principal, "plan", rotation_resource(command.name, bureau))
    _check(command)
    if command.effective_from < uow.today:
        raise EffectiveInPast(f"limits count from {uow.today} or later", path=("effectiveFrom",))
    await identify(uow.conn, system(bureau))
    guarded = (await rule_on(uow.conn, bureau, uow.today)).guarded_functions
    months = {
        RiskGrade.HIGH: command.months_high,
        RiskGrade.MEDIUM: command.months_medium,
        RiskGrade.LOW: command.months_low,
    }
    rule = RotationRule(
        f"{bureau}.{command.name}", months, command.notice_days, command.extension_months, guarded,
        command.citation,
    )  # fmt: skip
    if not await propose_rule(uow.conn, bureau, ProposedRule(rule, command.effective_from, by, uow.now)):
        raise RuleExists(f"{rule.version} exists: choose another name", path=("name",))
    await uow.audit("propose_rotation_rule", "RotationRule", rule.version)
    return RotationRuleKept(rule.version)


async def approve_rotation_rule(uow: Uow, command: ApproveRotationRule) -> RotationRuleKept:
    """Refuses with NOT_FOUND, SOD_AUTHOR_APPROVES, EFFECTIVE_IN_PAST or ROTATION_RULE_EXISTS."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    POLICY.require(uow.principal, "decide_extension", rotation_resource(command.version, bureau))
    found = await proposed_rule(uow.conn, bureau, command.version)
    if found is None:
        raise absent("RotationRule")
    check_approver(found.proposed_by, by, "somebody other than its author approves a rule")
    if found.effective_from < uow.today and found.approved_by is None:
        raise EffectiveInPast("its first day has passed: propose it anew", path=("version",))
    await identify(uow.conn, system(bureau))
    if not await approve_rule(uow.conn, bureau, command.version, by, uow.now):
        raise RuleExists("this version is approved already", path=("version",))
    await uow.audit("approve_rotation_rule", "RotationRule", command.version)
    await grades_change(uow, bureau, found.effective_from)
    return RotationRuleKept(command.version)


def _check(command: ProposeRotationRule) -> None:
    months = (command.months_high, command.months_medium, command.months_low)
    if not 0 < months[0] <= months[1] <= months[2] <= LONGEST or command.extension_months < 1:
        raise Invalid("0 < monthsHigh <= monthsMedium <= monthsLow, and an extension of a month or more")
    if not command.notice_days or min(command.notice_days) < 1:
        raise Invalid("at least one notice of a day or more", path=("noticeDays",))
    if not command.citation.strip() or not command.name.strip():
        raise Invalid("a name and the source are needed", path=("citation",))
