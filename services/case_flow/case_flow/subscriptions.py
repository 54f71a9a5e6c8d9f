"""Events in, and what falls due: the directory's replica, and the topics of this service joined."""

from plumbline_contracts.directory.v1 import CalendarPublished
from plumbline_org.replica import ORG_SUBSCRIPTIONS
from plumbline_shared.timers import TimerHandler

from case_flow.control_subscriptions import CONTROL_SUBSCRIPTIONS, CONTROL_TIMERS
from case_flow.hall_subscriptions import HALL_TIMERS
from case_flow.penalty_subscriptions import PENALTY_TIMERS
from case_flow.process_subscriptions import PROCESS_SUBSCRIPTIONS, PROCESS_TIMERS
from case_flow.use_cases import clocks
from case_flow.use_cases.export_log import (
    FORGET_TIMER,
    PAGE_TIMER,
    on_export_forgotten,
    on_export_page,
)
from case_flow.use_cases.on_matter_timer import (
    on_deadline_approaching,
    on_deadline_missed,
    on_slip_unacknowledged,
)
from case_flow.use_cases.on_stage_overdue import on_stage_overdue
from case_flow.use_cases.recompute_clocks import RECOMPUTE, on_calendar_published, on_clocks_recomputed
from case_flow.use_cases.recompute_slips import RECOMPUTE_SLIPS, on_slips_recomputed
from case_flow.use_cases.report_decision import CHECK, on_decision_checked
from case_flow.use_cases.step_out import STEP_OUT, on_interest_declared
from case_flow.work_order_subscriptions import WORK_ORDER_TIMERS

SUBSCRIPTIONS = {
    **ORG_SUBSCRIPTIONS,
    CalendarPublished: on_calendar_published,
    **CONTROL_SUBSCRIPTIONS,
    **PROCESS_SUBSCRIPTIONS,
}
TIMERS: dict[str, TimerHandler] = {
    **CONTROL_TIMERS,
    **HALL_TIMERS,
    **PENALTY_TIMERS,
    **WORK_ORDER_TIMERS,
    **PROCESS_TIMERS,
    RECOMPUTE: on_clocks_recomputed,
    PAGE_TIMER: on_export_page,
    FORGET_TIMER: on_export_forgotten,
    RECOMPUTE_SLIPS: on_slips_recomputed,
    STEP_OUT: on_interest_declared,
    CHECK: on_decision_checked,
    clocks.APPROACHING: on_deadline_approaching,
    clocks.MISSED: on_deadline_missed,
    clocks.UNACKNOWLEDGED: on_slip_unacknowledged,
    clocks.STAGE_OVERDUE: on_stage_overdue,
}
