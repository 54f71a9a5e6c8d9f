"""Words of the domain as documents print them: Chinese, then English."""

from plumbline_org.grades import RiskCategory, RiskGrade

CATEGORY_WORDS = {
    RiskCategory.TAX_OPERATIONS: "业务 Tax operations",
    RiskCategory.ADMINISTRATION: "政务 Administration",
    RiskCategory.PARTY_AFFAIRS: "党务 Party affairs",
}
GRADE_WORDS = {RiskGrade.HIGH: "高 High", RiskGrade.MEDIUM: "中 Medium", RiskGrade.LOW: "低 Low"}
