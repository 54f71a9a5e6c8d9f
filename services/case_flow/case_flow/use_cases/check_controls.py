"""The gates and endings that `advance` asks for: penalty controls, definition controls, holds that end by passing."""

from collections.abc import Mapping
from typing import Any

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import Control, Step
from case_flow.domain.discretion import (
    Authority,
    DiscretionPack,
    Fault,
    Fine,
    Penalty,
    Procedure,
    Violation,
    authority_for,
    faults,
    procedure_for,
)
from case_flow.domain.hold import Finding, Hold, HoldCode, HoldState, HoldWay
from case_flow.domain.matter import Matter
from case_flow.domain.standards import Applied, applied
from case_flow.rules import CONTROL_RULES
from case_flow.storage import hold as holds
from case_flow.use_cases.end_hold import settle_hold
from case_flow.use_cases.gates import Held, Passed
from case_flow.use_cases.hold_by_rule import hold_by_rule, yuan
from case_flow.use_cases.keep_standard import standards_of
from case_flow.use_cases.raise_hold import raise_hold


class _Entered(msgspec.Struct, frozen=True):
    violation: Violation
    amount_fen: int
    procedure: Procedure


async def discretion_gate(uow: Uow, matter: Matter, step: Step, payload: Mapping[str, Any]) -> Passed | Held:
    """Hold a fine above the statutory maximum, outside its tier, or too large for the summary procedure (S2-019).

    A fine that passes but is above the office's authority moves the next step to the bureau's leaders.
    """
    fine = _fine({**matter.facts, **payload})
    found = applied(await standards_of(uow.conn, matter.bureau_id, uow.today), fine.violation, uow.today)
    departed = False
    for fault in faults(found.standard.pack, fine, found.assessment):
        if fault is Fault.DISCRETION_OUT_OF_TIER and await _departs(uow, matter, step, fine):
            departed = True
            continue
        return await _hold(uow, matter, step, HoldCode(fault), _figures(fine, found))
    penalty = _penalty(uow, matter, fine, found, departed=departed)
    await holds.put_penalty(uow.conn, penalty)
    route = await _route(uow, matter, penalty)
    facts = {
        "tier": penalty.tier,
        "authority": penalty.authority,
        "hearing": penalty.procedure is Procedure.HEARING,
    }
    return Passed({"discretion": facts}, route)


async def hearing_gate(uow: Uow, matter: Matter, step: Step, payload: Mapping[str, Any]) -> Passed | Held:
    """Hold a decision that needs a hearing notice first, or comes before the time to request one has passed."""
    penalty = await holds.penalty(uow.conn, matter.id)
    if penalty is None or penalty.procedure is not Procedure.HEARING:
        return Passed()
    limit = (await _pack_of(uow, penalty)).hearing_from.fen[penalty.party]
    notice = await holds.notice(uow.conn, matter.id)
    if notice is None:
        figures = {"amount_fen": penalty.amount_fen, "limit_fen": limit, "limit_yuan": yuan(limit)}
        return await _hold(uow, matter, step, HoldCode.HEARING_NOTICE_MISSING, figures)
    if uow.today <= notice.request_until:
        until = {"until": notice.request_until.isoformat()}
        return await _hold(uow, matter, step, HoldCode.HEARING_PERIOD_RUNNING, until)
    return Passed({"hearing": {"served_on": notice.served_on, "decide_by": notice.decide_by}})


async def hold_step(uow: Uow, matter: Matter, step: Step, control: Control) -> str:
    """Hold the step for a control of its definition; returns the hold's id."""
    finding = Finding(
        code=control.id,
        control=f"{control.id}/{control.version}",
        ways=tuple(HoldWay(way) for way in control.ways),
        message_zh=control.message.zh,
        message_en=control.message.en,
        citation=str(control.citation),
        facts={},
    )
    return await raise_hold(
        uow, matter, step, finding, point=control.point or step.point, grade=RiskGrade(control.severity)
    )


async def settle_step(uow: Uow, matter: Matter, step: Step, *, held_by_rule: bool = False) -> Matter:
    """The step passes its controls now: every open hold on it ends, corrected or by the departure granted."""
    if not (step.facts or step.controls or held_by_rule):
        return matter
    for hold in await holds.open_of(uow.conn, matter.id):
        if hold.step == step.code:
            await settle_hold(uow, hold)
    return matter


async def _departs(uow: Uow, matter: Matter, step: Step, fine: Fine) -> bool:
    """Whether a departure was granted for exactly this amount."""
    granted = (
        hold for hold in await holds.open_of(uow.conn, matter.id) if hold.state is HoldState.DEPARTURE_GRANTED
    )
    return any(_covers(hold, step, fine) for hold in granted)


def _covers(hold: Hold, step: Step, fine: Fine) -> bool:
    return hold.step == step.code and hold.facts.get("amount_fen") == fine.amount_fen


async def _hold(uow: Uow, matter: Matter, step: Step, code: HoldCode, figures: Mapping[str, Any]) -> Held:
    return await hold_by_rule(uow, matter, step, code, (await CONTROL_RULES.of(uow)).holds[code], figures)


def _fine(facts: Mapping[str, Any]) -> Fine:
    try:
        entered = msgspec.convert(facts, type=_Entered)
    except msgspec.ValidationError as error:
        raise Invalid(f"the facts of the fine are incomplete: {error}", path=("payload",)) from None
    if entered.amount_fen < 0:
        raise Invalid("a fine is not negative", path=("payload", "amount_fen"))
    return Fine(entered.violation, entered.amount_fen, entered.procedure)


async def _pack_of(uow: Uow, penalty: Penalty) -> DiscretionPack:
    """The standard that the fine was decided by."""
    known = await standards_of(uow.conn, penalty.bureau_id, uow.today)
    decided_by = [one.pack for one in known if one.version == penalty.pack]
    return decided_by[-1] if decided_by else (await CONTROL_RULES.of(uow)).discretion


def _penalty(uow: Uow, matter: Matter, fine: Fine, found: Applied, *, departed: bool) -> Penalty:
    pack, assessment, party = found.standard.pack, found.assessment, fine.violation.party
    lightest = procedure_for(pack, party, fine.amount_fen)
    return Penalty(
        matter_id=matter.id,
        bureau_id=matter.bureau_id,
        violation_point=assessment.point,
        party=party,
        tier=assessment.tier,
        days_late=assessment.days_late,
        min_fen=assessment.allowed.min_fen,
        max_fen=assessment.allowed.max_fen,
        amount_fen=fine.amount_fen,
        procedure=Procedure.HEARING if lightest is Procedure.HEARING else fine.procedure,
        authority=authority_for(pack, party, fine.amount_fen, assessment.authority),
        departed=departed,
        pack=found.standard.version,
        assessed_at=uow.now,
    )


async def _route(uow: Uow, matter: Matter, penalty: Penalty) -> str | None:
    """The leaders' unit for a fine above the office's authority: routed, not blocked (征管法 Art 74)."""
    if penalty.authority is not Authority.BUREAU:
        return None
    org = await load_org(uow.conn, matter.bureau_id)
    head = org.head(uow.today)
    rule = (await CONTROL_RULES.of(uow)).holds[HoldCode.ABOVE_OFFICE_AUTHORITY]
    detail = {
        "code": HoldCode.ABOVE_OFFICE_AUTHORITY,
        "control": rule.control,
        "amount_fen": penalty.amount_fen,
    }
    await uow.audit("control.routed", "Matter", matter.id, detail)
    return next(iter(org.units_of(head, uow.today)), None) if head else None


def _figures(fine: Fine, found: Applied) -> dict[str, Any]:
    party, assessment = fine.violation.party, found.assessment
    return {
        "amount_fen": fine.amount_fen,
        "tier": assessment.tier,
        "days_late": assessment.days_late,
        "min_fen": assessment.allowed.min_fen,
        "max_fen": assessment.allowed.max_fen,
        "statutory_max_fen": assessment.statutory_max_fen,
        "limit_fen": found.standard.pack.summary_limit.fen[party],
        "min_yuan": yuan(assessment.allowed.min_fen),
        "max_yuan": yuan(assessment.allowed.max_fen),
        "statutory_max_yuan": yuan(assessment.statutory_max_fen),
        "limit_yuan": yuan(found.standard.pack.summary_limit.fen[party]),
    }
