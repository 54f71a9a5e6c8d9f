"""An issuer's public keys: cached, refetched with restraint, served stale when the issuer is away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import orjson
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from plumbline_shared.clock import Clock, SystemClock
from plumbline_shared.errors import Unavailable

Jwks = Mapping[str, Any]
Fetch = Callable[[], Awaitable[Jwks]]

FRESH = timedelta(minutes=10)
STALE = timedelta(hours=24)
RETRY = timedelta(seconds=30)
FIRST_RETRY = timedelta(seconds=1)  # without any key everybody waits, so the issuer is asked again soon
TIMEOUT = aiohttp.ClientTimeout(total=5)

log = logging.getLogger(__name__)


def http_jwks(url: str) -> Fetch:
    """Fetch a JWKS document; the address is configuration, never something a token names."""

    async def fetch() -> Jwks:
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            session.get(url, allow_redirects=False) as response,
        ):
            response.raise_for_status()
            return orjson.loads(await response.read())

    return fetch


def static_jwks(jwks: Jwks) -> Fetch:
    """Keys that are configuration themselves."""

    async def fetch() -> Jwks:
        return jwks

    return fetch


class JwksCache:
    """Keys by `kid`: fresh for 10 minutes, asked again for an unknown kid every 30 s at most, stale for 24 h."""

    def __init__(self, fetch: Fetch, clock: Clock | None = None) -> None:
        self._fetch = fetch
        self._clock = clock or SystemClock()
        self._keys: dict[str, Key] = {}
        self._fetched_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._lock = asyncio.Lock()
        self.generation = 0

    async def key(self, kid: str) -> Key | None:
        """The key of that id, or None if the issuer does not have it. Raises Unavailable without any keys."""
        if self.fresh and kid in self._keys:
            return self._keys[kid]
        await self._refresh(kid)
        if not self._within(self._fetched_at, STALE):
            raise Unavailable("the identity provider's keys cannot be read; repeat in half a minute")
        return self._keys.get(kid)

    @property
    def fresh(self) -> bool:
        """Whether the keys were read within ten minutes."""
        return self._within(self._fetched_at, FRESH)

    def _within(self, since: datetime | None, span: timedelta) -> bool:
        return since is not None and timedelta(0) <= self._clock.now() - since < span

    async def _refresh(self, kid: str) -> None:
        async with self._lock:
            pause = RETRY if self._fetched_at else FIRST_RETRY
            if (self.fresh and kid in self._keys) or self._within(self._tried_at, pause):
                return
            self._tried_at = self._clock.now()
            try:
                self._adopt(await self._fetch())
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError) as error:
                log.warning("jwks refresh failed: %s", type(error).__name__)

    def _adopt(self, jwks: Jwks) -> None:
        self._keys = {str(k["kid"]): key for k in jwks["keys"] if k.get("kid") and (key := _signing_key(k))}
        self._fetched_at = self._clock.now()
        self.generation += 1


def _signing_key(jwk: Mapping[str, Any]) -> Key | None:
    """The key, or None for one we do not know or that is not for signatures: others in the set still serve."""
    if jwk.get("use", "sig") != "sig" or jwk.get("kty") not in ("RSA", "EC", "OKP"):
        return None
    try:
        return JWKRegistry.import_key(dict(jwk))
    except (JoseError, ValueError):
        return None
