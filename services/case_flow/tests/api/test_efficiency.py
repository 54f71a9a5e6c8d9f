"""效能监察 in the graph: limits and quality by unit, for discipline and the head, for nobody else (S2-025)."""

from typing import Any

import pytest
from case_flow.testing import WorkedBureau
from case_flow.testing_relief import confirmed, overdue

REPORT = """query($a: Date!, $z: Date!) { efficiencySupervision(firstDay: $a, lastDay: $z) {
  unit { id } counts { measure count } roots { root { code } count } latePercent } }"""
MAY = {"a": "2026-04-01", "z": "2026-05-31"}


def by_unit(found: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    return {
        one["unit"]["id"]: {each["measure"]: each["count"] for each in one["counts"] if each["count"]}
        for one in found
    }


async def test_a_running_matter_counts_where_it_stands(bureau: WorkedBureau, graph: Any) -> None:
    await overdue(bureau)
    found = (await graph.ask("ma-qing", REPORT, **MAY))["efficiencySupervision"]
    assert by_unit(found) == {"D01.POLICY": {"RUNNING": 1, "OVERDUE": 1, "SLIP_LATE": 1}}
    assert found[0]["latePercent"] is None


async def test_a_late_end_counts_as_late_and_its_incident_under_its_root(
    bureau: WorkedBureau, graph: Any
) -> None:
    await confirmed(bureau)
    for name in ("ma-qing", "huang-zhen"):
        found = (await graph.ask(name, REPORT, **MAY))["efficiencySupervision"]
        assert by_unit(found) == {"D01.POLICY": {"CLOSED": 1, "CLOSED_LATE": 1, "INCIDENT": 1}}
        assert found[0]["latePercent"] == "100.0"
        assert found[0]["roots"] == [{"root": {"code": "LAX_ENFORCEMENT"}, "count": 1}]
    later = {"a": "2026-06-01", "z": "2026-06-30"}
    assert (await graph.ask("ma-qing", REPORT, **later))["efficiencySupervision"] == []


async def test_a_late_verification_counts_for_the_unit_of_the_verifier(
    bureau: WorkedBureau, graph: Any
) -> None:
    await overdue(bureau)
    await bureau.at("2026-05-12 09:00")
    found = by_unit((await graph.ask("ma-qing", REPORT, **MAY))["efficiencySupervision"])
    assert found["D01.LEGAL"] == {"VERIFIED_LATE": 1}


async def test_officers_see_no_small_count_and_others_nothing(bureau: WorkedBureau, graph: Any) -> None:
    await confirmed(bureau)
    found = (await graph.ask("bai-xue", REPORT, **MAY))["efficiencySupervision"]
    assert {each["count"] for one in found for each in (*one["counts"], *one["roots"])} == {None}
    for name in ("zhou-min", "chen-gang", "luo-fang", "gu-ping", "wu-yan"):
        assert (await graph.ask(name, REPORT, **MAY))["efficiencySupervision"] is None


@pytest.mark.parametrize("last", ["2026-03-31", "2027-04-02"])
async def test_a_period_out_of_range_is_refused(graph: Any, last: str) -> None:
    assert await graph.refusal("ma-qing", REPORT, a="2026-04-01", z=last) == "INVALID_INPUT"
