"""地雷区 and 斑马线: what is prohibited is to be stopped by a control, not only to be forbidden (S1-003, S1-004)."""

from collections.abc import Mapping
from dataclasses import replace

from plumbline_shared.errors import Invalid, Refused

from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import Conduct, Control, Entry


class NotABlock(Refused):
    """Prohibited conduct is bound to controls that stop the work at a node."""

    code = "NOT_A_BLOCK"


def is_block(control: Control) -> bool:
    """Acts in process and at a node: case flow holds the work there."""
    return control.phase is AlertPhase.IN_PROCESS and bool(control.nodes)


def blocked(conduct: Conduct, controls: Mapping[str, Control]) -> bool:
    """Whether a control in force stops it."""
    return any(code in controls and is_block(controls[code]) for code in conduct.controls)


def without_controls(entry: Entry) -> Entry:
    """For whoever reads no controls: that a prohibition is bound to none would show where the bureau is weak."""
    if isinstance(entry.body, Conduct):
        return replace(entry, body=replace(entry.body, controls=()))
    return entry


def check_conduct(conduct: Conduct, controls: Mapping[str, Control]) -> None:
    """Raises Invalid for a control that is not in force, NotABlock where a prohibition is bound to a mere reminder."""
    for code in conduct.controls:
        if code not in controls:
            raise Invalid(f"{code} is no control in force", path=("body", "controls"))
        if conduct.prohibited and not is_block(controls[code]):
            raise NotABlock(f"{code} does not stop work: bind a control in process, at a node")
