"""Events out about processes, controls and self-checks."""

from collections.abc import Iterable
from datetime import date

from plumbline_contracts.risk_registry.v1 import (
    ControlVersionPublished,
    ProcessVersionPublished,
    RiskPointDissolved,
)

from risk_registry.domain.catalogue import Control
from risk_registry.domain.places import absolute
from risk_registry.domain.processes import ProcessVersion, Step
from risk_registry.domain.reform import Comparison, Disposition


def process_published(
    version: ProcessVersion,
    base: ProcessVersion | None,
    changes: Comparison,
    dispositions: Iterable[Disposition],
    effective_from: date,
) -> ProcessVersionPublished:
    """A version of a process that counts from a day on, with what becomes of the points that it touches."""
    return ProcessVersionPublished(
        version_id=version.id,
        bureau_id=version.bureau_id,
        process=version.process,
        number=version.number,
        previous_version_id=base.id if base else "",
        owner_unit_id=version.owner_unit,
        effective_from=effective_from.isoformat(),
        limit_days=version.graph.limit_days,
        limit_unit=version.graph.limit_unit,
        previous_limit_days=base.graph.limit_days if base else 0,
        steps=[_step(step) for step in version.graph.steps],
        removed_steps=changes.removed,
        dispositions=[_disposition(each) for each in dispositions],
        previous_step_count=len(base.graph.steps) if base else 0,
    )


def dissolved(version: ProcessVersion, point_id: str, step: str, effective_from: date) -> RiskPointDissolved:
    """A reform dissolved a point."""
    return RiskPointDissolved(
        point_id=point_id,
        bureau_id=version.bureau_id,
        code=point_id.removeprefix(f"{version.bureau_id}."),
        effective_from=effective_from.isoformat(),
        version_id=version.id,
        process=version.process,
        step=step,
    )


def control_published(
    bureau_id: str, code: str, version: int, control: Control, on: date, *, retired: bool
) -> ControlVersionPublished:
    """A version of a control counts from a day on."""
    return ControlVersionPublished(
        control_id=absolute(bureau_id, code),
        bureau_id=bureau_id,
        code=code,
        version=version,
        title=control.title_zh,
        title_en=control.title_en,
        family=f"CONTROL_FAMILY_{control.family}",
        phase=f"CONTROL_PHASE_{control.phase}",
        basis=control.basis,
        point_ids=[absolute(bureau_id, point) for point in control.points],
        nodes=[ControlVersionPublished.Node(process=node.process, step=node.step) for node in control.nodes],
        effective_from=on.isoformat(),
        retired=retired,
    )


def _step(step: Step) -> ProcessVersionPublished.Step:
    return ProcessVersionPublished.Step(
        code=step.code,
        title=step.title_zh,
        title_en=step.title_en,
        function=step.function,
        post_id=step.post,
        monitor_post_id=step.monitor,
        basis=step.basis,
        limit_days=step.limit_days,
        next=step.next,
    )


def _disposition(given: Disposition) -> ProcessVersionPublished.Disposition:
    return ProcessVersionPublished.Disposition(
        point_id=given.point,
        kind=f"RISK_DISPOSITION_{given.kind}",
        from_step=given.from_step,
        to_step=given.to_step,
        receiver_post_id=given.receiver,
    )
