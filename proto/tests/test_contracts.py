"""The contracts keep their promises: examples decode for ever, nothing drifts, nothing breaks."""

import json
import re
from pathlib import Path

import pytest
from google.protobuf import json_format
from plumbline_contracts.common.v1 import RiskGrade
from plumbline_contracts.registry import (
    UnknownSubject,
    all_event_types,
    from_json,
    label,
    message_type_of,
    number,
    subject_of,
    to_json,
)
from plumbline_contracts.risk_registry.v1 import RiskPointRegraded

EXAMPLES = Path(__file__).parents[1] / "examples"
SUBJECTS = sorted(subject_of(message) for message in all_event_types())
FORBIDDEN = re.compile(r"phone|address|email|id_card|informant|narrative|content|text", re.IGNORECASE)


def test_every_event_has_exactly_one_example() -> None:
    assert sorted(path.stem for path in EXAMPLES.iterdir()) == SUBJECTS


@pytest.mark.parametrize("subject", SUBJECTS)
def test_example_decodes_and_comes_back_whole(subject: str) -> None:
    written = json.loads((EXAMPLES / f"{subject}.json").read_text())
    message = from_json(message_type_of(subject), written)
    assert to_json(message) == written


@pytest.mark.parametrize("subject", SUBJECTS)
def test_example_passes_without_ignoring_anything(subject: str) -> None:
    json_format.Parse((EXAMPLES / f"{subject}.json").read_text(), message_type_of(subject)())


@pytest.mark.parametrize("subject", SUBJECTS)
def test_event_says_which_bureau_it_belongs_to(subject: str) -> None:
    assert "bureau_id" in message_type_of(subject).DESCRIPTOR.fields_by_name


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_event_has_room_for_case_text_or_contact_data(subject: str) -> None:
    names = [field.name for field in message_type_of(subject).DESCRIPTOR.fields]
    assert [name for name in names if FORBIDDEN.search(name)] == []


def test_a_risk_signal_names_nobody_and_no_time() -> None:
    fields = set(message_type_of("complaints.v1.RiskSignalRaised").DESCRIPTOR.fields_by_name)
    assert fields == {"signal_id", "bureau_id", "point_id", "kind", "sealed"}


def test_fields_of_a_newer_publisher_are_ignored() -> None:
    message = from_json(RiskPointRegraded, {"pointId": "D01.RP-1", "addedLater": {"x": 1}})
    assert to_json(message) == {"pointId": "D01.RP-1"}


@pytest.mark.parametrize(
    "subject", ["", "risk_registry", "risk_registry.v1.Nothing", "os.path.join", "common.v1.RiskGrade"]
)
def test_unknown_subject_is_refused(subject: str) -> None:
    with pytest.raises(UnknownSubject):
        message_type_of(subject)


def test_enum_labels_are_short_and_reversible() -> None:
    assert [label(RiskGrade, value) for value in RiskGrade.values()] == [
        "UNSPECIFIED",
        "LOW",
        "MEDIUM",
        "HIGH",
    ]
    assert number(RiskGrade, "HIGH") == RiskGrade.RISK_GRADE_HIGH
    with pytest.raises(ValueError, match="RISK_GRADE_RED"):
        number(RiskGrade, "RED")
