"""The words of the domain as GraphQL enums; Chinese beside them for whoever reads the schema."""

import strawberry
from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.alerts import AlertPhase
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

__all__ = ["AlertPhase", "PointOrigin", "PointScope", "RiskCategory", "RiskGrade", "RiskPointStatus"]
