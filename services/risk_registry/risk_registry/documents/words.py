"""Words of the domain as documents print them: Chinese, then English."""

from collections.abc import Mapping

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
OVERSIGHT_WORDS = {
    RiskGrade.HIGH: "分管领导直接管理，主要领导会同纪检监察部门直接监控 "
    "Managed by the deputy head in charge; monitored by the head with discipline",
    RiskGrade.MEDIUM: "科、所领导直接管理，分管领导会同有关部门直接监控 "
    "Managed by the chief of the section or office; monitored by the deputy head with the departments concerned",
    RiskGrade.LOW: "科、所领导直接管理和负责 Managed and answered for by the chief of the section or office",
}
"""Who watches a point of a grade (S1-057…059); nobody watches a point that they hold."""
GRADE_WORDS = {RiskGrade.HIGH: "高 High", RiskGrade.MEDIUM: "中 Medium", RiskGrade.LOW: "低 Low"}


def named(names: Mapping[str, str], id_: str) -> str:
    """A name with what tells it from others of that name; the id where there is none."""
    name = names.get(id_, "")
    return id_ if name in ("", id_) else f"{name} ({id_.partition('.')[2] or id_})"
