"""Complete a step: in order, by the right people, past its controls; everything or nothing (S1-136)."""

from typing import Any

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import checks, clock, control, eligibility, signing, transitions
from case_flow.domain.authority import narrowed, rechecks, split, widened
from case_flow.domain.declaration import require_declared
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.errors import SlipRefused
from case_flow.domain.matter import Completion, Matter, Regime
from case_flow.domain.record_calendar import record_calendar
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases import gates
from case_flow.use_cases.acting import load, person, remember
from case_flow.use_cases.check_authority import Beyond, check_authority, rule_at
from case_flow.use_cases.finish_step import finish_step
from case_flow.use_cases.free_hands import note_hands, own_hands
from case_flow.use_cases.gate_table import GATES, hold_step, settle_step
from case_flow.use_cases.publish_controls import with_local_controls
from case_flow.use_cases.signatures import require_co_signers, sign_first


class AdvanceMatter(msgspec.Struct, frozen=True):
    """Complete `step`; `co_signers` are asked to sign too, and `to` chooses where several steps may follow."""

    matter_id: str
    step: str
    payload: dict[str, Any] = {}
    co_signers: tuple[str, ...] = ()
    to: str = ""


class Advanced(msgspec.Struct, frozen=True):
    """What came of it: a hold that stopped the step, warnings, signatures still to come, findings of a record.

    `refused`: the act is beyond the caller's authority; the alert is kept, the step is not done.
    """

    matter_id: str
    hold_id: str | None = None
    warnings: tuple[str, ...] = ()
    waiting_for: tuple[str, ...] = ()
    findings: tuple[checks.Finding, ...] = ()
    refused: str = ""


async def advance_matter(uow: Uow, command: AdvanceMatter) -> Advanced:
    """Complete the open step, or have it wait for signatures, or have it held.

    Raises what the rules refuse with: StepOutOfOrder, NotHandler, NotEligible, SeparationOfDuties, Recused,
    CoSignerIsSigner, CoSignerAbsent, CoSignerMissing, ExitConditionMissing, ControlBlocked, ChangedMeanwhile.
    """
    matter, definition = await load(uow, command.matter_id, command.step)
    if matter.live:
        return await _advance_live(uow, command, matter, definition)
    return await _advance_recorded(uow, command, matter, definition)


async def _advance_live(
    uow: Uow, command: AdvanceMatter, matter: Matter, definition: ItemDefinition
) -> Advanced:
    signer, step = person(uow), transitions.open_step(definition, matter, command.step)
    step = await with_local_controls(uow, matter, step)
    rule = await rule_at(uow, matter, step.code)
    _require_may_complete(uow, matter, widened(step, rule) if rule else step)
    behind = await own_hands(uow, definition, matter, step)
    row = await check_authority(uow, matter, step, rule, command.payload) if rule else None
    if isinstance(row, Beyond):
        return Advanced(matter.id, hold_id=row.hold_id, refused=row.refused)
    beside, again = command.co_signers, ()
    if row:
        step = narrowed(step, row)
        behind = await own_hands(uow, definition, matter, step)
        beside, above = split(row, step, command.co_signers)
        again = rechecks(row, matter, above)
    beside = signing.asked(matter, step, signer, beside)[1:]
    signers = (signer, *beside, *(one.person for one in again))
    transitions.following(step, command.to)
    transitions.require_exit(step, command.payload)
    require_declared(step, command.payload, uow.today)
    if len(signers) > 1:
        await require_co_signers(uow, definition, matter, step, beside, again)
    passed = await gates.pass_gates(GATES, uow, matter, step, command.payload)
    if isinstance(passed, gates.Held):
        return Advanced(matter.id, hold_id=passed.hold_id)
    verdict = control.judge(step.controls, {**matter.facts, **command.payload, **passed.facts})
    if verdict.hold:
        return Advanced(matter.id, hold_id=await hold_step(uow, matter, step, verdict.hold))
    matter = await settle_step(uow, matter, step, held_by_rule=row is not None)
    done = Completion(
        step=step.code,
        signers=signers,
        at=uow.now,
        local_on=uow.today,
        payload=command.payload,
        to=command.to,
        hands=behind,
        rechecks=again,
    )
    warnings = tuple(one.message.en for one in verdict.warnings)
    if len(signers) > 1:
        await sign_first(uow, matter, step, done)
        return Advanced(matter.id, warnings=warnings, waiting_for=signers[1:])
    after = await finish_step(uow, definition, matter, done, unit_id=passed.unit_id)
    await note_hands(uow, after, step.code, behind)
    return Advanced(matter.id, warnings=warnings)


def _require_may_complete(uow: Uow, matter: Matter, step: Step) -> None:
    signer = person(uow)
    transitions.require_in_hands(matter, signer)
    eligibility.require_serving(uow.principal)
    eligibility.require_qualified(step, uow.principal)
    if signer not in matter.handlers:
        eligibility.require_eligible(step, matter.unit_id, uow.principal)
    if matter.slip_id is not None:
        raise SlipRefused("the paper is on its way: acknowledge its slip first", slip=matter.slip_id)


async def _advance_recorded(
    uow: Uow, command: AdvanceMatter, matter: Matter, definition: ItemDefinition
) -> Advanced:
    who = (uow.principal.person_id,) if uow.principal.person_id else ()
    local_on = clock.local_day(definition, uow.now, live=False)
    done = Completion(
        step=command.step, signers=who, at=uow.now, local_on=local_on, payload=command.payload, to=command.to
    )
    findings = tuple(checks.at_step(definition, matter, done, record_calendar(definition.calendar)))
    if findings and matter.regime is Regime.ENFORCE:
        raise findings[0].refusal()
    after = transitions.record(definition, matter, done)
    note = trace(uow, "advanceMatter", matter.id, {"step": command.step, "version": after.row_version})
    await matters.move(uow.conn, matter, after, note, done)
    remember(uow, after)
    return Advanced(matter.id, findings=findings)
