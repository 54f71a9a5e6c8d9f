"""Everything a field shows is loaded here, as its reader: row-level security and Cedar both say yes."""

from collections.abc import Sequence
from datetime import date

from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.graphql import Context

from complaints.domain.complaint import Complaint, ComplaintState
from complaints.domain.report import Report
from complaints.policies import POLICY, complaint_resource, report_resource
from complaints.storage.complaints import find_complaints, list_complaints, read_sealed
from complaints.storage.openings import LogLine, Opening, list_openings, read_log
from complaints.storage.reports import Handed, find_report, list_handed, list_reports

MANY = 200


async def complaint(context: Context, complaint_id: str) -> Complaint | None:
    """The complaint; None when it does not exist or is not the reader's to see."""
    return await context.loader(_complaints).load(complaint_id)


async def complaints(
    context: Context, state: ComplaintState | None, after: tuple[date, str] | None, limit: int
) -> list[Complaint]:
    """The reader's complaints, newest first."""
    async with context.read() as conn:
        return _readable(context, await list_complaints(conn, state, after, limit))


async def org(context: Context, bureau_id: str) -> Org:
    """The bureau, loaded once a request."""
    return await context.loader(_orgs).load(bureau_id)


async def sealed_parts(context: Context, complaint_id: str) -> tuple[bytes, bytes | None] | None:
    """(text, contact) of a complaint as sealed."""
    async with context.read() as conn:
        return await read_sealed(conn, complaint_id)


async def report(context: Context, report_id: str) -> Report | None:
    """A sealed report for whoever the routing let in; None for all others."""
    async with context.read() as conn:
        found = await find_report(conn, report_id)
    seen = found is not None and POLICY.allows(context.principal, "read", report_resource(found))
    return found if seen else None


async def reports(context: Context) -> list[Report]:
    """The reader's sealed reports."""
    async with context.read() as conn:
        found = await list_reports(conn, MANY)
    decisions = POLICY.decide(context.principal, "read", [report_resource(one) for one in found])
    return [one for one, yes in zip(found, decisions, strict=True) if yes]


async def handed(context: Context) -> list[Handed]:
    """What was handed to the reader."""
    async with context.read() as conn:
        return await list_handed(conn, MANY)


async def openings(context: Context) -> list[Opening]:
    """Requests that the reader made or may agree to."""
    async with context.read() as conn:
        return await list_openings(conn, MANY)


async def sealed_log(context: Context, report_id: str) -> list[LogLine]:
    """Who did what with a sealed case."""
    async with context.read() as conn:
        return await read_log(conn, report_id, MANY)


def _readable(context: Context, found: Sequence[Complaint]) -> list[Complaint]:
    decisions = POLICY.decide(context.principal, "read", [complaint_resource(one) for one in found])
    return [one for one, yes in zip(found, decisions, strict=True) if yes]


async def _complaints(context: Context, ids: list[str]) -> list[Complaint | None]:
    async with context.read() as conn:
        found = await find_complaints(conn, ids)
    seen = {one.id: one for one in _readable(context, list(found.values()))}
    return [seen.get(one) for one in ids]


async def _orgs(context: Context, bureaus: list[str]) -> list[Org]:
    async with context.read() as conn:
        return [await load_org(conn, bureau) for bureau in bureaus]
