"""评级标准: what each value of likelihood and severity means, in words that a voter reads (S1-053…055)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plumbline_shared.errors import Invalid

from risk_registry.domain.grading import SCALE


class Factor(StrEnum):
    """发生频率 LIKELIHOOD, 后果严重程度 SEVERITY."""

    LIKELIHOOD = "LIKELIHOOD"
    SEVERITY = "SEVERITY"


@dataclass(frozen=True)
class Anchor:
    """The meaning of one value, 1–5, of a factor, and where the words come from."""

    factor: Factor
    value: int
    word_zh: str
    word_en: str
    citation: str


def check_anchors(anchors: Sequence[Anchor]) -> None:
    """Raise Invalid unless every value of both factors has its words and source exactly once."""
    wanted = {(factor, value) for factor in Factor for value in SCALE}
    named = [(each.factor, each.value) for each in anchors]
    if set(named) != wanted or len(named) != len(wanted):
        raise Invalid("words for each value 1 to 5 of likelihood and of severity, once", path=("anchors",))
    for number, each in enumerate(anchors):
        if not (each.word_zh.strip() and each.word_en.strip() and each.citation.strip()):
            raise Invalid("wordZh, wordEn and citation are not empty", path=("anchors", number))
