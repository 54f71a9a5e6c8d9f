"""Events in: the directory's replica, sealed signals, and the alerts of case flow."""

from plumbline_contracts.case_flow.v1 import (
    AlertAcknowledged,
    AlertRaised,
    AlertResolved,
    DeadlineMissed,
    FindingRecorded,
    IncidentConfirmed,
    IncidentSetAside,
    MatterAccepted,
    MatterClosed,
)
from plumbline_contracts.complaints.v1 import ComplaintOverturned, ComplaintSubstantiated, RiskSignalRaised
from plumbline_contracts.directory.v1 import PersonChanged
from plumbline_org.replica import ORG_SUBSCRIPTIONS

from risk_registry.use_cases.check_rotation import (
    BUREAU,
    PERSON,
    on_person_changed_rotation,
    on_rotation_bureau,
    on_rotation_person,
)
from risk_registry.use_cases.count_matters import on_matter
from risk_registry.use_cases.follow_alert import on_alert_acknowledged, on_alert_resolved
from risk_registry.use_cases.plan_editions import CYCLE
from risk_registry.use_cases.publish_process import on_process_effective
from risk_registry.use_cases.record_alert import on_alert_raised, on_deadline_missed
from risk_registry.use_cases.record_evidence import on_evidence
from risk_registry.use_cases.record_signal import on_risk_signal_raised
from risk_registry.use_cases.renew_handbooks import RENEWAL, on_handbook_cycle, on_handbook_renewal
from risk_registry.use_cases.take_effect import on_grade_effective
from risk_registry.use_cases.weigh_evidence import BATCH, on_evidence_batch

SUBSCRIPTIONS = {
    **ORG_SUBSCRIPTIONS,
    PersonChanged: on_person_changed_rotation,
    RiskSignalRaised: on_risk_signal_raised,
    AlertRaised: on_alert_raised,
    DeadlineMissed: on_deadline_missed,
    AlertAcknowledged: on_alert_acknowledged,
    AlertResolved: on_alert_resolved,
    IncidentConfirmed: on_evidence,
    IncidentSetAside: on_evidence,
    FindingRecorded: on_evidence,
    MatterAccepted: on_matter,
    MatterClosed: on_matter,
    ComplaintSubstantiated: on_evidence,
    ComplaintOverturned: on_evidence,
}
TIMERS = {
    "grade_effective": on_grade_effective,
    "process_effective": on_process_effective,
    CYCLE: on_handbook_cycle,
    RENEWAL: on_handbook_renewal,
    BATCH: on_evidence_batch,
    PERSON: on_rotation_person,
    BUREAU: on_rotation_bureau,
}
