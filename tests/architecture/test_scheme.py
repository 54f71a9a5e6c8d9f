"""One scheme ties appraisal, inquiry, liability and warning across the services (S1-143)."""

from pathlib import Path
from typing import Any

import msgspec
import performance
from case_flow.rules import ACCOUNTABILITY_RULES, CONTROL_RULES

SET = Path(performance.__file__).parent / "rule_sets" / "demo-2026.yaml"


def score_rules() -> dict[str, dict[str, Any]]:
    return msgspec.yaml.decode(SET.read_bytes())["rules"]


def test_what_the_scheme_calls_appraisal_is_a_rule_of_the_score() -> None:
    rules = score_rules()
    for kind, tied in ACCOUNTABILITY_RULES.shipped().kinds.items():
        assert set(tied.appraised_by) <= rules.keys(), kind
        own = {code for code, rule in rules.items() if rule.get("incident_kind") == kind}
        assert own, kind
        assert own <= set(tied.appraised_by), kind


def test_every_form_of_liability_is_appraised() -> None:
    weighed = score_rules()["SR-07"]["person"].keys()
    proposed = {str(form) for forms in CONTROL_RULES.shipped().forms.values() for form in forms.values()}
    assert proposed - {"NONE"} <= weighed
