"""What others hear of an alert: raised with its subjects and facts, acknowledged, and its outcome once; never a text."""

from collections import Counter

from case_flow.testing import WorkedBureau
from case_flow.testing_relief import confirmed, overdue
from plumbline_contracts.case_flow.v1 import AlertAcknowledged, AlertOutcome, AlertRaised, AlertResolved
from plumbline_contracts.registry import label


def outcomes(found: list[AlertResolved]) -> Counter[tuple[str, str]]:
    return Counter((one.kind, label(AlertOutcome, one.outcome)) for one in found)


async def test_an_alert_tells_whom_and_what_it_is_about(bureau: WorkedBureau) -> None:
    await overdue(bureau)
    raised = {one.kind: one for one in await bureau.events(AlertRaised)}
    missed, slip = raised["DEADLINE_MISSED"], raised["TRANSFER_UNACKNOWLEDGED"]
    assert (list(missed.subject_ids), missed.domain, missed.verified) == (["D01.lin-jie"], "RELIEF", True)
    facts = {one.name: one.text or one.number for one in missed.facts}
    assert facts == {
        "accepted_on": "2026-04-01", "due_on": "2026-04-30", "extension_days": 10,
        "extension_due_on": "2026-05-18", "stage": "review",
    }  # fmt: skip
    assert (list(slip.subject_ids), list(slip.unit_ids)) == ([], ["D01.TO-3", "D01.POLICY"])
    assert not slip.verified


async def test_each_outcome_is_told_once(bureau: WorkedBureau) -> None:
    incident = await confirmed(bureau)
    await bureau.at("2026-05-18 10:01")
    found = await bureau.events(AlertResolved)
    assert outcomes(found) == {
        ("TRANSFER_UNACKNOWLEDGED", "SETTLED"): 1,
        ("DEADLINE_APPROACHING", "SETTLED"): 2,
        ("DEADLINE_MISSED", "CONFIRMED"): 1,
    }
    (verdict,) = [one for one in found if one.kind == "DEADLINE_MISSED"]
    assert (verdict.incident_id, verdict.point_id) == (incident, "D01.RP-RELIEF-TIME-02")
    (noted,) = await bureau.events(AlertAcknowledged)
    assert noted.alert_id == verdict.alert_id
    for event in (noted, *found):
        assert "custody" not in str(event)
        assert "luo-fang" not in str(event)
