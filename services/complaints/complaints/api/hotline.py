"""The hotline over REST: one intake or a batch, problem details, and what this desk takes."""

import re
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from plumbline_shared.auth import Authenticator
from plumbline_shared.errors import Invalid, PlumblineError, TooLarge, Unauthenticated
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from complaints.domain.intake import Intake, ServiceComplaint, StaffReport
from complaints.domain.regimes import REGIMES, Regime, refuse_elsewhere
from complaints.use_cases.file_intake import take_in

MAX_BODY = 1_000_000
MAX_BATCH = 100
T = TypeVar("T")


class Head(msgspec.Struct, frozen=True):
    """The part of a body that says how to read the rest."""

    regime: Regime


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One intake of a batch with its own idempotency key."""

    key: str
    intake: msgspec.Raw


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Up to 100 intakes; each stands or falls by itself."""

    intakes: list[Item]


class Hotline:
    """The endpoints. They write no address and no user agent anywhere."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._authenticator = _authenticator(runtime)

    def routes(self) -> Sequence[BaseRoute]:
        return [
            Route("/v1/services", self.services, methods=["GET"]),
            Route("/v1/intakes", self.intake, methods=["POST"]),
            Route("/v1/intakes/batch", self.batch, methods=["POST"]),
        ]

    async def services(self, request: Request) -> Response:
        """What may be brought in here, and where the rest belongs (Open311's `GET /services`)."""
        return _json(
            {
                "services": [
                    {
                        "regime": rule.regime,
                        "labelZh": rule.label_zh,
                        "labelEn": rule.label_en,
                        "taken": rule.taken,
                        "handledBy": rule.handled_by,
                        "citation": rule.citation,
                    }
                    for rule in REGIMES
                ]
            }
        )

    async def intake(self, request: Request) -> Response:
        """201 with a receipt; the same key and body give the same receipt again."""
        caller = await self._caller(request)
        key = request.headers.get("idempotency-key")
        if not key:
            raise Invalid("send an `Idempotency-Key` header: a resent intake must not count twice")
        answer = await take_in(self._runtime, caller, read_intake(await _body(request)), key)
        return _json(answer, 201)

    async def batch(self, request: Request) -> Response:
        """200 with one result an item, in order: a receipt, or a problem."""
        caller = await self._caller(request)
        batch = _decode(await _body(request), Batch)
        if not 1 <= len(batch.intakes) <= MAX_BATCH:
            raise Invalid(f"a batch has 1 to {MAX_BATCH} intakes", path=["intakes"])
        return _json({"results": [await self._one(caller, item) for item in batch.intakes]})

    async def _one(self, caller: Principal, item: Item) -> dict[str, object]:
        try:
            answer = await take_in(self._runtime, caller, read_intake(bytes(item.intake)), item.key)
        except PlumblineError as error:
            return {"key": item.key, "status": error.status, "problem": error.problem()}
        return {"key": item.key, "status": 201, "receipt": answer}

    async def _caller(self, request: Request) -> Principal:
        if self._authenticator is None:
            raise Unauthenticated("this service has no token issuer set: see OIDC_ISSUER")
        claims = await self._authenticator.authenticate(request.headers.get("authorization"))
        return await self._runtime.principal(claims)


def routes(runtime: Runtime) -> Sequence[BaseRoute]:
    """The hotline's routes."""
    return Hotline(runtime).routes()


def read_intake(body: bytes) -> Intake:
    """The intake in a JSON body. Raises OtherRegime, or Invalid that names the field and never its value."""
    regime = _decode(body, Head).regime
    refuse_elsewhere(regime)
    return _decode(body, ServiceComplaint if regime is Regime.SERVICE_COMPLAINT else StaffReport)


def _decode(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$")
        raise Invalid(_safe(reason), path=re.findall(r"[A-Za-z_]\w*|\d+", where)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Invalid("the body is not JSON in UTF-8") from None


def _safe(reason: str) -> str:
    """msgspec's reason without the value that was sent: it may be somebody's telephone number."""
    if reason.startswith("Invalid enum value"):
        return "this value is not one of the list: see GET /v1/services and the reference"
    if reason.startswith("Object contains unknown field"):
        return "there is a field too many: see the reference for the fields of this regime"
    if reason.startswith(("Object missing required field", "Expected")):
        return reason
    return "this value has the wrong form: dates are YYYY-MM-DD and have to exist"


async def _body(request: Request) -> bytes:
    """The body, refused as soon as it is over the limit."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BODY:
            raise TooLarge("a body has at most 1 MB: send attachments apart, or a smaller batch")
    return bytes(content)


def _authenticator(runtime: Runtime) -> Authenticator | None:
    """The hotline is a program outside the gateway: it brings a token of the identity provider itself."""
    settings = runtime.settings
    if settings.oidc_issuer and settings.oidc_jwks_url:
        return Authenticator.alone(
            settings.oidc_issuer, settings.oidc_audience, settings.oidc_jwks_url, anonymous=False
        )
    return runtime.authenticator


def _json(body: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(body), status_code=status, media_type="application/json")
