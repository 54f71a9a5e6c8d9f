"""A finding tells the register of its point, and never what was written."""

from datetime import UTC, datetime

from case_flow.domain.inspection import Finding
from case_flow.inspection_publications import findings_recorded
from case_flow.storage.inspected_file import InspectedFile

AT = datetime(2026, 5, 12, 17, tzinfo=UTC)


def file(*findings: Finding, signed: bool = True) -> InspectedFile:
    return InspectedFile(
        "ir_1", "D01", "S", "TP-1", "D01.TO-5", "t", 1, ("D01.a", "D01.b"),
        findings=findings, reported_at=AT, signed_at=AT if signed else None,
    )  # fmt: skip


def test_only_findings_with_a_point_are_told_and_without_their_text() -> None:
    plain = Finding("OTHER", "RELIEF", "secret words")
    named = Finding("OTHER", "RELIEF", "secret words", "D01.RP-1")
    (found,) = findings_recorded(file(plain, named))
    assert (found.finding_id, found.point_id, found.found_on) == ("ir_1/TP-1/2", "D01.RP-1", "2026-05-13")
    assert found.verified
    assert "secret" not in str(found)


def test_a_report_without_its_second_signature_is_not_verified() -> None:
    (found,) = findings_recorded(file(Finding("OTHER", "RELIEF", "x", "D01.RP-1"), signed=False))
    assert not found.verified
