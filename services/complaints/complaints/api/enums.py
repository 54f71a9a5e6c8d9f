"""The words of the domain as GraphQL enums; Chinese beside them for whoever reads the schema."""

import strawberry

from complaints.domain.complaint import ComplaintKind, ComplaintState
from complaints.domain.regimes import Regime as IntakeRegime
from complaints.domain.report import Disposition
from complaints.domain.report import Outcome as ReportOutcome

strawberry.enum(
    IntakeRegime,
    name="IntakeRegime",
    description="投诉 SERVICE_COMPLAINT, 信访 PETITION, 检举控告 STAFF_REPORT, "
    "税收违法检举 TAX_VIOLATION_REPORT, 咨询 ENQUIRY",
)
strawberry.enum(ComplaintKind, description="服务言行 BEHAVIOUR, 服务质效 QUALITY, 权益保护 RIGHTS")
strawberry.enum(ComplaintState, description="已收 RECEIVED, 已受理 ACCEPTED, 已决定 DECIDED, 已反馈 FED_BACK")
strawberry.enum(
    Disposition,
    description="谈话函询 TALK_OR_LETTER, 初步核实 PRELIMINARY_VERIFICATION, 暂存待查 SUSPENDED, 予以了结 TERMINATED",
)
strawberry.enum(
    ReportOutcome,
    name="ReportOutcome",
    description="属实 SUBSTANTIATED, 部分属实 PARTLY_SUBSTANTIATED, 失实 UNSUBSTANTIATED",
)

__all__ = ["ComplaintKind", "ComplaintState", "Disposition", "IntakeRegime", "ReportOutcome"]
