"""A relief process of twelve steps, its reform to five, and the nine points on the seven steps that go (scenario 7)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime

from risk_registry.domain.catalogue import Clause, EntryKind, Regulation, plain
from risk_registry.domain.processes import Graph, Step, StepFunction
from risk_registry.testing import description, put_point
from risk_registry.use_cases.draft_process import DraftProcess, draft_process
from risk_registry.use_cases.keep_catalogue import RecordEntry, record
from risk_registry.use_cases.publish_process import PublishProcess, publish_process

As = Callable[[str], Principal]
PROCESS = "RELIEF-APPROVAL"
DAY = date(2026, 4, 1)
YEAR, AT = date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)
REGULATION = Regulation(
    "减免税管理办法", 3, (Clause("1", "受理"), Clause("2", "调查"), Clause("3", "审核审批")), YEAR
)
HEAD, CHIEF, LEGAL = "D01.huang-zhen", "D01.chen-gang", "D01.luo-fang"
F = StepFunction


def step(code: str, post: str, function: StepFunction = F.EXECUTE, **more: str) -> Step:
    """A step with all four invariants, unless `more` says otherwise."""
    said: dict[str, Any] = {
        "monitor": "DISC.officer",
        "basis": "REG-RELIEF#3",
        "procedure": "按办法办理",
        **more,
    }
    return Step(code, code, function, post=post, **said)


KEPT = (
    step("accept", "HALL.window-23", F.ACCEPT, basis="REG-RELIEF#1"),
    step("investigate", "TO-3.investigator-1", F.INVESTIGATE, basis="REG-RELIEF#2"),
    step("review", "POLICY.reviewer", F.REVIEW),
    step("approve", "LEAD.deputy-1", F.APPROVE, monitor="DISC.lead"),
    step("deliver", "HALL.window-23", F.DELIVER),
)
GONE = tuple(f"gone-{number}" for number in range(1, 8))
OLD = Graph(
    "减免税审批", (*KEPT[:3], *(step(code, "TO-5.administrator") for code in GONE), *KEPT[3:]), limit_days=60
)
NEW = Graph("减免税审批", KEPT, limit_days=20)
MERGED = replace(
    NEW, steps=tuple(replace(s, post="POLICY.reviewer") if s.code == "approve" else s for s in KEPT)
)
ON_GONE = [GONE[index % 7] for index in range(9)]


async def regulation(runtime: Runtime, act_as: As) -> None:
    """The rule that every step cites."""
    given = RecordEntry(EntryKind.REGULATION, "REG-RELIEF", plain(REGULATION), DAY)
    await runtime.execute(act_as(LEGAL), record, given)


async def old_version(runtime: Runtime, act_as: As) -> str:
    """Version 1 in force, its seven later steps carrying nine points."""
    await regulation(runtime, act_as)
    drafted = await runtime.execute(act_as(CHIEF), draft_process, DraftProcess(PROCESS, "D01.POLICY", OLD))
    await runtime.execute(act_as(HEAD), publish_process, PublishProcess(drafted.version_id, DAY))
    return drafted.version_id


async def nine_points(runtime: Runtime) -> list[str]:
    """`D01.RP-R-1` … `9` on the seven steps that go."""
    async with runtime.db.transaction(system("D01")) as conn:
        return [
            await put_point(
                conn, f"RP-R-{number}", RiskGrade.MEDIUM,
                description(["D01.TO-5.administrator"], "D01.POLICY", process=PROCESS, step=place), YEAR, AT,
            )
            for number, place in enumerate(ON_GONE, start=1)
        ]  # fmt: skip
