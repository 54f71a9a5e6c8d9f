"""The demonstration keeps what it promises: one run of our own command, each line of its report."""

import msgspec
import pytest
from journeys_suite import Clone, healthy
from plumbline_local.demo.expectations import Report

SCENES = (
    "directory", "register", "replay", "items", "s1", "s2", "s2b", "s2c", "s2d", "s2e", "s2f",
    "s3", "s3b", "s3c", "s3d", "s3e", "s5", "s7", "s10", "indicators", "ledger", "join", "events",
)  # fmt: skip
GIGABYTE = 2**30


@pytest.fixture(scope="module")
def report(clone: Clone) -> Report:
    return msgspec.json.decode((clone.place.data / "report.json").read_bytes(), type=Report)


def test_every_expectation_held(report: Report) -> None:
    broken = {
        line.id: {"expected": line.expected, "actual": line.actual}
        for line in report.expectations
        if not line.ok
    }
    assert broken == {}
    assert report.ok


@pytest.mark.parametrize("scene", SCENES)
def test_the_report_has_lines_of_every_scene(report: Report, scene: str) -> None:
    assert [line.id for line in report.expectations if line.id.split(".")[0] == scene]


def test_every_line_belongs_to_a_scene(report: Report) -> None:
    """A scene that broke off leaves a line under its instant instead of its own lines."""
    assert {line.id.split(".")[0] for line in report.expectations} == set(SCENES)


def test_the_run_is_printed_as_well(clone: Clone, report: Report) -> None:
    count = len(report.expectations)
    played, still, _ = clone.output.read_text(encoding="utf-8").partition("still serving")
    assert f"{count} of {count} expectations held" in played
    assert still
    assert "ended unexpectedly" not in played


def test_all_parts_are_healthy_in_less_than_a_gigabyte(clone: Clone) -> None:
    parts = healthy(clone.place)
    assert [part.name for part in parts if not part.healthy] == []
    assert len(parts) == 10
    assert sum(part.memory for part in parts) < GIGABYTE
