"""Events out: what happened to a point, as the others may know it."""

from collections.abc import Sequence
from datetime import date

from google.protobuf.timestamp_pb2 import Timestamp
from plumbline_contracts.risk_registry.v1 import AlertRecorded, RiskPointPublished, RiskPointRegraded
from plumbline_org.grades import RiskGrade

from risk_registry.domain.alerts import Alert
from risk_registry.domain.points import Description


def published(
    point_id: str, bureau_id: str, code: str, grade: RiskGrade, text: Description, effective_from: date
) -> RiskPointPublished:
    """A point entered the register in force, or what it says changed."""
    return RiskPointPublished(
        point_id=point_id,
        bureau_id=bureau_id,
        code=code,
        title=text.title_zh,
        title_en=text.title_en,
        post_id=text.posts[0] if text.posts else "",
        post_ids=text.posts,
        unit_id=text.units[0] if text.units else "",
        category=f"RISK_CATEGORY_{text.category}",
        grade=f"RISK_GRADE_{grade}",
        effective_from=effective_from.isoformat(),
        process=text.process,
        step=text.step,
        process_owner_unit_id=text.owner_unit,
    )


def regraded(
    point_id: str,
    bureau_id: str,
    text: Description,
    grade: tuple[RiskGrade, RiskGrade],
    effective_from: date,
    review_id: str,
    holders: Sequence[tuple[str, str]],
) -> RiskPointRegraded:
    """The grade moved from `grade[0]` to `grade[1]`; `holders` are (person, unit) on the effective day."""
    return RiskPointRegraded(
        point_id=point_id,
        bureau_id=bureau_id,
        code=point_id.removeprefix(f"{bureau_id}."),
        title=text.title_zh,
        from_grade=f"RISK_GRADE_{grade[0]}",
        to_grade=f"RISK_GRADE_{grade[1]}",
        effective_from=effective_from.isoformat(),
        review_id=review_id,
        holders=[RiskPointRegraded.Holder(person_id=person, unit_id=unit) for person, unit in holders],
        process=text.process,
        step=text.step,
        category=f"RISK_CATEGORY_{text.category}",
    )


def recorded(alert: Alert) -> AlertRecorded:
    """The ledger counts one more alert."""
    raised_at = Timestamp()
    raised_at.FromDatetime(alert.raised_at)
    return AlertRecorded(
        alert_id=alert.id,
        point_id=alert.point_id,
        bureau_id=alert.bureau_id,
        unit_id=alert.unit_id,
        kind=alert.kind,
        phase=f"CONTROL_PHASE_{alert.phase}",
        grade=f"RISK_GRADE_{alert.grade or 'UNSPECIFIED'}",
        matter_id=alert.matter_id,
        raised_at=raised_at,
    )
