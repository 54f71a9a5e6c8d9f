"""Discipline opens, declines and concludes the case about staff; the taxpayer's case knows nothing of it (S2-056)."""

import msgspec
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.staff_case import (
    StaffCase,
    StaffCaseOutcome,
    StaffCaseState,
    check_investigators,
    check_state,
)
from case_flow.referral_access import require_on_staff_case
from case_flow.storage import staff_case as cases


class OpenStaffCase(msgspec.Struct, frozen=True):
    """Two officers of discipline at least who investigate."""

    case_id: str
    investigators: tuple[str, ...]


class DeclineStaffCase(msgspec.Struct, frozen=True):
    """Why the lead leads nowhere."""

    case_id: str
    reason: str


class ConcludeStaffCase(msgspec.Struct, frozen=True):
    """The report of the investigators, and what comes of it."""

    case_id: str
    report: str
    outcome: StaffCaseOutcome


async def open_staff_case(uow: Uow, command: OpenStaffCase) -> str:
    """Return the case's id. Raises NotFound, StaffCaseStateRefused, InvestigatorsInvalid."""
    one = await _at(uow, command.case_id, "open", StaffCaseState.LEAD)
    org = await load_org(uow.conn, one.bureau_id)
    roles = (Role.DISCIPLINE_LEAD, Role.DISCIPLINE_OFFICER)
    discipline = {who for role in roles for who in org.persons_with_role(role, uow.today)}
    people = await cases.case_people(uow.conn, one.id)
    check_investigators(command.investigators, discipline, one.subject_ids, people)
    return await _keep(
        uow,
        one,
        StaffCaseState.OPENED,
        investigators=command.investigators,
        opened_by=uow.principal.actor,
        opened_on=uow.today,
    )


async def decline_staff_case(uow: Uow, command: DeclineStaffCase) -> str:
    """Return the case's id. Raises NotFound, Invalid, StaffCaseStateRefused."""
    one = await _at(uow, command.case_id, "open", StaffCaseState.LEAD)
    if not command.reason.strip():
        raise Invalid("say why the lead is not followed", path=("reason",))
    return await _close(uow, one, StaffCaseState.DECLINED, command.reason, None)


async def conclude_staff_case(uow: Uow, command: ConcludeStaffCase) -> str:
    """Return the case's id. Raises NotFound, Invalid, StaffCaseStateRefused."""
    one = await _at(uow, command.case_id, "conclude", StaffCaseState.OPENED)
    if not command.report.strip():
        raise Invalid("write the report", path=("report",))
    return await _close(uow, one, StaffCaseState.CONCLUDED, command.report, command.outcome)


async def _at(uow: Uow, case_id: str, action: str, state: StaffCaseState) -> StaffCase:
    one = await cases.lock(uow.conn, case_id)
    require_on_staff_case(uow, action, one)
    check_state(one, state)
    return one


async def _close(
    uow: Uow, one: StaffCase, state: StaffCaseState, report: str, outcome: StaffCaseOutcome | None
) -> str:
    who, on = uow.principal.actor, uow.today
    return await _keep(uow, one, state, report=report, outcome=outcome, closed_by=who, closed_on=on)


async def _keep(uow: Uow, one: StaffCase, state: StaffCaseState, **changes: object) -> str:
    await cases.save(uow.conn, msgspec.structs.replace(one, state=state, **changes))
    await uow.audit("staff_case.changed", "StaffCase", one.id)
    return one.id
