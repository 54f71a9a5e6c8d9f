"""Authority by item and amount: who a step is for, and what becomes of an act beyond it (S2-012, S2-027).

A bureau's own set of controls holds its rules; for a step without one the rules count that ship with the service.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_org.storage.load import load_org
from plumbline_shared.use_case import Uow

from case_flow.authority_packs import shipped_authority
from case_flow.domain.authority import (
    Authority,
    Breach,
    OnBreach,
    Row,
    amount_in,
    breach,
    narrowed,
    place,
    widened,
)
from case_flow.domain.control_set import rules_for
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.errors import ExitConditionMissing
from case_flow.domain.hold import Finding
from case_flow.domain.matter import Matter, OpenStep
from case_flow.rules import CONTROL_RULES
from case_flow.storage import control_set as sets
from case_flow.storage import matter as matters
from case_flow.use_cases.hold_by_rule import yuan
from case_flow.use_cases.raise_alert import raise_alert
from case_flow.use_cases.raise_hold import raise_hold

OUT_OF_AUTHORITY = "OUT_OF_AUTHORITY"


@dataclass(frozen=True)
class Beyond:
    """The act did not take effect: held by `hold_id`, or refused with what to do instead."""

    hold_id: str | None
    refused: str = ""


async def rule_at(uow: Uow, matter: Matter, step: str) -> Authority | None:
    """The rule of a step in force now; a known set costs no read."""
    known = matter.control_set
    own = await sets.get(uow.conn, matter.bureau_id, known) if known is not None else None
    rules = rules_for(matter.item_code, own, shipped_authority())
    return next((one for one in rules if one.step == step), None)


async def governed(
    uow: Uow, definition: ItemDefinition, matter: Matter, stated: Mapping[str, Any] | None = None
) -> ItemDefinition:
    """The definition with each open step for whoever decides its amount, or any while none is known.

    `stated`: what a step that ends now says, before it is stored.
    """
    changed = dict[str, Step]()
    for one in matter.open_steps:
        if rule := await rule_at(uow, matter, one.step):
            amount = await _amount(uow, matter, rule, stated or {})
            changed[one.step] = _for_whom(definition.by_code[one.step], rule, amount, one)
    if not changed:
        return definition
    steps = tuple(changed.get(step.code, step) for step in definition.steps)
    return msgspec.structs.replace(definition, steps=steps)


async def check_authority(
    uow: Uow, matter: Matter, step: Step, rule: Authority, payload: Mapping[str, Any]
) -> Row | Beyond:
    """The row of the amount when person, amount, place and time are within it; else the act is held or refused.

    Raises ExitConditionMissing without an amount, Invalid for one that is none.
    """
    amount = await _amount(uow, matter, rule, payload)
    if amount is None:
        name = ".".join(rule.amount)
        raise ExitConditionMissing(f"step {step.code} needs: {name}", missing=[name])
    row = rule.row(amount)
    working = (
        (await load_org(uow.conn, matter.bureau_id)).calendar.is_working(uow.today) if rule.hours else True
    )
    found = breach(rule, row, step, matter, uow.principal, uow.now, working=working)
    return row if found is None else await _beyond(uow, matter, step, rule, row, amount, found)


async def _beyond(
    uow: Uow, matter: Matter, step: Step, rule: Authority, row: Row, amount: int, found: Breach
) -> Beyond:
    said = (await CONTROL_RULES.of(uow)).holds[OUT_OF_AUTHORITY]
    figures = {
        "breach": str(found),
        "amount_fen": amount,
        "amount_yuan": yuan(amount),
        "roles": ", ".join(row.roles),
        "unit": place(row, step, matter),
    }
    if rule.on_breach is OnBreach.REFUSE:
        await raise_alert(
            uow,
            kind=OUT_OF_AUTHORITY,
            at=uow.now,
            subject_person_ids=[uow.principal.actor],
            unit_ids=[matter.unit_id],
            domain=matter.domain,
            point_code=step.point or None,
            fallback_grade=RiskGrade(said.grade),
            matter_id=matter.id,
            facts={**figures, "step": step.code},
            key=f"{OUT_OF_AUTHORITY}:{matter.id}:{step.code}:{uow.principal.actor}:{amount}:{found}",
        )
        await uow.audit("authority.refused", "Matter", matter.id, {"step": step.code, **figures})
        return Beyond(None, said.message.en.format(**figures))
    finding = Finding(
        code=OUT_OF_AUTHORITY,
        control=said.control,
        ways=said.ways,
        message_zh=said.message.zh.format(**figures),
        message_en=said.message.en.format(**figures),
        citation=str(rule.citation),
        facts=figures,
    )
    return Beyond(await raise_hold(uow, matter, step, finding, point=step.point, grade=RiskGrade(said.grade)))


async def _amount(uow: Uow, matter: Matter, rule: Authority, stated: Mapping[str, Any]) -> int | None:
    """What is stated now, else what a step stated last, else what the application states."""
    now = amount_in(rule, stated)
    if now is not None:
        return now
    before = await matters.stated_last(uow.conn, matter.id, rule.amount)
    return amount_in(rule, before if before is not None else matter.facts)


def _for_whom(step: Step, rule: Authority, amount: int | None, one: OpenStep) -> Step:
    if amount is not None:
        return narrowed(step, rule.row(amount))
    if one.queue_roles:
        return msgspec.structs.replace(step, roles=one.queue_roles, post="")
    return widened(step, rule)
