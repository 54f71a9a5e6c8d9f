"""The four regimes (requirements §6.4) and plain enquiries: who takes what, and where the rest belongs."""

from dataclasses import dataclass
from enum import StrEnum

from plumbline_shared.errors import Refused


class Regime(StrEnum):
    """What kind of intake something is. Each regime has its own store, clocks and secrecy."""

    SERVICE_COMPLAINT = "SERVICE_COMPLAINT"
    PETITION = "PETITION"
    STAFF_REPORT = "STAFF_REPORT"
    TAX_VIOLATION_REPORT = "TAX_VIOLATION_REPORT"
    ENQUIRY = "ENQUIRY"


@dataclass(frozen=True)
class RegimeRule:
    """Who handles a regime by which norm; `taken` when this service does."""

    regime: Regime
    label_zh: str
    label_en: str
    handled_by: str
    citation: str
    taken: bool = False


REGIMES = (
    RegimeRule(
        Regime.SERVICE_COMPLAINT,
        "纳税服务投诉",
        "Complaint about tax service",
        "纳税服务部门 / the tax-service department",
        "纳税服务投诉管理办法 (公告2019年第27号)",
        taken=True,
    ),
    RegimeRule(
        Regime.STAFF_REPORT,
        "检举控告（干部）",
        "Report about a member of staff",
        "纪检监察部门 / discipline inspection",
        "纪检监察机关处理检举控告工作规则 (2020)",
        taken=True,
    ),
    RegimeRule(
        Regime.PETITION,
        "信访",
        "Petition",
        "办公室 / the General Office's petition desk",
        "信访工作条例 (2022)",
    ),
    RegimeRule(
        Regime.TAX_VIOLATION_REPORT,
        "税收违法行为检举",
        "Report of a taxpayer's violation",
        "稽查局举报中心 / the audit bureau's report centre",
        "税收违法行为检举管理办法 (令49号)",
    ),
    RegimeRule(
        Regime.ENQUIRY, "咨询", "Enquiry", "12366 咨询台 / the 12366 information desk", "12366 服务规范"
    ),
)
"""Version 2026-05; statuses of the norms as in requirements §6.4."""


class OtherRegime(Refused):
    """This belongs to another desk; nothing was stored."""

    code = "OTHER_REGIME"


def refuse_elsewhere(regime: Regime) -> None:
    """Raises OtherRegime, which says where to go, for a regime that this service does not take."""
    rule = next(rule for rule in REGIMES if rule.regime is regime)
    if not rule.taken:
        raise OtherRegime(
            f"nothing was stored: {rule.label_zh} / {rule.label_en} is taken by {rule.handled_by}",
            path=["regime"],
            handledBy=rule.handled_by,
            citation=rule.citation,
        )
