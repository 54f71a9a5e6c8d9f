"""What a risk point is: a standing weakness on (power × step × post), described as of a date (S1-017, S2-009)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from plumbline_org.grades import RiskCategory

from risk_registry.domain.marks import Focus, Tag

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,38}[A-Z0-9]")


class PointScope(StrEnum):
    """Shared by everyone on the post, or of one individual (S1-018)."""

    COMMON = "COMMON"
    INDIVIDUAL = "INDIVIDUAL"


class Origin(StrEnum):
    """The bureau's own register, or a list that others published and this bureau only proposes to itself."""

    REGISTER = "REGISTER"
    PUBLISHED = "PUBLISHED"


@dataclass(frozen=True)
class Source:
    """Where the point was taken from: every row of a register can be traced (S1-033)."""

    title: str
    url: str = ""
    locator: str = ""


@dataclass(frozen=True)
class Description:
    """Everything about a point except its grade; one version counts from one day until the next.

    `posts` are post ids, `units` the units of those posts, `owner_unit` the unit that owns the process. `cause` is the
    root cause; `tags` and `focus` are in the order of their enums. `item` and `power` are codes of the risk item (S2-009)
    and of the power (S2-007) that the point belongs to, in the bureau's catalogue.
    `post_named` keeps the post as a published list wrote it, when it is no post of this bureau.
    """

    category: RiskCategory
    scope: PointScope
    title_zh: str
    title_en: str = ""
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    owner_unit: str = ""
    post_named: str = ""
    process: str = ""
    step: str = ""
    cause: str = ""
    consequence: str = ""
    controls: str = ""
    source: Source = Source("")
    traits: str = ""
    tags: tuple[Tag, ...] = ()
    focus: tuple[Focus, ...] = ()
    item: str = ""
    power: str = ""


def point_id(bureau_id: str, code: str) -> str:
    """`D01.RP-RELIEF-TIME-02`: the bureau is part of the id, so no id resolves in another bureau."""
    return f"{bureau_id}.{code}"
