"""Print a handbook and seal it by its hash (S2-011)."""

import hashlib
from collections.abc import Sequence
from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import start_of_day
from plumbline_shared.database import Connection, identify
from plumbline_shared.errors import Invalid, Refused, Unavailable
from plumbline_shared.ids import new_id
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.documents.book import Diagram, book_of
from risk_registry.documents.diagram import dot_of, height_of
from risk_registry.documents.editions import Edition, HandbookScope, Subject, subject_of
from risk_registry.documents.jobs import Job
from risk_registry.documents.resources import handbook_resource
from risk_registry.documents.workshop import workshop
from risk_registry.domain.register import PointFilter, PointOnDay
from risk_registry.domain.visibility import reader
from risk_registry.policies import POLICY
from risk_registry.storage.display import display_on
from risk_registry.storage.handbooks import add_edition, latest_edition
from risk_registry.storage.points import list_points
from risk_registry.storage.processes import versions_on

MOST_POINTS = 5000


class TooManyPoints(Refused):
    """More points than one edition prints; nothing is left out in silence."""

    code = "TOO_MANY_POINTS"


class IssueHandbook(msgspec.Struct, frozen=True):
    """The handbook of `subject` (a post, a person or the bureau) as the register says it on `as_of`."""

    scope: HandbookScope
    subject: str
    as_of: date


class HandbookIssued(msgspec.Struct, frozen=True):
    """The edition and the SHA-256 of its PDF."""

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
    points, content = await _printed(uow.conn, bureau, about, command.as_of)
    sha256 = hashlib.sha256(content).hexdigest()
    edition = Edition(
        new_id("hb"), bureau, about, command.as_of, sha256, len(points), uow.principal.actor, uow.now
    )
    await add_edition(uow.conn, edition, content)
    sealed = await latest_edition(uow.conn, bureau, about.scope, about.id, command.as_of, sha256)
    if sealed is None:
        raise Unavailable("the edition was not kept: try again")
    await uow.audit("issue_handbook", "Handbook", sealed.id, {"sha256": sha256})
    return HandbookIssued(sealed.id, sealed.sha256, sealed.points)


async def _printed(
    conn: Connection, bureau: str, about: Subject, on: date
) -> tuple[Sequence[PointOnDay], bytes]:
    wanted = PointFilter(posts=None if about.whole else about.posts)
    points = await list_points(conn, bureau, on, wanted, "", MOST_POINTS + 1)
    if len(points) > MOST_POINTS:
        raise TooManyPoints(
            f"an edition prints at most {MOST_POINTS} points: issue one for each post instead"
        )
    shown = await display_on(conn, bureau, on)
    flows = await versions_on(conn, bureau, on)
    diagrams = [
        Diagram(each.graph.title_zh, svg.decode(), height_of(each.graph))
        for each in flows
        if about.whole or any(step.post in about.posts for step in each.graph.steps)
        for svg in [await workshop().do(Job("diagram", dot_of(each.process, each.graph, points, shown)))]
    ]
    book = book_of(about.name, on, points, shown, diagrams)
    instant = int(start_of_day(on).timestamp())
    return points, await workshop().do(Job("pdf", book, instant))
