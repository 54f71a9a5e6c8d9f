"""The cache of an issuer's keys under rotation, outage and abuse."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc.jwk import ECKey
from plumbline_shared.auth import JwksCache
from plumbline_shared.clock import ManualClock
from plumbline_shared.errors import Unavailable


class Issuer:
    """Counts how often it is asked, and can be away."""

    def __init__(self) -> None:
        self.kids = ["k1"]
        self.asked = 0
        self.away = False

    async def __call__(self) -> dict[str, Any]:
        self.asked += 1
        if self.away:
            raise TimeoutError
        return {
            "keys": [ECKey.generate_key("P-256", {"kid": kid}).as_dict(private=False) for kid in self.kids]
        }


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 4, 1, tzinfo=UTC))


async def test_keys_are_read_once_in_ten_minutes(clock: ManualClock) -> None:
    issuer = Issuer()
    keys = JwksCache(issuer, clock)
    for _ in range(5):
        assert await keys.key("k1") is not None
    assert issuer.asked == 1
    clock.advance(timedelta(minutes=10))
    assert await keys.key("k1") is not None
    assert issuer.asked == 2


async def test_an_unknown_kid_asks_again_at_most_every_thirty_seconds(clock: ManualClock) -> None:
    issuer = Issuer()
    keys = JwksCache(issuer, clock)
    for number in range(20):
        assert await keys.key(f"forged-{number}") is None
    assert issuer.asked == 1
    issuer.kids = ["k1", "k2"]
    clock.advance(timedelta(seconds=30))
    assert await keys.key("k2") is not None
    assert issuer.asked == 2


async def test_a_withdrawn_key_stops_to_count_after_a_refresh(clock: ManualClock) -> None:
    issuer = Issuer()
    keys = JwksCache(issuer, clock)
    await keys.key("k1")
    issuer.kids = ["k2"]
    clock.advance(timedelta(minutes=10))
    assert await keys.key("k1") is None


async def test_stale_keys_serve_for_a_day_when_the_issuer_is_away(clock: ManualClock) -> None:
    issuer = Issuer()
    keys = JwksCache(issuer, clock)
    await keys.key("k1")
    issuer.away = True
    clock.advance(timedelta(hours=23))
    assert await keys.key("k1") is not None
    clock.advance(timedelta(hours=1))
    with pytest.raises(Unavailable):
        await keys.key("k1")


async def test_without_any_keys_nobody_is_let_in(clock: ManualClock) -> None:
    issuer = Issuer()
    issuer.away = True
    keys = JwksCache(issuer, clock)
    with pytest.raises(Unavailable):
        await keys.key("k1")
    issuer.away = False
    clock.advance(timedelta(seconds=1))
    assert await keys.key("k1") is not None


async def test_encryption_and_symmetric_keys_are_not_adopted(clock: ManualClock) -> None:
    async def fetch() -> dict[str, Any]:
        public = ECKey.generate_key("P-256", {"kid": "enc"}).as_dict(private=False)
        return {"keys": [{**public, "use": "enc"}, {"kty": "oct", "kid": "oct", "k": "c2VjcmV0"}]}

    keys = JwksCache(fetch, clock)
    assert await keys.key("enc") is None
    assert await keys.key("oct") is None
