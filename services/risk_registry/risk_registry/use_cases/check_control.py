"""Test a control: its design and its operation apart (S2-050, S2-052)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.control_tests import ControlAspect, ControlTest, DeficiencyType
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, rules_resource
from risk_registry.storage.catalogue import entries_on
from risk_registry.storage.control_tests import add_test


class CheckControl(msgspec.Struct, frozen=True):
    """A defect of design is found in the design, a deviation of execution in operation; evidence is never empty."""

    control: str
    aspect: ControlAspect
    evidence: str
    deficiency: DeficiencyType | None = None


class ControlChecked(msgspec.Struct, frozen=True):
    """The test."""

    test_id: str


FITTING = {
    ControlAspect.DESIGN: DeficiencyType.DESIGN_DEFECT,
    ControlAspect.OPERATING: DeficiencyType.EXECUTION_DEVIATION,
}


async def check_control(uow: Uow, command: CheckControl) -> ControlChecked:
    """Refuses with NOT_FOUND, INVALID_INPUT."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "test_control", rules_resource(bureau))
    if not await entries_on(uow.conn, bureau, uow.today, [EntryKind.CONTROL], command.control):
        raise absent("Control")
    if command.deficiency not in (None, FITTING[command.aspect]):
        raise Invalid(f"a test of {command.aspect} finds {FITTING[command.aspect]}", path=("deficiency",))
    if not command.evidence.strip():
        raise Invalid("say what was looked at", path=("evidence",))
    evidence = checked(command.evidence, "evidence")
    test = ControlTest(
        new_id("ct"),
        command.control,
        command.aspect,
        command.deficiency,
        evidence,
        uow.principal.actor,
        uow.now,
    )
    await add_test(uow.conn, bureau, test)
    await uow.audit("test_control", "Control", command.control, {"effective": command.deficiency is None})
    return ControlChecked(test.id)
