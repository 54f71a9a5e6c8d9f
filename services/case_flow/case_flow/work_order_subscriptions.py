"""What falls due in work orders, inspections and audits."""

from collections.abc import Mapping

from plumbline_shared.timers import TimerHandler

from case_flow.use_cases.audit_in_rounds import ROUND_ENDS, on_round_ends
from case_flow.use_cases.issue_work_order import UNACCEPTED, UNANSWERED
from case_flow.use_cases.perform_work_order import on_work_order_late
from case_flow.use_cases.report_run_late import REPORT_LATE, on_report_late

WORK_ORDER_TIMERS: Mapping[str, TimerHandler] = {
    UNACCEPTED: on_work_order_late,
    UNANSWERED: on_work_order_late,
    REPORT_LATE: on_report_late,
    ROUND_ENDS: on_round_ends,
}
