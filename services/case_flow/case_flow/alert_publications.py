"""Events out about an alert: raised, acknowledged, ended. Persons by id where the line needs them, never a text."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, cast

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from plumbline_contracts.case_flow.v1 import AlertAcknowledged, AlertRaised, AlertResolved

from case_flow.domain.alert import Alert

LONGEST_FACT = 64
"""A longer text is no figure or word that a control looked at."""


def alert_raised(alert: Alert) -> Message:
    """An alert for the line that oversees its point; with what the registry's indicators are about."""
    return AlertRaised(
        alert_id=alert.id,
        kind=alert.kind,
        phase=f"CONTROL_PHASE_{alert.phase}",
        grade=f"RISK_GRADE_{alert.grade}",
        point_id=alert.point_id or "",
        matter_id=alert.matter_id or "",
        bureau_id=alert.bureau_id,
        unit_id=alert.unit_ids[0] if alert.unit_ids else "",
        raised_at=_instant(alert.raised_at),
        subject_ids=alert.subject_ids,
        unit_ids=alert.unit_ids,
        domain=alert.domain,
        verified=alert.verify_due is not None,
        facts=_facts(alert.facts),
        verifier_id=alert.verifier or "",
    )


def alert_acknowledged(alert: Alert, at: datetime) -> Message:
    """Somebody of the line has taken note."""
    return AlertAcknowledged(alert_id=alert.id, bureau_id=alert.bureau_id, acknowledged_at=_instant(at))


def alert_resolved(alert: Alert, outcome: str, at: datetime, incident_id: str | None = None) -> Message:
    """How the alert ended: a verdict, the end of a hold, or SETTLED for a warning whose cause is gone."""
    return AlertResolved(
        alert_id=alert.id,
        kind=alert.kind,
        phase=f"CONTROL_PHASE_{alert.phase}",
        point_id=alert.point_id or "",
        bureau_id=alert.bureau_id,
        outcome=f"ALERT_OUTCOME_{outcome}",
        resolved_at=_instant(at),
        incident_id=incident_id or "",
    )


def _facts(facts: Mapping[str, Any]) -> Iterator[AlertRaised.Fact]:
    for name, value in sorted(facts.items()):
        if isinstance(value, bool):
            yield AlertRaised.Fact(name=name, yes=value)
        elif isinstance(value, int):
            yield AlertRaised.Fact(name=name, number=value)
        elif isinstance(value, date):
            yield AlertRaised.Fact(name=name, text=value.isoformat())
        elif (text := _text(value)) is not None:
            yield AlertRaised.Fact(name=name, text=text)


def _text(value: Any) -> str | None:
    """A word, or several joined; None for what is neither, or too long."""
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(one, str) for one in cast(list[Any], words)):
        return None
    joined = ",".join(cast(list[str], words))
    return joined if len(joined) <= LONGEST_FACT else None


def _instant(at: datetime) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(at)
    return stamp
