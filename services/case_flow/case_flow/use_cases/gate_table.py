"""Which gates this service has: the one place where steps meet the holds of in-process control."""

from collections.abc import Mapping

from case_flow.use_cases.check_controls import discretion_gate, hearing_gate, hold_step, settle_step
from case_flow.use_cases.check_form import form_gate
from case_flow.use_cases.gates import Gate
from case_flow.use_cases.major_case_gate import adjudication_gate
from case_flow.use_cases.penalty_gate import due_process_gate, punishable_gate

GATES: Mapping[str, Gate] = {
    "discretion": discretion_gate,
    "punishable": punishable_gate,
    "hearing": hearing_gate,
    "due_process": due_process_gate,
    "adjudication": adjudication_gate,
    "form": form_gate,
}

__all__ = ["GATES", "hold_step", "settle_step"]
