"""A weakness that somebody sees enters the register as a proposed point, which a review must grade (S1-056)."""

from collections.abc import Sequence

import msgspec
from plumbline_org.grades import RiskCategory
from plumbline_org.model import Org
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from risk_registry.domain.points import Description, Origin, PointScope, Source, point_id
from risk_registry.domain.standing import PointState, Standing
from risk_registry.domain.wording import checked
from risk_registry.storage.points import add_points, add_texts
from risk_registry.storage.standings import add_standings


class CheckItem(msgspec.Struct, frozen=True):
    """A risk that an officer sees on a post: step, weakness, cause (对照职责、梳理职权、找准风险, S1-047)."""

    title: str
    process: str
    step: str
    cause: str
    scope: PointScope = PointScope.COMMON
    category: RiskCategory = RiskCategory.TAX_OPERATIONS
    power: str = ""


def check_item(item: CheckItem, *path: str | int) -> None:
    """Raises Invalid at `path` where a part of it is empty or too long."""
    for field in ("title", "process", "step", "cause"):
        if not checked(getattr(item, field), field, 300).strip():
            raise Invalid("fill this in", path=(*path, field))


def new_code() -> str:
    """The code of a point that is not yet in the register."""
    return "RP-" + new_id("sc").upper().replace("_", "-")


def text_of(org: Org, post: str, item: CheckItem, source: str) -> Description:
    """What the point says; `source` is how it was found."""
    return Description(
        category=item.category,
        scope=item.scope,
        title_zh=item.title.strip(),
        posts=(post,),
        units=(org.posts[post].unit_id,),
        process=item.process.strip(),
        step=item.step.strip(),
        cause=item.cause.strip(),
        source=Source(source),
        power=item.power,
    )


async def enter_proposed(
    uow: Uow, bureau: str, texts: Sequence[tuple[str, Description]], reason: str
) -> None:
    """Keep `(code, text)` of each from today, as the service: it counts in no total until it is graded."""
    named = [(point_id(bureau, code), code, Origin.REGISTER) for code, _text in texts]
    await add_points(uow.conn, bureau, named, uow.now)
    said = [(point_id(bureau, code), text) for code, text in texts]
    await add_texts(uow.conn, bureau, said, uow.today, uow.now)
    standing = Standing(PointState.PROPOSED, None, uow.today, uow.now, reason=reason)
    await add_standings(uow.conn, bureau, [(point, standing) for point, _text in said])
