"""Enumerations of the control half: stable names; labels are for display."""

from enum import StrEnum

import strawberry
from plumbline_org.grades import RiskGrade

from case_flow.domain.alert import AlertPhase, AlertState, Verdict
from case_flow.domain.collective import Choice
from case_flow.domain.discretion import Authority, Party, Procedure
from case_flow.domain.hold import HoldState, HoldWay
from case_flow.domain.incident import IncidentLevel, IncidentResponse, RootCause
from case_flow.domain.inquiry import InquiryState, PublicationScope
from case_flow.domain.liability import Capacity, Form, Part
from case_flow.domain.rectification import RectificationState


class Lang(StrEnum):
    """中文 ZH, English EN."""

    ZH = "ZH"
    EN = "EN"


strawberry.enum(Lang, description="中文 ZH, English EN")
strawberry.enum(RiskGrade, description="风险等级: 低 LOW, 中 MEDIUM, 高 HIGH; never a colour")
strawberry.enum(AlertPhase, description="事前 EX_ANTE, 事中 IN_PROCESS, 事后 EX_POST")
strawberry.enum(AlertState, description="预警状态 (requirements 3.2)")
strawberry.enum(
    Verdict,
    name="AlertVerdict",
    description="核查结论: 属实 CONFIRMED, 已说明 EXPLAINED, 误报 FALSE_POSITIVE",
)
strawberry.enum(HoldState, description="阻断状态; it ends corrected, overridden collectively or abandoned")
strawberry.enum(HoldWay, description="阻断的出路: the ways out of a hold")
strawberry.enum(IncidentResponse, description="预防 PREVENT, 发现 DETECT, 纠正 CORRECT, 查处 INVESTIGATE")
strawberry.enum(IncidentLevel, description="苗头 PRECURSOR, 一般 ORDINARY, 严重 SERIOUS")
strawberry.enum(RootCause, description="成因")
strawberry.enum(InquiryState, description="问责状态 (requirements 3.2)")
strawberry.enum(Choice, name="RollCallChoice", description="赞成 FOR, 反对 AGAINST, 弃权 ABSTAIN")
strawberry.enum(
    PublicationScope, description="公开范围: 当事人 PARTIES, 本单位 UNIT, 本局 BUREAU, 社会 PUBLIC"
)
strawberry.enum(
    Capacity, name="LiabilityCapacity", description="承办 HANDLER, 审核 REVIEWER, 批准 APPROVER, …"
)
strawberry.enum(Part, name="LiabilityPart", description="主要责任 PRIMARY, 次要责任 SECONDARY")
strawberry.enum(Form, name="AccountabilityForm", description="追究形式 (国税发〔2005〕42号 Art 11)")
strawberry.enum(RectificationState, description="整改状态 (requirements 3.2)")
strawberry.enum(Party, name="PenaltyParty", description="公民 CITIZEN, 法人或其他组织 ORGANISATION")
strawberry.enum(Procedure, name="PenaltyProcedure", description="简易 SUMMARY, 普通 ORDINARY, 听证 HEARING")
strawberry.enum(Authority, name="PenaltyAuthority", description="税务所 OFFICE, 税务局 BUREAU")

__all__ = [
    "AlertPhase",
    "AlertState",
    "Authority",
    "Capacity",
    "Choice",
    "Form",
    "HoldState",
    "HoldWay",
    "IncidentLevel",
    "InquiryState",
    "Lang",
    "Part",
    "Party",
    "Procedure",
    "PublicationScope",
    "RectificationState",
    "RiskGrade",
    "RootCause",
    "Verdict",
]
