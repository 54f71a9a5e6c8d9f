"""Batched, authorized reads: one bureau as of one day for every key, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from plumbline_org.model import Org
from plumbline_shared.graphql import Context

from directory.domain.parts import PublishedCalendar
from directory.permissions import POLICY, bureau_resource
from directory.storage import records
from directory.storage.lines import BureauLine, lines_of
from directory.storage.snapshots import org_as_of

BureauOn: TypeAlias = tuple[str, date]


@dataclass(frozen=True)
class Sight:
    """A bureau as the viewer may see it on a day; `detail` opens status, roles and history of its persons."""

    org: Org
    on: date
    detail: bool


async def load_sights(context: Context, keys: list[BureauOn]) -> Sequence[Sight | None]:
    """The bureaus the viewer may see, in the order of the keys. Decided here for every way in."""
    async with context.read() as conn:
        lines = await lines_of(conn, {bureau for bureau, _on in keys})
        orgs = [await org_as_of(conn, bureau, on) for bureau, on in keys]
    return [
        _sight(context, org, on, lines[bureau]) if org else None
        for (bureau, on), org in zip(keys, orgs, strict=True)
    ]


def _sight(context: Context, org: Org, on: date, line: BureauLine) -> Sight | None:
    resource = bureau_resource(org.bureau.id, line)
    if not POLICY.allows(context.principal, "read", resource):
        return None
    return Sight(org, on, POLICY.allows(context.principal, "readDetail", resource))


async def load_calendar(context: Context, bureau_id: str) -> PublishedCalendar | None:
    """The newest calendar published for a bureau (empty: the national one), if the viewer may see it."""
    async with context.read() as conn:
        known = await records.latest(conn, [bureau_id])
    return next(iter(known.calendars.values()), None)
