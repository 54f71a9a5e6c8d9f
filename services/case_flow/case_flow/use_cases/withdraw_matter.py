"""The applicant withdraws (撤回), themselves or through whoever has the matter; a penalty case never is."""

import msgspec
from plumbline_shared.use_case import Uow

from case_flow.domain import clock, transitions, withdrawal
from case_flow.domain.eligibility import may_assign
from case_flow.domain.errors import NotHandler
from case_flow.domain.matter import Matter
from case_flow.domain.recusal import require_said
from case_flow.publications import matter_closed
from case_flow.storage import hold as holds
from case_flow.storage import incident
from case_flow.storage import matter as matters
from case_flow.storage.trace import trace
from case_flow.use_cases import clocks
from case_flow.use_cases.acting import load, org_of
from case_flow.use_cases.claim_work import WorkTaken
from case_flow.use_cases.end_hold import give_up_hold
from case_flow.use_cases.request_recusal import APPLICANT
from case_flow.use_cases.settle_warnings import settle_warnings


class WithdrawMatter(msgspec.Struct, frozen=True):
    """Why, and the applicant's written statement, as the file names it."""

    matter_id: str
    reason: str
    statement: str = ""


async def withdraw_matter(uow: Uow, command: WithdrawMatter) -> WorkTaken:
    """The matter is closed as withdrawn: clocks stop, open holds are abandoned, what was late stays late.

    Raises MatterIsClosed, NotHandler, Invalid without reason or statement, WithdrawalRefused.
    """
    matter, definition = await load(uow, command.matter_id)
    transitions.require_open(matter)
    _require_theirs(uow, matter)
    by_applicant = uow.principal.kind == "system"
    require_said(reason=command.reason, **({} if by_applicant else {"statement": command.statement}))
    org = await org_of(uow, matter)
    stood_still = matter.suspension.started_on if matter.suspension else uow.today
    late = clock.late_days(definition, matter, stood_still, org.calendar)
    after = withdrawal.withdraw(definition, matter, command.reason, uow.now, uow.today, late)
    said = {
        "by": uow.principal.person_id or APPLICANT,
        "statement": command.statement,
        "reason": command.reason,
    }
    note = trace(uow, "withdrawMatter", matter.id, {**said, "version": after.row_version})
    await matters.move(uow.conn, matter, after, note)
    for hold in await holds.open_of(uow.conn, matter.id):
        await give_up_hold(uow, hold, command.reason)
    await clocks.stop(uow, definition, after, org.calendar)
    await settle_warnings(uow, after.id)
    await uow.emit(after.id, matter_closed(after, await incident.of_matter(uow.conn, after.id)))
    return WorkTaken(matter.id, ())


def _require_theirs(uow: Uow, matter: Matter) -> None:
    who = uow.principal
    chief = any(may_assign(who, one.unit_id) for one in matter.open_steps)
    if who.kind != "system" and who.person_id not in matter.hands and not chief:
        raise NotHandler(
            "whoever has the matter, or the chief of that unit, takes the applicant's withdrawal"
        )
