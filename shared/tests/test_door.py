"""Who comes by REST brings a token of the identity provider; the gateway's is for GraphQL."""

from datetime import UTC, datetime

import pytest
from plumbline_shared.auth import Claims
from plumbline_shared.clock import ManualClock
from plumbline_shared.errors import Unauthenticated
from plumbline_shared.runtime import Runtime

PERSON = Claims("D01.lin-jie", "D01", "person")


class Known:
    """Lets in whoever names this door."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def authenticate(self, header: str | None) -> Claims:
        if header != self.name:
            raise Unauthenticated("not this one")
        return PERSON


class Plain(Runtime):
    """A runtime whose principals are their claims."""

    async def principal(self, claims: Claims) -> Claims:  # pyright: ignore[reportIncompatibleMethodOverride]
        return claims


def runtime(**doors: Known) -> Plain:
    return Plain(None, None, None, ManualClock(datetime(2026, 4, 1, tzinfo=UTC)), **doors)  # pyright: ignore[reportArgumentType]


async def test_the_door_is_asked_before_the_gateways_authenticator() -> None:
    both = runtime(authenticator=Known("gateway"), door=Known("issuer"))
    assert await both.caller("issuer") == PERSON
    with pytest.raises(Unauthenticated):
        await both.caller("gateway")


async def test_a_service_alone_has_one_door_and_without_any_nobody_comes_in() -> None:
    assert await runtime(authenticator=Known("own")).caller("own") == PERSON
    with pytest.raises(Unauthenticated):
        await runtime().caller("own")
