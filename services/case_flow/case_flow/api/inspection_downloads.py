"""Reports of an inspection as PDF over REST, for exactly those who read its run (S1-067, S1-068)."""

from collections.abc import Sequence

from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Context
from plumbline_shared.policy import absent
from plumbline_shared.printing import Sheet, print_pdf
from plumbline_shared.runtime import Runtime
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from case_flow.api.inspections import load_runs
from case_flow.api.rest import reader
from case_flow.documents.inspection_report import file_report, run_report
from case_flow.domain.inspection import ReportKind
from case_flow.rules import INSPECTION_RULES
from case_flow.storage import inspected_file as files


def routes(runtime: Runtime) -> Sequence[BaseRoute]:
    """`GET /inspections/{id}/report.pdf?file=H-12`, or `?kind=CONCLUSION` for one of the run's four."""

    async def download(request: Request) -> Response:
        context, asked = Context(runtime, await reader(runtime, request)), request.query_params
        sheet = await sheet_of(context, request.path_params["id"], asked.get("file"), asked.get("kind"))
        headers = {"cache-control": "private, no-store", "content-disposition": "attachment"}
        return Response(await print_pdf(sheet), media_type="application/pdf", headers=headers)

    return [Route("/inspections/{id}/report.pdf", download, methods=["GET"])]


async def sheet_of(context: Context, run_id: str, unit: str | None, kind: str | None) -> Sheet:
    """The report as it is printed. Raises NotFound for a run that is not the reader's, or a report that is not in."""
    if (unit is None) == (kind is None):
        raise Invalid("ask for the report of a `file`, or for one `kind` of the run's", path=("file",))
    (run,) = await load_runs(context, [run_id])
    if run is None:
        raise absent("inspection run")
    async with context.read() as conn:
        sample, reports = await files.of_run(conn, run.id), await files.reports(conn, run.id)
        org = await load_org(conn, run.bureau_id)
        pack = await INSPECTION_RULES.on(conn, run.bureau_id, context.today)
    for one in sample:
        if one.unit == unit and (sheet := file_report(run, one, org, pack)) is not None:
            return sheet
    for report in reports:
        if report.kind == ReportKind.__members__.get(kind or ""):
            return run_report(run, report, sample, org, pack)
    raise absent("report")
