"""An application is withdrawn (撤回) or urged (催办): what the applicant may do while it runs."""

from datetime import date, datetime

from plumbline_org.roles import Role
from plumbline_shared.errors import Refused
from plumbline_shared.principal import Principal

from case_flow.domain.definition import ItemDefinition, State
from case_flow.domain.eligibility import leads, may_assign
from case_flow.domain.matter import Matter
from case_flow.domain.transitions import close


class WithdrawalRefused(Refused):
    """The matter is not its applicant's to withdraw, or no longer."""

    code = "WITHDRAWAL_REFUSED"


class UrgedAlready(Refused):
    """It was urged on this working day."""

    code = "URGED_ALREADY"


def withdraw(
    definition: ItemDefinition, matter: Matter, reason: str, at: datetime, on: date, late: int
) -> Matter:
    """The matter closed as WITHDRAWN; what was late stays late. Raises WithdrawalRefused."""
    if not definition.withdrawable:
        raise WithdrawalRefused(
            f"{definition.item} is not withdrawn by its party: it goes on to its decision"
        )
    if any(definition.by_code[code].decides for code in matter.trail):
        raise WithdrawalRefused("it is decided: an appeal is the way now", outcome=matter.outcome)
    if matter.slip_id is not None:
        raise WithdrawalRefused("the paper is on its way: it is acknowledged first", slip=matter.slip_id)
    closed = close(matter.change(row_version=matter.row_version + 1), at, on, late)
    return closed.change(state=State.WITHDRAWN, reason=reason, suspension=None)


def may_urge(who: Principal, matter: Matter) -> bool:
    """The tracker of its domain, the chief of a unit whose step is open, the leader in charge of it, the head."""
    units = {one.unit_id for one in matter.open_steps}
    tracks = Role.MATTER_TRACKER in who.roles and who.scopes & {f"tracks:{matter.domain}", "tracks:*"}
    return bool(tracks) or any(may_assign(who, unit) or leads(who, unit) for unit in units)
