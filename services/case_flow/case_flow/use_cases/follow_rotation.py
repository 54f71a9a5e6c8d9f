"""The registry told of a rotation: alert those who answer for the post, and keep new HIGH matters from an overdue holder."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from plumbline_contracts.common.v1 import RiskGrade as WireGrade
from plumbline_contracts.registry import label
from plumbline_contracts.risk_registry.v1 import (
    AvoidanceFound,
    RotationDueSoon,
    RotationExtended,
    RotationOverdue,
    RotationResolved,
)
from plumbline_shared.use_case import Uow

from case_flow.storage import rotation
from case_flow.use_cases.raise_alert import raise_alert


async def on_rotation_due_soon(uow: Uow, event: RotationDueSoon) -> None:
    """Holder, managers of the post's grade, HR: once for each limit and notice."""
    facts = {"days_left": event.days_left}
    await _alert(uow, "ROTATION_DUE_SOON", event, f"{event.due_on}:{event.days_left}", facts)


async def on_rotation_overdue(uow: Uow, event: RotationOverdue) -> None:
    """The block holds from the first day; one alert for each limit that passed, however many months follow."""
    since = date.fromisoformat(event.overdue_from)
    overdue = rotation.RotationBlock(event.rotation_id, event.person_id, event.post_id, since)
    await rotation.block(uow.conn, event.bureau_id, overdue)
    await _alert(uow, "ROTATION_OVERDUE", event, event.due_on, {"overdue_from": event.overdue_from})


async def on_rotation_ended(uow: Uow, event: RotationResolved | RotationExtended) -> None:
    """New HIGH matters may go to the holder again."""
    await rotation.clear_block(uow.conn, event.rotation_id, uow.now)


async def on_avoidance_found(uow: Uow, event: AvoidanceFound) -> None:
    """HR, the discipline lead and the head hear that there is a finding; whose it is they read in the registry."""
    await raise_alert(uow, kind="AVOIDANCE_FOUND", at=_instant(uow), key=f"AVOIDANCE:{event.finding_id}")


async def _alert(
    uow: Uow, kind: str, event: RotationDueSoon | RotationOverdue, cause: str, facts: Mapping[str, Any]
) -> None:
    told = {"post_id": event.post_id, "held_since": event.held_since, "due_on": event.due_on, **facts}
    await raise_alert(
        uow,
        kind=kind,
        at=_instant(uow),
        subject_person_ids=[event.person_id],
        unit_ids=[event.unit_id],
        grade=label(WireGrade, event.grade),
        facts=told,
        key=f"{kind}:{event.rotation_id}:{cause}",
    )


def _instant(uow: Uow) -> datetime:
    return uow.event.occurred_at if uow.event else uow.now
