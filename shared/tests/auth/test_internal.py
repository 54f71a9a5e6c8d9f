"""The gateway's token opens one subgraph for one minute, and a user's token does not open it at all."""

from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey
from plumbline_shared.auth import (
    ANONYMOUS_CLAIMS,
    Authenticator,
    Claims,
    InternalTokens,
    static_jwks,
)
from plumbline_shared.clock import ManualClock
from plumbline_shared.errors import Unauthenticated

NOW = datetime(2026, 4, 1, tzinfo=UTC)
OFFICER = Claims("D01.ma-qing", "D01", "person", frozenset({"openid"}), NOW + timedelta(hours=1))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def tokens(clock: ManualClock) -> InternalTokens:
    return InternalTokens.generate(clock)


def door(tokens: InternalTokens, clock: ManualClock, service: str = "complaints") -> Authenticator:
    return Authenticator.behind_gateway(service, static_jwks(tokens.jwks()), clock)


@pytest.mark.parametrize("claims", [OFFICER, ANONYMOUS_CLAIMS, Claims("hotline", None, "client")])
async def test_the_caller_arrives_as_he_was(
    tokens: InternalTokens, clock: ManualClock, claims: Claims
) -> None:
    arrived = await door(tokens, clock).authenticate(f"Bearer {tokens.mint(claims, 'complaints')}")
    assert (arrived.sub, arrived.bureau, arrived.kind, arrived.scopes) == (
        claims.sub,
        claims.bureau,
        claims.kind,
        claims.scopes,
    )
    assert arrived.expires_at == NOW + timedelta(seconds=60)


async def test_another_subgraph_refuses_it(tokens: InternalTokens, clock: ManualClock) -> None:
    with pytest.raises(Unauthenticated):
        await door(tokens, clock, "performance").authenticate(f"Bearer {tokens.mint(OFFICER, 'complaints')}")


async def test_another_gateway_is_refused(tokens: InternalTokens, clock: ManualClock) -> None:
    stranger = InternalTokens.generate(clock).mint(OFFICER, "complaints")
    with pytest.raises(Unauthenticated):
        await door(tokens, clock).authenticate(f"Bearer {stranger}")


async def test_it_ends_after_a_minute_and_the_leeway(tokens: InternalTokens, clock: ManualClock) -> None:
    check, header = door(tokens, clock), f"Bearer {tokens.mint(OFFICER, 'complaints')}"
    clock.advance(timedelta(seconds=89))
    await check.authenticate(header)
    clock.advance(timedelta(seconds=1))
    with pytest.raises(Unauthenticated):
        await check.authenticate(header)


def test_a_token_is_reused_for_half_of_its_life(tokens: InternalTokens, clock: ManualClock) -> None:
    first = tokens.mint(OFFICER, "complaints")
    clock.advance(timedelta(seconds=29))
    assert tokens.mint(OFFICER, "complaints") == first
    clock.advance(timedelta(seconds=1))
    assert tokens.mint(OFFICER, "complaints") != first
    assert tokens.mint(OFFICER, "directory") != tokens.mint(OFFICER, "complaints")


def test_it_never_outlives_the_users_own_token(tokens: InternalTokens) -> None:
    short = Claims("D01.ma-qing", "D01", "person", frozenset(), NOW + timedelta(seconds=5))
    key = OKPKey.import_key(tokens.jwks()["keys"][0])
    exp = jwt.decode(tokens.mint(short, "x"), key, algorithms=["Ed25519"]).claims["exp"]
    assert exp == int(NOW.timestamp()) + 5


def test_the_published_key_is_the_public_half_only(tokens: InternalTokens) -> None:
    assert "d" not in tokens.jwks()["keys"][0]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "token"])
async def test_behind_the_gateway_a_request_without_its_token_is_refused(
    tokens: InternalTokens, clock: ManualClock, header: str | None
) -> None:
    with pytest.raises(Unauthenticated):
        await door(tokens, clock).authenticate(header)


async def test_alone_nobody_is_anonymous_and_the_gateways_token_is_foreign(
    tokens: InternalTokens, clock: ManualClock
) -> None:
    alone = Authenticator.alone("https://id.example", "complaints", static_jwks(tokens.jwks()), clock)
    assert await alone.authenticate(None) == ANONYMOUS_CLAIMS
    with pytest.raises(Unauthenticated):
        await alone.authenticate(f"Bearer {tokens.mint(OFFICER, 'complaints')}")


def test_a_shared_key_gives_the_same_key_id(clock: ManualClock) -> None:
    pem = OKPKey.generate_key("Ed25519").as_pem(private=True)
    one, two = InternalTokens.from_pem(pem, clock), InternalTokens.from_pem(pem, clock)
    assert one.jwks() == two.jwks()
