"""Read the efficiency supervision of a period: limits and quality by unit (S2-025)."""

from datetime import date

from plumbline_org.storage.load import load_org
from plumbline_shared.database import Database
from plumbline_shared.deadline import DayUnit, add_days
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system

from case_flow.access import POLICY
from case_flow.domain.dashboard import NOTHING
from case_flow.domain.efficiency import Counted, Measure, UnitEfficiency, check_period, supervised
from case_flow.rules import CONTROL_RULES
from case_flow.storage import efficiency

SOON_WORKING_DAYS = 5
"""What is due in so many working days counts as close (requirements 8.1, Leadership)."""


async def efficiency_of(
    db: Database, principal: Principal, period: tuple[date, date], today: date
) -> tuple[UnitEfficiency, ...] | None:
    """Every unit of which something was counted; None for those who do not supervise. Raises Invalid."""
    bureau = principal.bureau_id or ""
    resource = Resource("Efficiency", bureau, {"bureau": bureau})
    if POLICY.allows(principal, "supervise", resource):
        hidden = NOTHING
    elif POLICY.allows(principal, "supervise_suppressed", resource):
        async with db.read(system(bureau)) as conn:
            hidden = (await CONTROL_RULES.on(conn, bureau, today)).count_suppressed_below
    else:
        return None
    check_period(*period)
    async with db.read(system(bureau)) as conn:
        org = await load_org(conn, bureau)
        soon = add_days(org.calendar, DayUnit.WORKING_DAY, today, SOON_WORKING_DAYS).on
        counted = await efficiency.by_unit(conn, bureau, period, today, soon)
        late = await efficiency.verified_late(conn, bureau, period, today)
    counted += [
        Counted(unit, Measure.VERIFIED_LATE, count)
        for verifier, count in late
        for unit in tuple(org.units_of(verifier, today))[:1]
    ]
    return supervised(counted, hidden)
