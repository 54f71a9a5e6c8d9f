"""Print a handbook and seal it by its hash (S2-011)."""

from collections.abc import Sequence
from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import Connection, identify
from plumbline_shared.errors import Invalid, Refused, Unavailable
from plumbline_shared.ids import new_id
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.documents.editions import Edition, HandbookScope, Subject, subject_of
from risk_registry.documents.resources import handbook_resource
from risk_registry.domain.register import PointFilter, PointOnDay
from risk_registry.domain.visibility import reader
from risk_registry.policies import POLICY
from risk_registry.storage.handbooks import add_edition, add_volumes, latest_edition
from risk_registry.storage.points import list_points
from risk_registry.use_cases.plan_editions import plan_next, rule_of
from risk_registry.use_cases.print_handbook import Printed, printed

MOST_POINTS = 20_000


class TooManyPoints(Refused):
    """More points than a handbook prints, in however many volumes; nothing is left out in silence."""

    code = "TOO_MANY_POINTS"


class IssueHandbook(msgspec.Struct, frozen=True):
    """The handbook of `subject` (a post, a person or the bureau) as the register says it on `as_of`."""

    scope: HandbookScope
    subject: str
    as_of: date


class HandbookIssued(msgspec.Struct, frozen=True):
    """The edition and the SHA-256 of its first volume, which names those of the others."""

    edition_id: str
    sha256: str
    points: int


async def issue_handbook(uow: Uow, command: IssueHandbook) -> HandbookIssued:
    """The same register gives the same bytes and so the same edition. Raises Invalid, NotFound, TooManyPoints, Unavailable."""
    if command.as_of > uow.today:
        raise Invalid("an edition is of today or a day before", path=("edition",))
    bureau = uow.principal.bureau_id or ""
    org = await load_org(uow.conn, bureau)
    about = subject_of(org, command.scope, command.subject, command.as_of)
    who = reader(uow.principal, org, {uow.today, command.as_of})
    POLICY.require(who, "issue", handbook_resource(bureau, about.posts, about.units, whole=about.whole))
    await identify(uow.conn, system(bureau))
    points = await _points(uow.conn, bureau, about, command.as_of)
    rule = await rule_of(uow, command.as_of)
    volumes = await printed(uow.conn, org, about, command.as_of, points, rule)
    edition = Edition(
        new_id("hb"), bureau, about, command.as_of, volumes[0].volume.sha256, len(points), uow.principal.actor,
        uow.now,
    )  # fmt: skip
    sealed = await _seal(uow.conn, edition, volumes)
    await plan_next(uow, about.scope, about.id)
    await uow.audit("issue_handbook", "Handbook", sealed.id, {"sha256": sealed.sha256})
    return HandbookIssued(sealed.id, sealed.sha256, sealed.points)


async def _points(conn: Connection, bureau: str, about: Subject, on: date) -> list[PointOnDay]:
    wanted = PointFilter(posts=None if about.whole else about.posts)
    points = await list_points(conn, bureau, on, wanted, "", MOST_POINTS + 1)
    if len(points) > MOST_POINTS:
        raise TooManyPoints(
            f"a handbook prints at most {MOST_POINTS} points: issue one for each post instead"
        )
    return points


async def _seal(conn: Connection, edition: Edition, volumes: Sequence[Printed]) -> Edition:
    """The edition as it is kept; the same bytes are the edition that is there already."""
    await add_edition(conn, edition, volumes[0].content)
    about = edition.subject
    sealed = await latest_edition(
        conn, edition.bureau_id, about.scope, about.id, edition.as_of, edition.sha256
    )
    if sealed is None:
        raise Unavailable("the edition was not kept: try again")
    if sealed.id == edition.id:
        await add_volumes(conn, edition, [(each.volume, each.content) for each in volumes[1:]])
    return sealed
