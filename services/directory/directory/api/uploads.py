"""The import over REST: the file as the body, so that `curl --data-binary` is enough."""

from collections.abc import Sequence

import msgspec
from plumbline_shared.errors import Invalid, TooLarge
from plumbline_shared.runtime import Runtime
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from directory.domain.workbook import MAX_FILE
from directory.use_cases.import_directory import ImportDirectory, import_directory


def routes(runtime: Runtime) -> Sequence[BaseRoute]:
    """`POST /imports`."""

    async def upload(request: Request) -> Response:
        caller = await runtime.caller(request.headers.get("authorization"))
        key = request.headers.get("idempotency-key")
        if not key:
            raise Invalid("send an `Idempotency-Key` header: the same key repeats, it never imports twice")
        command = ImportDirectory(await _body(request), request.query_params.get("dryRun") == "true")
        report = await runtime.execute(caller, import_directory, command, key=key)
        return Response(
            msgspec.json.encode(report),
            status_code=422 if report.problems else 200,
            media_type="application/json",
        )

    return [Route("/imports", upload, methods=["POST"])]


async def _body(request: Request) -> bytes:
    """The body, refused as soon as it is over the limit."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_FILE:
            raise TooLarge("the file is over 10 MB: split it by bureau")
    return bytes(content)
