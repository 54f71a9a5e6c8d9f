"""Hold a step by a rule of a pack: its message with the figures of the case, its ways, its citation."""

from collections.abc import Mapping
from typing import Any

from plumbline_shared.use_case import Uow

from case_flow.domain.control_pack import HoldRule
from case_flow.domain.definition import Step
from case_flow.domain.hold import Finding
from case_flow.domain.matter import Matter
from case_flow.use_cases.gates import Held
from case_flow.use_cases.raise_hold import raise_hold


async def hold_by_rule(
    uow: Uow, matter: Matter, step: Step, code: str, rule: HoldRule, figures: Mapping[str, Any]
) -> Held:
    """Raise the hold `code`; `figures` fill its message and stay with it."""
    finding = Finding(
        code=code,
        control=rule.control,
        ways=rule.ways,
        message_zh=rule.message.zh.format(**figures),
        message_en=rule.message.en.format(**figures),
        citation=rule.citation,
        facts=dict(figures),
    )
    return Held(await raise_hold(uow, matter, step, finding, point=step.point, grade=rule.grade))


def yuan(fen: int) -> str:
    """Whole yuan as they are written in decisions; fen only where there are any."""
    return f"{fen // 100:,}" if fen % 100 == 0 else f"{fen / 100:,.2f}"
