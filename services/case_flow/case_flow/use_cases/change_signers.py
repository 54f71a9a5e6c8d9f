"""Ask one more person to sign, or one less, with the reason (加签, 减签); each signs from their own session."""

from collections.abc import Sequence
from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain import eligibility, hands, signing, transitions
from case_flow.domain.authority import level_step
from case_flow.domain.definition import Step
from case_flow.domain.errors import NotHandler
from case_flow.domain.matter import Matter, Recheck
from case_flow.storage import matter as matters
from case_flow.storage import signer_change as changes
from case_flow.storage.signer_change import SignerChange
from case_flow.storage.trace import trace
from case_flow.use_cases.acting import load, org_of, person
from case_flow.use_cases.check_authority import governed
from case_flow.use_cases.check_eligibility import check_eligibility


class AddSigner(msgspec.Struct, frozen=True):
    """`person` is asked to sign the step, and why."""

    matter_id: str
    step: str
    person: str
    reason: str


class RemoveSigner(msgspec.Struct, frozen=True):
    """`person`, who has not signed, is asked no longer, and why."""

    matter_id: str
    step: str
    person: str
    reason: str


class SignersChanged(msgspec.Struct, frozen=True):
    """The matter and whose signature its step still needs."""

    matter_id: str
    waiting_for: tuple[str, ...]


async def add_signer(uow: Uow, command: AddSigner) -> SignersChanged:
    """One more signature is asked for, by whoever signs or has the step, or its unit's chief.

    Raises NothingToSign, SignerRefused, NotHandler, NotEligible, CoSignerAbsent, SeparationOfDuties, Recused, Invalid without
    a reason.
    """
    matter, definition = await load(uow, command.matter_id, command.step)
    definition = await governed(uow, definition, matter)
    step = transitions.open_step(definition, matter, command.step)
    if not _may_ask(uow, matter):
        raise NotHandler("whoever signs the step, or the chief of its unit, asks somebody to sign too")
    _require_reason(command.reason)
    after = signing.add(matter, step, command.person)
    org = await org_of(uow, matter)
    if command.person not in _levels(matter, step, org, uow.today):
        hands.require_present(definition, matter, step, org, uow.today, [command.person], person(uow))
    hands.require_free(definition, matter, step, org, [command.person], uow.today)
    await check_eligibility(uow, [command.person], step.point)
    return await _store(uow, matter, after, step, command.person, "ADDED", command.reason)


async def remove_signer(uow: Uow, command: RemoveSigner) -> SignersChanged:
    """One signature less, decided by the unit's chief or the leader in charge, who do not sign it themselves.

    Nobody who signs takes another signer off: dissent is not removed by those whom it concerns. Only the level of
    somebody who cannot look again today is given to another of that level by whoever signs too.
    Raises NothingToSign, SignerRefused, NotHandler, Invalid without a reason.
    """
    matter, definition = await load(uow, command.matter_id, command.step)
    definition = await governed(uow, definition, matter)
    step = transitions.open_step(definition, matter, command.step)
    level = _level_of(matter, command.person)
    able = await _able(uow, matter, step, level) if level else ()
    if level is None or command.person in able:
        _require_leader(uow, matter)
        if matter.pending and person(uow) in matter.pending.signers:
            raise NotHandler("whoever signs the step takes no other signer off: the leader above decides")
    elif not _may_ask(uow, matter):
        raise NotHandler("whoever signs the step, or the chief of its unit, gives the level to another")
    _require_reason(command.reason)
    in_place = _in_place(matter, able)
    after = signing.remove(matter, step, command.person, in_place)
    return await _store(uow, matter, after, step, command.person, "REMOVED", command.reason)


def _may_ask(uow: Uow, matter: Matter) -> bool:
    signers = matter.pending.signers if matter.pending else ()
    return person(uow) in (*signers, *matter.handlers) or eligibility.may_assign(
        uow.principal, matter.unit_id
    )


def _level_of(matter: Matter, who: str) -> Recheck | None:
    """The level at which the person looks again, if at any."""
    again = matter.pending.rechecks if matter.pending else ()
    return next((one for one in again if one.person == who), None)


async def _able(uow: Uow, matter: Matter, step: Step, level: Recheck) -> tuple[str, ...]:
    """Everybody who could look again at this level today."""
    org = await org_of(uow, matter)
    return eligibility.candidates(level_step(step, level), level.unit_id, org, uow.today)


def _in_place(matter: Matter, able: Sequence[str]) -> str | None:
    """Who of those asked, and not signed yet, takes over a level of which these are `able`."""
    pending = matter.pending
    if pending is None:
        return None
    taken = {*pending.signed, *(one.person for one in pending.rechecks)}
    return next((one for one in pending.signers if one in able and one not in taken), None)


def _levels(matter: Matter, step: Step, org: Org, on: date) -> set[str]:
    """Everybody who could look again at one of the levels asked for."""
    again = matter.pending.rechecks if matter.pending else ()
    return {
        person
        for one in again
        for person in eligibility.candidates(level_step(step, one), one.unit_id, org, on)
    }


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("say why the signers change", path=("reason",))


def _require_leader(uow: Uow, matter: Matter) -> None:
    who = uow.principal
    if not (eligibility.may_assign(who, matter.unit_id) or eligibility.leads(who, matter.unit_id)):
        raise NotHandler("the chief of the unit, or the leader in charge of it, takes a signer off")


async def _store(
    uow: Uow, before: Matter, after: Matter, step: Step, who: str, act: str, reason: str
) -> SignersChanged:
    detail = {"step": step.code, "person": who, "reason": reason, "version": after.row_version}
    action = "addSigner" if act == "ADDED" else "removeSigner"
    await matters.move(uow.conn, before, after, trace(uow, action, before.id, detail))
    change = SignerChange(before.id, after.row_version, step.code, who, act, person(uow), uow.now, reason)
    await changes.add(uow.conn, after, change)
    return SignersChanged(before.id, signing.waiting(after.pending) if after.pending else ())
