"""Events in: the register's approved processes and controls, kept by version so that work goes on without it."""

from collections.abc import Mapping
from datetime import date

from google.protobuf.message import Message
from plumbline_contracts.common.v1 import ControlPhase
from plumbline_contracts.registry import label
from plumbline_contracts.risk_registry.v1 import ControlVersionPublished, ProcessVersionPublished
from plumbline_shared.runtime import EventHandler
from plumbline_shared.timers import TimerHandler
from plumbline_shared.use_case import Uow

from case_flow.storage.process import ControlVersion, ProcessVersion, keep_control, keep_process
from case_flow.use_cases.migrate_matter import MIGRATE, on_migrate_matter


async def on_process_version_published(uow: Uow, event: ProcessVersionPublished) -> None:
    """Keep the version for the day on which it takes effect."""
    version = ProcessVersion(
        version_id=event.version_id,
        bureau_id=event.bureau_id,
        process=event.process,
        number=event.number,
        owner_unit_id=event.owner_unit_id,
        effective_from=date.fromisoformat(event.effective_from),
        limit_days=event.limit_days,
        limit_unit=event.limit_unit,
        step_count=len(event.steps),
        previous_step_count=event.previous_step_count,
        removed_steps=list(event.removed_steps),
    )
    await keep_process(uow.conn, version)


async def on_control_version_published(uow: Uow, event: ControlVersionPublished) -> None:
    """Keep the version, a retiring one too."""
    version = ControlVersion(
        bureau_id=event.bureau_id,
        code=event.code,
        version=event.version,
        title=event.title,
        title_en=event.title_en,
        phase=label(ControlPhase, event.phase),
        nodes=[f"{node.process}/{node.step}" for node in event.nodes],
        effective_from=date.fromisoformat(event.effective_from),
        retired=event.retired,
    )
    await keep_control(uow.conn, version)


PROCESS_SUBSCRIPTIONS: Mapping[type[Message], EventHandler] = {
    ProcessVersionPublished: on_process_version_published,
    ControlVersionPublished: on_control_version_published,
}
PROCESS_TIMERS: Mapping[str, TimerHandler] = {MIGRATE: on_migrate_matter}
