"""The sealed PDF over REST, for exactly those who may read the handbook."""

from collections.abc import Sequence

from plumbline_shared.errors import Unauthenticated
from plumbline_shared.graphql import Context
from plumbline_shared.policy import absent
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from risk_registry.api import loaders
from risk_registry.documents.editions import Edition
from risk_registry.documents.resources import handbook_resource
from risk_registry.policies import POLICY
from risk_registry.storage.handbooks import day_of_edition, edition_with_content


def routes(runtime: Runtime) -> Sequence[BaseRoute]:
    """`GET /handbooks/{id}.pdf`."""

    async def download(request: Request) -> Response:
        if runtime.authenticator is None:
            raise Unauthenticated(
                "this service has no token issuer set: see GATEWAY_JWKS_URL and OIDC_ISSUER"
            )
        claims = await runtime.authenticator.authenticate(request.headers.get("authorization"))
        edition, content = await sealed(runtime, await runtime.principal(claims), request.path_params["id"])
        headers = {
            "content-disposition": f'attachment; filename="{edition.id}-{edition.as_of}.pdf"',
            "etag": f'"{edition.sha256}"',
            "cache-control": "private, no-store",
        }
        return Response(content, media_type="application/pdf", headers=headers)

    return [Route("/handbooks/{id}.pdf", download, methods=["GET"])]


async def sealed(runtime: Runtime, principal: Principal, id_: str) -> tuple[Edition, bytes]:
    """The edition and its bytes. Raises Unauthenticated for nobody, NotFound for whom it is not for."""
    context = Context(runtime, principal)
    bureau = loaders.bureau_of(context)
    async with runtime.db.read(system(bureau)) as conn:
        on = await day_of_edition(conn, bureau, id_)
    who = await loaders.reader_on(context, on or context.today)
    async with runtime.db.read(who) as conn:
        found = await edition_with_content(conn, bureau, id_)
    if found is None:
        raise absent("handbook")
    about = found[0].subject
    POLICY.require(who, "read", handbook_resource(bureau, about.posts, about.units, whole=about.whole))
    return found
