"""The subgraph: what may be asked of complaints."""

from datetime import date

import strawberry
from plumbline_shared.clock import local_date
from plumbline_shared.deadline import due
from plumbline_shared.graphql import (
    Edge,
    Info,
    PageInfo,
    build_schema,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
)

from complaints.api import loaders, types
from complaints.api.enums import ComplaintState
from complaints.api.mutations import Mutation
from complaints.domain.clocks import REPORT_UP
from complaints.domain.complaint import Complaint as ComplaintRow
from complaints.storage.reports import Handed
from complaints.use_cases.receipt_status import receipt_status
from complaints.vault import vault


@strawberry.type
class ComplaintConnection:
    edges: list[Edge[types.Complaint]]
    page_info: PageInfo

    @strawberry.field
    def nodes(self) -> list[types.Complaint]:
        return [edge.node for edge in self.edges]


@strawberry.type
class Query:
    @strawberry.field(description="One complaint; null when it is not there or not yours to see.")
    async def complaint(self, info: Info, id: strawberry.ID) -> types.Complaint | None:
        return await types.Complaint.resolve_reference(info, id)

    @strawberry.field(description="Your complaints, newest first.")
    async def complaints(
        self,
        info: Info,
        state: ComplaintState | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> ComplaintConnection:
        size = page_size(first)
        position = decode_cursor(after, tuple[date, str]) if after else None
        rows = await loaders.complaints(info.context, state, position, size + 1)
        edges, page = paginate(rows, size, types.Complaint.of, _cursor)
        return ComplaintConnection(edges=edges, page_info=page)

    @strawberry.field(description="A sealed report, for those whom its routing let in.")
    async def sealed_report(self, info: Info, id: strawberry.ID) -> types.SealedReport | None:
        found = await loaders.report(info.context, id)
        return types.SealedReport.of(found) if found else None

    @strawberry.field(description="The sealed reports that your routing let you in to.")
    async def sealed_reports(self, info: Info) -> list[types.SealedReport]:
        return [types.SealedReport.of(one) for one in await loaders.reports(info.context)]

    @strawberry.field(description="Reports that were carried to you by hand.")
    async def handed_reports(self, info: Info) -> list[types.HandedReport]:
        return [await _handed(info, one) for one in await loaders.handed(info.context)]

    @strawberry.field(description="Requests for an identity that you made or may agree to.")
    async def identity_openings(self, info: Info) -> list[types.IdentityOpening]:
        return [
            types.IdentityOpening(
                id=strawberry.ID(one.id),
                report_id=strawberry.ID(one.report_id),
                requested_by=strawberry.ID(one.requested_by),
                approved_by=strawberry.ID(one.approved_by) if one.approved_by else None,
                reason=vault().unseal_own("opening-reason", one.id, one.reason).decode(),
            )
            for one in await loaders.openings(info.context)
        ]

    @strawberry.field(description="Who did what with a sealed case: for its handlers and the auditor.")
    async def sealed_log(self, info: Info, report_id: strawberry.ID) -> list[types.SealedLogLine]:
        lines = await loaders.sealed_log(info.context, report_id)
        return [
            types.SealedLogLine(actor=strawberry.ID(one.actor), action=one.action, at=one.at) for one in lines
        ]

    @strawberry.field(description="How far an intake is, for whoever holds its receipt; null for any other.")
    async def intake_status(self, info: Info, receipt_no: str) -> types.IntakeStatus | None:
        found = await receipt_status(info.context.runtime.db, receipt_no)
        if found is None:
            return None
        return types.IntakeStatus(
            state=found.state, received_on=found.received_on, promised_by=found.promised_by
        )


def _cursor(row: ComplaintRow) -> str:
    return encode_cursor(row.received_on.isoformat(), row.id)


async def _handed(info: Info, row: Handed) -> types.HandedReport:
    org = await loaders.org(info.context, row.bureau_id)
    up = due(REPORT_UP, local_date(row.received_at), org.calendar)
    return types.HandedReport(
        id=strawberry.ID(row.id), received_at=row.received_at, report_up_due_on=up.due_on
    )


schema = build_schema(Query, Mutation, types=[types.Complaint])
