"""Send a referral with its document, take the receipt, take the answer; a clock runs for the receipt (S1-045)."""

from datetime import timedelta

import msgspec
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.referral import Addressee, Referral, ReferralKind, ReferralState, check_state
from case_flow.referral_access import require_on_referral
from case_flow.rules import REFERRAL_RULES
from case_flow.storage import participant
from case_flow.storage import referral as referrals
from case_flow.use_cases.prepare_referral import UNSENT
from case_flow.use_cases.raise_alert import raise_alert

UNACKNOWLEDGED = "referral_unacknowledged"


class SendReferral(msgspec.Struct, frozen=True):
    """The number of the document it left with."""

    referral_id: str
    document: str


class AcknowledgeReferral(msgspec.Struct, frozen=True):
    """The number of the addressee's receipt."""

    referral_id: str
    receipt: str


class AnswerReferral(msgspec.Struct, frozen=True):
    """What the addressee answered; on a major case the ruling: whether the proposal stands, and at which amount."""

    referral_id: str
    answer: str
    carried: bool | None = None
    amount_fen: int | None = None


async def send_referral(uow: Uow, command: SendReferral) -> str:
    """Return the referral's id. Raises NotFound, Invalid, ReferralStateRefused."""
    one = await _at(uow, command.referral_id, "send", ReferralState.PREPARED, command.document)
    org, limit = (
        await load_org(uow.conn, one.bureau_id),
        (await REFERRAL_RULES.of(uow)).kinds[one.kind].acknowledge,
    )
    due = add_days(org.calendar, limit.unit, uow.today, limit.length).on
    if one.addressee is Addressee.PROCURATORATE:
        liaisons = org.persons_with_role(Role.PROCURATORATE_LIAISON, uow.today)
        people = [(person, "ADDRESSEE") for person in liaisons]
        await participant.add(uow.conn, one.bureau_id, one.id, people, uow.now)
    await uow.cancel_timers(one.id, UNSENT)
    await uow.schedule(UNACKNOWLEDGED, one.id, end_of_day(due))
    changes = {"document": command.document, "sent_by": uow.principal.actor, "sent_on": uow.today}
    return await _keep(uow, one, "sent", acknowledge_by=due, **changes)


async def acknowledge_referral(uow: Uow, command: AcknowledgeReferral) -> str:
    """Return the referral's id. Raises NotFound, Invalid, ReferralStateRefused."""
    one = await _at(uow, command.referral_id, "acknowledge", ReferralState.SENT, command.receipt)
    await uow.cancel_timers(one.id, UNACKNOWLEDGED)
    who, on = uow.principal.actor, uow.today
    return await _keep(
        uow, one, "acknowledged", receipt=command.receipt, acknowledged_by=who, acknowledged_on=on
    )


async def answer_referral(uow: Uow, command: AnswerReferral) -> str:
    """Return the referral's id. Raises NotFound, Invalid, ReferralStateRefused."""
    one = await _at(uow, command.referral_id, "answer", ReferralState.ACKNOWLEDGED, command.answer)
    ruled = command.carried is not None and command.amount_fen is not None
    if (one.kind is ReferralKind.MAJOR_CASE) != ruled:
        raise Invalid(
            "on a major case give the ruling and its amount, and on nothing else", path=("carried",)
        )
    return await _keep(
        uow,
        one,
        "answered",
        answer=command.answer,
        carried=command.carried,
        amount_fen=command.amount_fen,
        answered_by=uow.principal.actor,
        answered_on=uow.today,
    )


async def on_referral_late(uow: Uow, timer: Timer) -> None:
    """A major matter was not reported, or nobody acknowledged a referral in time."""
    one = await referrals.lock(uow.conn, timer.ref)
    waiting = ReferralState.PREPARED if timer.kind == UNSENT else ReferralState.SENT
    if one.state is not waiting:
        return
    kind = "MAJOR_MATTER_UNREPORTED" if timer.kind == UNSENT else "REFERRAL_UNACKNOWLEDGED"
    await raise_alert(
        uow,
        kind=f"SEALED_{kind}" if one.sealed else kind,
        at=uow.now,
        unit_ids=() if one.sealed else [one.unit_id],
        facts={"referral_id": one.id, "limit_on": str(uow.today - timedelta(days=1))},
        key=f"referral:{one.id}:{timer.kind}",
    )


async def _at(uow: Uow, referral_id: str, action: str, state: ReferralState, said: str) -> Referral:
    one = await referrals.lock(uow.conn, referral_id)
    require_on_referral(uow, action, one)
    check_state(one, state)
    if not said.strip():
        raise Invalid("give the number of the document, of the receipt, or the answer", path=("document",))
    return one


async def _keep(uow: Uow, one: Referral, act: str, **changes: object) -> str:
    await referrals.save(uow.conn, msgspec.structs.replace(one, **changes))
    await uow.audit(f"referral.{act}", "Referral", one.id)
    return one.id
