"""A token bucket per principal, in points of operation cost."""

import time
from collections.abc import Callable

from plumbline_gateway.errors import RequestError
from plumbline_gateway.lru import Lru

PRINCIPALS = 10_000


class _Bucket:
    __slots__ = ("at", "points")

    def __init__(self, points: float, at: float) -> None:
        self.points = points
        self.at = at


class RateLimit:
    """`per_second` points come back each second, up to `burst`; 0 means no limit."""

    def __init__(self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._buckets: Lru[str, _Bucket] = Lru(PRINCIPALS)

    def charge(self, principal: str, cost: int) -> None:
        """Take `cost` points. Raises RequestError RATE_LIMITED, with the seconds to wait, and takes nothing."""
        if self._per_second <= 0:
            return
        now = self._clock()
        bucket = self._buckets.get(principal) or self._buckets.put(principal, _Bucket(self._burst, now))
        bucket.points = min(self._burst, bucket.points + (now - bucket.at) * self._per_second)
        bucket.at = now
        if bucket.points < min(cost, self._burst):
            wait = max(1, round((cost - bucket.points) / self._per_second + 0.5))
            message = f"too much at once: wait {wait} s, or ask for less"
            refused = RequestError.of("RATE_LIMITED", message, 429, retryAfter=wait)
            refused.headers["retry-after"] = str(wait)
            raise refused
        bucket.points -= cost
