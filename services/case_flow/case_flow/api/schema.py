"""The subgraph: each topic brings its part of Query and Mutation."""

import strawberry
from plumbline_shared.graphql import build_schema

from case_flow.api.accountability import AccountabilityQuery
from case_flow.api.adjudication_operations import AdjudicationMutation, AdjudicationQuery
from case_flow.api.adjudications import Adjudication
from case_flow.api.alert_operations import AlertMutation, AlertQuery
from case_flow.api.alerts import Alert
from case_flow.api.audit_proof import AuditProofQuery
from case_flow.api.authority import AuthorityMutation, AuthorityQuery
from case_flow.api.contests import ContestMutation
from case_flow.api.control_sets import ControlSetMutation, ControlSetQuery
from case_flow.api.custody_query import CustodyQuery
from case_flow.api.dashboard import DashboardQuery, ProgrammeDashboard
from case_flow.api.decision_register import DecisionRegisterMutation, DecisionRegisterQuery
from case_flow.api.document_services import DocumentServiceMutation
from case_flow.api.efficiency import EfficiencyQuery
from case_flow.api.fine_variance import FineVarianceQuery
from case_flow.api.guides import GuideMutation, GuideQuery
from case_flow.api.hall_mutations import HallMutation
from case_flow.api.hall_queries import HallQuery
from case_flow.api.hall_service import HallServiceMutation, HallServiceQuery
from case_flow.api.hold_operations import HoldMutation, HoldQuery
from case_flow.api.holds import Hold
from case_flow.api.incidents import Incident, IncidentQuery
from case_flow.api.inquiries import Inquiry
from case_flow.api.inquiry_operations import InquiryMutation, InquiryQuery
from case_flow.api.inquiry_records import InquiryRecordMutation, InquiryRecordQuery
from case_flow.api.inspection_notices import InspectionNoticeQuery
from case_flow.api.inspection_operations import InspectionMutation, InspectionQuery
from case_flow.api.inspections import InspectionRun
from case_flow.api.inspections_below import InspectionBelowMutation, InspectionBelowQuery
from case_flow.api.interests import InterestMutation, InterestQuery
from case_flow.api.items import ItemMutation, ItemQuery
from case_flow.api.live import LiveSubscription
from case_flow.api.log_exports import LogExportMutation, LogExportQuery
from case_flow.api.matter_mutations import MatterMutation
from case_flow.api.matter_queries import MatterQuery
from case_flow.api.matters import Matter
from case_flow.api.migrations import MigrationMutation, MigrationQuery
from case_flow.api.my_work import MyWorkQuery
from case_flow.api.outputs import OutputMutation
from case_flow.api.overrides import OverrideQuery
from case_flow.api.penalties import PenaltyMutation, PenaltyQuery
from case_flow.api.penalty_process import PenaltyProcessMutation, PenaltyProcessQuery
from case_flow.api.post_reviews import PostReviewMutation, PostReviewQuery
from case_flow.api.rectification_operations import RectificationMutation, RectificationQuery
from case_flow.api.rectifications import RectificationOrder
from case_flow.api.referrals import Referral, ReferralMutation, ReferralQuery
from case_flow.api.reforms import ReformQuery
from case_flow.api.rules import RulesMutation, RulesQuery
from case_flow.api.running_work import RunningWorkMutation
from case_flow.api.scheduled_audits import ScheduledAuditMutation, ScheduledAuditQuery
from case_flow.api.settlement import SettlementQuery
from case_flow.api.signers import SignersMutation
from case_flow.api.staff_cases import StaffCase, StaffCaseMutation, StaffCaseQuery
from case_flow.api.supervision import SupervisedEvent
from case_flow.api.supervision_operations import SupervisionMutation, SupervisionQuery
from case_flow.api.warning_cases import WarningCase, WarningCaseMutation, WarningCaseQuery
from case_flow.api.watch import WatchQuery
from case_flow.api.withdrawals import WithdrawalMutation, WithdrawalQuery
from case_flow.api.work_order_operations import WorkOrderMutation, WorkOrderQuery
from case_flow.api.work_orders import WorkOrder


@strawberry.type
class Query(
    MatterQuery,
    MyWorkQuery,
    LogExportQuery,
    InterestQuery,
    CustodyQuery,
    WithdrawalQuery,
    ItemQuery,
    AlertQuery,
    HoldQuery,
    IncidentQuery,
    InquiryQuery,
    InquiryRecordQuery,
    AccountabilityQuery,
    RectificationQuery,
    PenaltyQuery,
    WatchQuery,
    ReformQuery,
    DashboardQuery,
    MigrationQuery,
    InspectionQuery,
    InspectionNoticeQuery,
    AuditProofQuery,
    SupervisionQuery,
    HallQuery,
    GuideQuery,
    HallServiceQuery,
    SettlementQuery,
    WarningCaseQuery,
    PostReviewQuery,
    AdjudicationQuery,
    PenaltyProcessQuery,
    ReferralQuery,
    StaffCaseQuery,
    WorkOrderQuery,
    ScheduledAuditQuery,
    ControlSetQuery,
    AuthorityQuery,
    OverrideQuery,
    DecisionRegisterQuery,
    FineVarianceQuery,
    RulesQuery,
    EfficiencyQuery,
    InspectionBelowQuery,
):
    """What may be asked of case flow."""


@strawberry.type
class Mutation(
    MatterMutation,
    LogExportMutation,
    RunningWorkMutation,
    SignersMutation,
    InterestMutation,
    WithdrawalMutation,
    DocumentServiceMutation,
    DecisionRegisterMutation,
    ItemMutation,
    AlertMutation,
    ContestMutation,
    HoldMutation,
    InquiryMutation,
    InquiryRecordMutation,
    RectificationMutation,
    PenaltyMutation,
    MigrationMutation,
    InspectionMutation,
    SupervisionMutation,
    HallMutation,
    GuideMutation,
    OutputMutation,
    WarningCaseMutation,
    HallServiceMutation,
    PostReviewMutation,
    AdjudicationMutation,
    PenaltyProcessMutation,
    ReferralMutation,
    StaffCaseMutation,
    WorkOrderMutation,
    ScheduledAuditMutation,
    ControlSetMutation,
    RulesMutation,
    InspectionBelowMutation,
    AuthorityMutation,
):
    """What may be done in case flow."""


@strawberry.type
class Subscription(LiveSubscription):
    """What may be followed as it happens."""


schema = build_schema(
    Query,
    Mutation,
    Subscription,
    types=[
        Matter,
        Alert,
        Hold,
        Incident,
        Inquiry,
        RectificationOrder,
        InspectionRun,
        SupervisedEvent,
        Adjudication,
        Referral,
        StaffCase,
        WorkOrder,
        WarningCase,
        ProgrammeDashboard,
    ],
)
