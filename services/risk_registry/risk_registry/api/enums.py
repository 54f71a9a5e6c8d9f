"""The words of the domain as GraphQL enums; Chinese beside them for whoever reads the schema."""

import strawberry
from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.marks import Focus as RiskFocus
from risk_registry.domain.marks import Tag as RiskTag
from risk_registry.domain.points import Origin as PointOrigin
from risk_registry.domain.points import PointScope
from risk_registry.domain.standing import PointState as RiskPointStatus

strawberry.enum(RiskGrade, description="风险等级: 低 LOW, 中 MEDIUM, 高 HIGH; never a colour")
strawberry.enum(RiskCategory, description="业务 TAX_OPERATIONS, 政务 ADMINISTRATION, 党务 PARTY_AFFAIRS")
strawberry.enum(AlertPhase, description="事前 EX_ANTE, 事中 IN_PROCESS, 事后 EX_POST")
strawberry.enum(PointScope, description="共性 COMMON, 个性 INDIVIDUAL")
strawberry.enum(PointOrigin, name="PointOrigin", description="本单位登记 REGISTER, 公开资料 PUBLISHED")
strawberry.enum(
    RiskPointStatus,
    name="RiskPointStatus",
    description="待评 PROPOSED, 评查中 IN_COLLECTIVE_REVIEW, 在册 ACTIVE, 复评中 UNDER_REVIEW, 已化解 DISSOLVED",
)

strawberry.enum(
    RiskTag,
    name="RiskTag",
    description=(
        "两化: 专业化 PROFESSIONAL, 团队化 TEAM; 两责: 税收管理 TAX_ADMINISTRATION, 纳税遵从 TAXPAYER_COMPLIANCE; "
        "两权: 自由裁量 DISCRETION, 工作主导 WORK_LEAD; 两险: 执法 ENFORCEMENT, 廉政 INTEGRITY (S1-086)"
    ),
)
strawberry.enum(
    RiskFocus, name="RiskFocus", description="高危岗位 POST, 重点领域 DOMAIN, 关键环节 STEP (S2-013)"
)

__all__ = [
    "AlertPhase",
    "PointOrigin",
    "PointScope",
    "RiskCategory",
    "RiskFocus",
    "RiskGrade",
    "RiskPointStatus",
    "RiskTag",
]
