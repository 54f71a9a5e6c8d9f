"""What falls due in the service hall."""

from collections.abc import Mapping

from plumbline_shared.timers import TimerHandler

from case_flow.use_cases.post_review import (
    DRAW_TIMER,
    OVERDUE_TIMER,
    on_post_review_draw,
    on_post_review_overdue,
)
from case_flow.use_cases.switch_windows import RETURN_TIMER, on_window_return

HALL_TIMERS: Mapping[str, TimerHandler] = {
    DRAW_TIMER: on_post_review_draw,
    OVERDUE_TIMER: on_post_review_overdue,
    RETURN_TIMER: on_window_return,
}
