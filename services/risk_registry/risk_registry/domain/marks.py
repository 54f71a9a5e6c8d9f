"""How a point is marked: four pairs of tags (两化两责两权两险, S1-086) and three focus flags (S2-013)."""

from collections.abc import Mapping
from enum import StrEnum


class Tag(StrEnum):
    """Four taxonomies of two tags; a point may carry any of them."""

    PROFESSIONAL = "PROFESSIONAL"
    TEAM = "TEAM"
    TAX_ADMINISTRATION = "TAX_ADMINISTRATION"
    TAXPAYER_COMPLIANCE = "TAXPAYER_COMPLIANCE"
    DISCRETION = "DISCRETION"
    WORK_LEAD = "WORK_LEAD"
    ENFORCEMENT = "ENFORCEMENT"
    INTEGRITY = "INTEGRITY"


class Focus(StrEnum):
    """What control starts with: a post of high risk, a key domain, a critical step."""

    POST = "POST"
    DOMAIN = "DOMAIN"
    STEP = "STEP"


TAXONOMIES: Mapping[str, tuple[Tag, Tag]] = {
    "两化": (Tag.PROFESSIONAL, Tag.TEAM),
    "两责": (Tag.TAX_ADMINISTRATION, Tag.TAXPAYER_COMPLIANCE),
    "两权": (Tag.DISCRETION, Tag.WORK_LEAD),
    "两险": (Tag.ENFORCEMENT, Tag.INTEGRITY),
}
TAG_WORDS: Mapping[Tag, tuple[str, str]] = {
    Tag.PROFESSIONAL: ("专业化", "professional work"),
    Tag.TEAM: ("团队化", "team work"),
    Tag.TAX_ADMINISTRATION: ("税收管理责任", "tax administration"),
    Tag.TAXPAYER_COMPLIANCE: ("纳税遵从责任", "taxpayer compliance"),
    Tag.DISCRETION: ("自由裁量权", "discretion"),
    Tag.WORK_LEAD: ("工作主导权", "work lead"),
    Tag.ENFORCEMENT: ("执法风险", "enforcement risk"),
    Tag.INTEGRITY: ("廉政风险", "integrity risk"),
}
FOCUS_WORDS: Mapping[Focus, tuple[str, str]] = {
    Focus.POST: ("高危岗位", "high-risk post"),
    Focus.DOMAIN: ("重点领域", "key domain"),
    Focus.STEP: ("关键环节", "critical step"),
}
