"""What falls due in work orders."""

from collections.abc import Mapping

from plumbline_shared.timers import TimerHandler

from case_flow.use_cases.issue_work_order import UNACCEPTED, UNANSWERED
from case_flow.use_cases.perform_work_order import on_work_order_late

WORK_ORDER_TIMERS: Mapping[str, TimerHandler] = {
    UNACCEPTED: on_work_order_late,
    UNANSWERED: on_work_order_late,
}
