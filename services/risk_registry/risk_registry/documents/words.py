"""Words of the domain as documents print them: Chinese, then English."""

from plumbline_org.grades import RiskCategory, RiskGrade

from risk_registry.domain.processes import Activity

CATEGORY_WORDS = {
    RiskCategory.TAX_OPERATIONS: "业务 Tax operations",
    RiskCategory.ADMINISTRATION: "政务 Administration",
    RiskCategory.PARTY_AFFAIRS: "党务 Party affairs",
}
ACTIVITY_WORDS = {
    Activity.LEVY: "征 Levy",
    Activity.ADMINISTER: "管 Administer",
    Activity.INSPECT: "查 Inspect",
    Activity.REDUCE: "减 Reduce",
    Activity.EXEMPT: "免 Exempt",
    Activity.PENALISE: "罚 Penalise",
}
GRADE_WORDS = {RiskGrade.HIGH: "高 High", RiskGrade.MEDIUM: "中 Medium", RiskGrade.LOW: "低 Low"}
