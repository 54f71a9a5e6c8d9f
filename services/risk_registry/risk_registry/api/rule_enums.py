"""The words of rules, processes and controls as GraphQL enums."""

import strawberry

from risk_registry.domain.catalogue import ControlFamily, EntryKind, GeneralControl
from risk_registry.domain.changes import Marker as ChangeMarker
from risk_registry.domain.control_tests import ControlAspect, DeficiencyType
from risk_registry.domain.processes import Activity, DutyPower, StepFunction
from risk_registry.domain.reform import DispositionKind as RiskDisposition
from risk_registry.domain.reform import Tightened

strawberry.enum(
    EntryKind, name="CatalogueEntryKind", description="权力 职责 制度 流程 风险事项 风险点 控制 …"
)
strawberry.enum(
    ControlFamily, description="分权 SEGREGATION, 流程 PROCESS, 网络 SYSTEM, 外部 EXTERNAL (S2-014)"
)
strawberry.enum(DutyPower, description="决策 DECISION, 执行 EXECUTION, 监督 SUPERVISION")
strawberry.enum(
    Activity,
    name="EnforcementActivity",
    description="征 LEVY, 管 ADMINISTER, 查 INSPECT, 减 REDUCE, 免 EXEMPT, 罚 PENALISE (S1-035)",
)
strawberry.enum(
    GeneralControl,
    description="工作规则, 政务公开, 重点岗位和关键环节监督, 依法行政考核, 领导班子考核 (S2-054)",
)
strawberry.enum(StepFunction, description="受理 调查 审核 审批 送达 办理 登记 对账 维护 监督")
strawberry.enum(
    RiskDisposition,
    name="RiskDisposition",
    description="转移 TRANSFERRED_TO_POST, 降低 REDUCED, 化解 DISSOLVED",
)
strawberry.enum(Tightened, name="TightenedAttribute", description="环节 责任人员 时限")
strawberry.enum(
    ChangeMarker, name="ChangeMarker", description="新增 NEW, 变更 CHANGED, 退出 DROPPED, 未变 SAME"
)
strawberry.enum(ControlAspect, description="设计有效性 DESIGN, 执行有效性 OPERATING")
strawberry.enum(DeficiencyType, description="设计缺陷 DESIGN_DEFECT, 执行偏差 EXECUTION_DEVIATION")

__all__ = [
    "Activity", "ChangeMarker", "ControlAspect", "ControlFamily", "DeficiencyType", "DutyPower", "EntryKind", "GeneralControl",
    "RiskDisposition", "StepFunction", "Tightened",
]  # fmt: skip
