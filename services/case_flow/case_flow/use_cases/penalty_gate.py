"""The gates of a penalty: at the proposal limitation and double fines, at the decision notice, defence and review (§6.3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import Step
from case_flow.domain.discretion import Violation
from case_flow.domain.matter import Matter
from case_flow.domain.penalty_process import Case, PenaltyAct, Process, decision_fault, limitation_passed
from case_flow.rules import PENALTY_RULES
from case_flow.storage import hold as holds
from case_flow.storage import penalty_process as acts
from case_flow.use_cases.gates import Held, Passed
from case_flow.use_cases.hold_by_rule import hold_by_rule, yuan
from case_flow.use_cases.major_case_gate import Size, ruler_of


class _Proposed(msgspec.Struct, frozen=True):
    violation: Violation
    taxpayer_id: str = ""


async def punishable_gate(uow: Uow, matter: Matter, step: Step, payload: Mapping[str, Any]) -> Passed | Held:
    """Hold a fine for a violation that ended too long ago, or that was fined before (征管法 Art 86, 行政处罚法 Art 29)."""
    said, pack = _proposed({**matter.facts, **payload}), (await PENALTY_RULES.of(uow))
    ended = said.violation.corrected_on or said.violation.occurred_on
    if limitation_passed(ended, matter.accepted_on, pack.limitation_years):
        figures = {"ended_on": str(ended), "years": pack.limitation_years}
        return await _hold(uow, matter, step, "LIMITATION_PASSED", figures)
    if not said.taxpayer_id:
        return Passed()
    occurred = said.violation.occurred_on or said.violation.ordered_on
    violation = (said.taxpayer_id, said.violation.point, occurred)
    number = await acts.fined_before(uow.conn, matter.id, violation)
    if number is not None:
        return await _hold(uow, matter, step, "FINED_BEFORE", {"number": number})
    await acts.put_party(uow.conn, matter.id, matter.bureau_id, violation)
    return Passed()


async def due_process_gate(uow: Uow, matter: Matter, step: Step, payload: Mapping[str, Any]) -> Passed | Held:
    """Hold a decision by an officer without qualification, or before notice, defence, hearing and review are done."""
    org = await load_org(uow.conn, matter.bureau_id)
    officer = org.person(uow.principal.actor)
    if officer is None or not officer.qualified(uow.today):
        return await _hold(uow, matter, step, "OFFICER_NOT_QUALIFIED", {})
    penalty = await holds.penalty(uow.conn, matter.id)
    if penalty is None:
        return Passed()
    process, said = await acts.process(uow.conn, matter.id), {**matter.facts, **payload}
    complex_ = said.get("complex") is True
    case = Case(
        penalty=penalty,
        today=uow.today,
        state_until=await _state_until(uow, matter, process),
        complex=complex_,
        major=await ruler_of(uow, Size(penalty.party, penalty.amount_fen, complex_)) is not None,
    )
    found = decision_fault(process, case)
    if found is None:
        return Passed()
    code, figures = found
    shown = {"noticed_yuan": yuan(figures["noticed_fen"])} if "noticed_fen" in figures else {}
    return await _hold(uow, matter, step, code, {**figures, **shown})


async def _state_until(uow: Uow, matter: Matter, process: Process) -> date | None:
    notice = process.first(PenaltyAct.NOTICE)
    if notice is None:
        return None
    limit, org = (await PENALTY_RULES.of(uow)).limits.statement, await load_org(uow.conn, matter.bureau_id)
    return add_days(org.calendar, limit.unit, notice.on, limit.length).on


def _proposed(said: Mapping[str, Any]) -> _Proposed:
    try:
        return msgspec.convert(said, _Proposed)
    except msgspec.ValidationError as error:
        raise Invalid(f"the facts of the violation are incomplete: {error}", path=("payload",)) from None


async def _hold(uow: Uow, matter: Matter, step: Step, code: str, figures: Mapping[str, Any]) -> Held:
    return await hold_by_rule(uow, matter, step, code, (await PENALTY_RULES.of(uow)).holds[code], figures)
