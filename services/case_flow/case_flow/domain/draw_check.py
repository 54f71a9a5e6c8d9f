"""Repeat a stored draw and say what does not hold."""

from collections.abc import Mapping, Sequence

from case_flow.domain.draw import FrameUnit, Pick, commitment, draw, frame_root, plan_hash, seed_of
from case_flow.domain.inspection import InspectionRun


def faults(
    run: InspectionRun,
    frame: Sequence[FrameUnit],
    opened: Mapping[str, tuple[str, str | None]],
    picks: Sequence[Pick],
) -> tuple[str, ...]:
    """Codes of what does not hold, none for a sound draw. `opened`: commitment and secret of each role."""
    root, plan = frame_root(frame), plan_hash(run.code, run.strata)
    secrets = {role: secret or "" for role, (_, secret) in opened.items()}
    closed = any(
        secret is None or commitment(run.id, run.attempt, role, secret) != made
        for role, (made, secret) in opened.items()
    )
    checks = {
        "FRAME_CHANGED": root != run.frame_root,
        "PLAN_CHANGED": plan != run.plan_hash,
        "COMMITMENT_NOT_OPENED": closed,
        "SEED_DIFFERS": seed_of(root, plan, secrets) != run.seed,
        "SAMPLE_DIFFERS": set(draw(run.seed or "", run.strata, frame).picks) != set(picks),
    }
    return tuple(code for code, fault in checks.items() if fault)
