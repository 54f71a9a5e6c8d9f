"""Event logs of the matters that one sees: ask for one, see how far it is, fetch it over REST."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.runtime import Runtime
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import BaseRoute, Route

from case_flow.api.rest import reader
from case_flow.domain import log_export as domain
from case_flow.domain.log_export import ExportNotReady, ExportState, LogForm
from case_flow.export.written import written
from case_flow.storage import log_export as store
from case_flow.use_cases.export_log import RequestLogExport, request_log_export

MOST = 50
MEDIA = {LogForm.XES: ("application/xml", "xes"), LogForm.OCEL: ("application/json", "json")}

strawberry.enum(LogForm, description="XES (IEEE 1849-2016), or OCEL 2.0 as JSON.")
strawberry.enum(ExportState, description="FAILED: whoever asked serves in the bureau no more.")


@strawberry.type(description="事件日志导出: an event log of the matters that you see, kept for seven days.")
class LogExport:
    id: strawberry.ID
    item_code: str
    form: LogForm
    since: date | None
    until: date | None
    state: ExportState
    done: int = strawberry.field(description="Matters written so far.")
    total: int = strawberry.field(description="Matters that you saw when you asked.")
    requested_at: datetime
    ended_at: datetime | None
    download: str | None = strawberry.field(
        description="Path on this service once it is READY; your token, nobody else's."
    )

    @classmethod
    def of(cls, one: domain.LogExport) -> "LogExport":
        ready = one.state is ExportState.READY
        return cls(
            id=strawberry.ID(one.id),
            item_code=one.item_code,
            form=one.form,
            since=one.since,
            until=one.until,
            state=one.state,
            done=one.done,
            total=one.total,
            requested_at=one.requested_at,
            ended_at=one.ended_at,
            download=f"/exports/{one.id}" if ready else None,
        )


@strawberry.input
class RequestLogExportInput:
    client_mutation_id: str
    item: str
    form: LogForm
    since: date | None = strawberry.field(default=None, description="Accepted on this day or later.")
    until: date | None = strawberry.field(default=None, description="Accepted before this day.")


@strawberry.type
class LogExportPayload:
    log_export: LogExport | None
    user_errors: list[UserError]


@strawberry.type
class LogExportQuery:
    @strawberry.field(description="Your own export; null for anybody else's.")
    async def log_export(self, info: Info, id: strawberry.ID) -> LogExport | None:
        return await _own(info, id)

    @strawberry.field(description="Your own exports, the latest first; 50 at most.")
    async def log_exports(self, info: Info, after: str | None = None) -> list[LogExport]:
        async with info.context.read() as conn:
            return [LogExport.of(one) for one in await store.seen(conn, None, after, MOST)]


@strawberry.type
class LogExportMutation:
    @strawberry.mutation(description="Have an event log of an item's matters written, as you see them.")
    async def request_log_export(self, info: Info, input: RequestLogExportInput) -> LogExportPayload:
        command = RequestLogExport(input.item, input.form, input.since, input.until)
        done, errors = await run(info, request_log_export, command, input.client_mutation_id)
        return LogExportPayload(
            log_export=await _own(info, done.export_id) if done else None, user_errors=errors
        )


async def _own(info: Info, export_id: str) -> LogExport | None:
    async with info.context.read() as conn:
        found = await store.seen(conn, export_id)
    return LogExport.of(found[0]) if found else None


def routes(runtime: Runtime) -> Sequence[BaseRoute]:
    """`GET /exports/{id}`, for whoever asked for it."""

    async def download(request: Request) -> StreamingResponse:
        who = await reader(runtime, request)
        async with runtime.db.read(who) as conn:
            one = await store.get(conn, request.path_params["id"])
        if one.state is not ExportState.READY:
            raise ExportNotReady(f"this export is {one.state}: ask `logExport` how far it is")
        media, ending = MEDIA[one.form]
        name = f'attachment; filename="{one.item_code}-{one.id}.{ending}"'
        headers = {"content-disposition": name, "cache-control": "private, no-store"}
        return StreamingResponse(written(runtime.db, who, one), media_type=media, headers=headers)

    return [Route("/exports/{id}", download, methods=["GET"])]
