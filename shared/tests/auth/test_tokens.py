"""Every token that must not hold, and the ones that must."""

import base64
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from plumbline_shared.auth import Claims, JwksCache, TokenVerifier, static_jwks
from plumbline_shared.clock import ManualClock
from plumbline_shared.errors import Unauthenticated

ISSUER = "https://id.example"
NOW = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
KEY = ECKey.generate_key("P-256", {"kid": "k1", "use": "sig"})


def verifier(clock: ManualClock) -> TokenVerifier:
    jwks = {"keys": [KEY.as_dict(private=False)]}
    return TokenVerifier(
        issuer=ISSUER, audience="plumbline", keys=JwksCache(static_jwks(jwks), clock), clock=clock
    )


def body(**changes: object) -> dict[str, Any]:
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": "plumbline",
        "sub": "D01.chen-gang",
        "bureau": "D01",
        "scope": "openid matters",
        "exp": int(NOW.timestamp()) + 300,
    }
    claims.update(changes)
    return {name: value for name, value in claims.items() if value is not None}


def token(claims: Mapping[str, Any] | None = None, *, key: Any = KEY, **header: object) -> str:
    head: dict[str, Any] = {"alg": "ES256", "kid": "k1", "typ": "at+jwt", **header}
    return jwt.encode(head, dict(claims or body()), key, algorithms=[str(head["alg"])])


async def test_a_good_token_gives_its_claims_twice() -> None:
    check = verifier(ManualClock(NOW))
    expected = Claims(
        "D01.chen-gang", "D01", "person", frozenset({"openid", "matters"}), NOW + timedelta(seconds=300)
    )
    good = token()
    assert await check.verify(good) == expected
    assert await check.verify(good) == expected


async def test_a_client_acting_for_itself_is_a_client() -> None:
    claims = await verifier(ManualClock(NOW)).verify(token(body(sub="hotline", client_id="hotline")))
    assert (claims.kind, claims.sub) == ("client", "hotline")


BAD_CLAIMS = {
    "foreign issuer": body(iss="https://evil.example"),
    "no issuer": body(iss=None),
    "foreign audience": body(aud="another"),
    "foreign audiences": body(aud=["another", "third"]),
    "no audience": body(aud=None),
    "no expiry": body(exp=None),
    "expired": body(exp=int(NOW.timestamp()) - 31),
    "expiry is text": body(exp="soon"),
    "expiry is infinite": body(exp=1e300),
    "not valid yet": body(nbf=int(NOW.timestamp()) + 120),
    "no subject": body(sub=None),
    "subject is a number": body(sub=7),
}


@pytest.mark.parametrize("claims", BAD_CLAIMS.values(), ids=BAD_CLAIMS.keys())
async def test_bad_claims_do_not_hold(claims: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        await verifier(ManualClock(NOW)).verify(token(claims))


async def test_a_remembered_token_still_expires() -> None:
    clock = ManualClock(NOW)
    check, good = verifier(clock), token()
    await check.verify(good)
    clock.advance(timedelta(seconds=331))
    with pytest.raises(Unauthenticated):
        await check.verify(good)


def segment(value: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(value)).rstrip(b"=").decode()


def unsigned(alg: str) -> str:
    return f"{segment({'alg': alg, 'kid': 'k1', 'typ': 'at+jwt'})}.{segment(body())}."


def confused() -> str:
    """HS256 keyed with the public key's own PEM: the classic confusion of algorithms."""
    signed = f"{segment({'alg': 'HS256', 'kid': 'k1', 'typ': 'at+jwt'})}.{segment(body())}"
    mac = hmac.digest(KEY.as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def embedded() -> str:
    """A forger's key in the header, under the kid of a key we know."""
    forger = ECKey.generate_key("P-256", {"kid": "k1"})
    return token(key=forger, jwk=forger.as_dict(private=False), jku="https://evil.example/jwks")


def tampered() -> str:
    head, _, signature = token().split(".")
    return f"{head}.{segment(body(sub='D01.huang-zhen'))}.{signature}"


FORGED = {
    "alg none": unsigned("none"),
    "alg None": unsigned("None"),
    "signature cut off": unsigned("ES256"),
    "HS256 with the public key": confused(),
    "embedded key": embedded(),
    "foreign key under a known kid": token(key=ECKey.generate_key("P-256", {"kid": "k1"})),
    "unknown kid": token(kid="k2"),
    "empty kid": token(kid=""),
    "wrong type": token(typ="plumbline+jwt"),
    "id token type": token(typ="dpop+jwt"),
    "tampered claims": tampered(),
    "empty": "",
    "words": "not a token at all",
    "not JSON": "e30x.e30.e30",
    "header is a list": f"{base64.urlsafe_b64encode(b'[1]').decode().rstrip('=')}.e30.e30",
    "huge": "a" * 9000,
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
async def test_forged_tokens_do_not_hold_and_are_never_echoed(forged: str) -> None:
    with pytest.raises(Unauthenticated) as caught:
        await verifier(ManualClock(NOW)).verify(forged)
    shown = repr(caught.value.problem()) + str(caught.value)
    assert not [part for part in forged.split(".") if len(part) > 3 and part in shown]


async def test_a_critical_extension_is_refused() -> None:
    head = {"alg": "ES256", "kid": "k1", "typ": "at+jwt", "crit": ["x"], "x": 1}
    with pytest.raises(Unauthenticated):
        await verifier(ManualClock(NOW)).verify(f"{segment(head)}.{segment(body())}.AAAA")
