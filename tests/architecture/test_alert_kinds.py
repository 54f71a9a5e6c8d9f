"""What case flow raises the registry explains, and both hold it to the same limits."""

from pathlib import Path
from typing import Any

import case_flow
import msgspec
from case_flow.rules import CONTROL_RULES
from risk_registry.alert_limits import versions
from risk_registry.indicator_packs import shipped_indicators

PACKS = Path(case_flow.__file__).parent / "rule_packs"
# Routed to the bureau instead of held.
NEVER_RAISED = {"ABOVE_OFFICE_AUTHORITY"}


def phases() -> dict[str, str]:
    """Every kind of alert in a rule pack with its phase; that of a hold is its code."""
    found: dict[str, str] = {}
    for path in sorted(PACKS.glob("*.yaml")):
        pack: dict[str, Any] = msgspec.yaml.decode(path.read_bytes())
        found |= {kind: rule["phase"] for kind, rule in pack.get("alerts", {}).items()}
        found |= dict.fromkeys(pack.get("holds", {}), "IN_PROCESS")
    return {kind: phase for kind, phase in found.items() if kind not in NEVER_RAISED}


def test_every_kind_of_alert_has_an_indicator_of_its_phase() -> None:
    explained = {body.alert_kind: str(body.phase) for body in shipped_indicators().values()}
    unexplained = phases().keys() - explained.keys()
    assert not unexplained, "see docs/how-to/add-an-indicator.md"
    assert {kind: explained[kind] for kind in phases()} == phases()


def test_the_limits_are_those_of_case_flow() -> None:
    limits, latest = CONTROL_RULES.shipped().limits, versions()[-1]
    assert (latest.acknowledge.unit, latest.acknowledge.length) == (
        limits.acknowledge.unit,
        limits.acknowledge.length,
    )
    assert {grade: (rule.unit, rule.length) for grade, rule in latest.verify.items()} == {
        grade: (rule.unit, rule.length) for grade, rule in limits.verify.items()
    }
