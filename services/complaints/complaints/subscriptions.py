"""Events in (the directory's, into its replica) and timers."""

from plumbline_org.replica import ORG_SUBSCRIPTIONS

from complaints.use_cases.file_complaint import SILENCE, on_complaint_silence
from complaints.use_cases.file_intake import FORGET, on_forget_intake_keys
from complaints.use_cases.handle_report import SIGNALS, on_emit_signals
from complaints.use_cases.receipts import HARDEN, on_harden_receipt

SUBSCRIPTIONS = ORG_SUBSCRIPTIONS
TIMERS = {
    SILENCE: on_complaint_silence,
    FORGET: on_forget_intake_keys,
    SIGNALS: on_emit_signals,
    HARDEN: on_harden_receipt,
}
