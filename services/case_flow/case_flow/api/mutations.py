"""What mutations of one kind of object share: the id that a use case returns, and the object as the caller sees it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.use_case import Uow

Command = TypeVar("Command", bound=msgspec.Struct)
Node = TypeVar("Node")


async def done(
    info: Info,
    use_case: Callable[[Uow, Command], Awaitable[str]],
    command: Command,
    key: str,
    load: Callable[[Info, str | None], Awaitable[Node]],
) -> tuple[Node, list[UserError]]:
    """Run the use case, and load what it returned the id of."""
    made, errors = await run(info, use_case, command, key)
    return await load(info, made), errors
