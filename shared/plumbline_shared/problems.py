"""REST errors as RFC 9457 problem details, from the same list of codes as GraphQL."""

import logging

import orjson
from starlette.requests import Request
from starlette.responses import Response

from plumbline_shared.errors import PlumblineError
from plumbline_shared.ids import new_id

log = logging.getLogger(__name__)


def problem_response(error: PlumblineError) -> Response:
    """The error as `application/problem+json`."""
    return Response(
        orjson.dumps(error.problem()), status_code=error.status, media_type="application/problem+json"
    )


async def on_plumbline_error(request: Request, error: Exception) -> Response:
    """Starlette handler for our own errors."""
    assert isinstance(error, PlumblineError)  # noqa: S101  registered for this type only
    return problem_response(error)


async def on_unexpected(request: Request, error: Exception) -> Response:
    """Starlette handler for all others: logged under an id, masked for the caller."""
    reference = new_id("err")
    log.error("unexpected error %s", reference, exc_info=error)
    return problem_response(PlumblineError(f"something went wrong on our side; quote {reference}"))
