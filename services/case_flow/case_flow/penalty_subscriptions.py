"""What falls due in penalties and referrals, and when a bureau's own controls begin."""

from collections.abc import Mapping

from plumbline_shared.timers import TimerHandler

from case_flow.use_cases.penalty_acts import LATE, on_penalty_late
from case_flow.use_cases.prepare_referral import UNSENT
from case_flow.use_cases.publish_controls import ACTIVATE, on_control_set_begins
from case_flow.use_cases.send_referral import UNACKNOWLEDGED, on_referral_late

PENALTY_TIMERS: Mapping[str, TimerHandler] = {
    LATE: on_penalty_late,
    UNSENT: on_referral_late,
    UNACKNOWLEDGED: on_referral_late,
    ACTIVATE: on_control_set_begins,
}
