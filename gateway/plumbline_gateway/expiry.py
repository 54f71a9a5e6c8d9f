"""A subscription does not outlive the token it was opened with."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

from plumbline_gateway.errors import error
from plumbline_gateway.gateway import Answer
from plumbline_gateway.identity import Caller

FAR = 10 * 24 * 3600.0


async def until_expiry(events: AsyncGenerator[Answer, None], caller: Caller) -> AsyncGenerator[Answer, None]:
    """The events, and a last one with the reason when the caller's token expires."""
    end = asyncio.get_running_loop().time() + min(caller.seconds_left, FAR)
    async with contextlib.aclosing(events):
        while True:
            try:
                async with asyncio.timeout_at(end):
                    answer = await anext(events)
            except StopAsyncIteration:
                return
            except TimeoutError:
                message = "the token expired while the subscription was open; sign in and subscribe again"
                yield Answer(None, [error("UNAUTHENTICATED", message)])
                return
            yield answer
