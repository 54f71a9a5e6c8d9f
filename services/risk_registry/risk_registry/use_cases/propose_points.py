"""Take the points of the catalogues in use as proposals: a review must grade them before they count (S1-056)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import CataloguePoint, Entry, EntryKind
from risk_registry.domain.entries import Places
from risk_registry.domain.places import absolute
from risk_registry.domain.points import Description, Origin, Source, point_id
from risk_registry.domain.standing import PointState, Standing
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.catalogue import entries_on
from risk_registry.storage.points import add_points, add_texts, whole_register
from risk_registry.storage.standings import add_standings
from risk_registry.use_cases.examine_register import places_of


class ProposePoints(msgspec.Struct, frozen=True):
    """The points of one catalogue in use."""

    urn: str


class Proposed(msgspec.Struct, frozen=True):
    """How many are new; known codes are left as they are."""

    created: int
    known: int


async def propose_points(uow: Uow, command: ProposePoints) -> Proposed:
    """Refuses with NOT_FOUND. Doing it twice proposes nothing twice."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "import", register_resource(bureau))
    await identify(uow.conn, system(bureau))
    given = [
        each
        for each in await entries_on(uow.conn, bureau, uow.today, [EntryKind.POINT])
        if each.urn == command.urn
    ]
    known = {point.code for point in await whole_register(uow.conn, bureau, uow.today)}
    places = places_of(await load_org(uow.conn, bureau), uow.today)
    fresh = [each for each in given if each.code not in known]
    await _add(uow, bureau, places, fresh)
    await uow.audit("propose_points", "Register", bureau, {"urn": command.urn, "created": len(fresh)})
    return Proposed(len(fresh), len(given) - len(fresh))


async def _add(uow: Uow, bureau: str, places: Places, fresh: list[Entry]) -> None:
    bodies = [(each, each.body) for each in fresh if isinstance(each.body, CataloguePoint)]
    ids = [point_id(bureau, each.code) for each, _body in bodies]
    named = [(id_, each.code, Origin.PUBLISHED) for id_, (each, _body) in zip(ids, bodies, strict=True)]
    await add_points(uow.conn, bureau, named, uow.now)
    texts = [_text(places, each, body) for each, body in bodies]
    await add_texts(uow.conn, bureau, list(zip(ids, texts, strict=True)), uow.today, uow.now)
    standings = [
        Standing(PointState.PROPOSED, body.grade, uow.today, uow.now, reason=f"catalogue {each.urn}")
        for each, body in bodies
    ]
    await add_standings(uow.conn, bureau, list(zip(ids, standings, strict=True)))


def _text(places: Places, entry: Entry, body: CataloguePoint) -> Description:
    """Posts that this bureau does not have are kept as words."""
    posts = [absolute(places.bureau_id, post) for post in body.posts]
    own = tuple(post for post in posts if post in places.posts)
    return Description(
        category=body.category,
        scope=body.scope,
        title_zh=body.title_zh,
        title_en=body.title_en,
        posts=own,
        units=tuple(sorted({places.posts[post] for post in own})),
        post_named=";".join(name for name, post in zip(body.posts, posts, strict=True) if post not in own),
        process=body.process,
        step=body.step,
        cause=body.cause,
        consequence=body.consequence,
        controls=body.controls,
        traits=body.traits,
        tags=body.tags,
        focus=body.focus,
        item=body.item,
        power=body.power,
        source=Source(entry.urn, "", f"{entry.version} {entry.code}"),
    )
