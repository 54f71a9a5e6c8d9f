"""Documents over REST, for exactly those who may read them: the sealed PDF, rotations, effort against risk."""

from collections.abc import Sequence
from datetime import date

from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Context
from plumbline_shared.policy import absent
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from risk_registry.api import loaders
from risk_registry.api.allocation import picture, report
from risk_registry.api.timeline import timeline
from risk_registry.documents.editions import Edition
from risk_registry.documents.resources import handbook_resource
from risk_registry.policies import POLICY
from risk_registry.storage.handbooks import day_of_edition, edition_with_content, volume_content

LONGEST_NUMBER = 6


def routes(runtime: Runtime) -> Sequence[BaseRoute]:
    """`GET /handbooks/{id}.pdf`, with `?volume=2` a later volume; `GET /rotation.svg?unit=…&asOf=2026-04-01`, `GET /allocation.svg?from=…&to=…`."""

    async def reader(request: Request) -> Principal:
        return await runtime.caller(request.headers.get("authorization"))

    async def download(request: Request) -> Response:
        principal = await reader(request)
        number = request.query_params.get("volume", "1")
        if not (number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER):
            raise Invalid("volume is a whole number", path=("volume",))
        edition, sha256, content = await sealed(runtime, principal, request.path_params["id"], int(number))
        headers = {
            "content-disposition": f'attachment; filename="{edition.id}-{edition.as_of}-{number}.pdf"',
            "etag": f'"{sha256}"',
            "cache-control": "private, no-store",
        }
        return Response(content, media_type="application/pdf", headers=headers)

    async def rotation(request: Request) -> Response:
        context, asked = Context(runtime, await reader(request)), request.query_params
        svg = await timeline(context, asked.get("unit"), _day(asked.get("asOf"), "asOf"))
        return Response(svg, media_type="image/svg+xml", headers={"cache-control": "private, no-store"})

    async def allocation(request: Request) -> Response:
        context, asked = Context(runtime, await reader(request)), request.query_params
        start, end = _day(asked.get("from"), "from"), _day(asked.get("to"), "to")
        if start is None or end is None:
            raise Invalid("name both days, from and to", path=("from",))
        svg = await picture(context, await report(context, start, end), start, end)
        return Response(svg, media_type="image/svg+xml", headers={"cache-control": "private, no-store"})

    return [
        Route("/allocation.svg", allocation, methods=["GET"]),
        Route("/handbooks/{id}.pdf", download, methods=["GET"]),
        Route("/rotation.svg", rotation, methods=["GET"]),
    ]


def _day(given: str | None, name: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise Invalid(f"{name} is a day, as 2026-04-01", path=(name,)) from None


async def sealed(
    runtime: Runtime, principal: Principal, id_: str, number: int = 1
) -> tuple[Edition, str, bytes]:
    """The edition, and the hash and bytes of a volume. Raises Unauthenticated for nobody, NotFound for others."""
    context = Context(runtime, principal)
    bureau = loaders.bureau_of(context)
    async with runtime.db.read(system(bureau)) as conn:
        on = await day_of_edition(conn, bureau, id_)
    who = await loaders.reader_on(context, on or context.today)
    async with runtime.db.read(who) as conn:
        found = await edition_with_content(conn, bureau, id_)
        later = None if number == 1 else await volume_content(conn, bureau, id_, number)
    if found is None or (number != 1 and later is None):
        raise absent("handbook")
    about = found[0].subject
    POLICY.require(who, "read", handbook_resource(bureau, about.posts, about.units, whole=about.whole))
    return (found[0], *later) if later else (found[0], found[0].sha256, found[1])
