"""What the applicant does with receipt number and code: as the service, on their matter alone."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
from plumbline_shared.errors import PlumblineError, Unavailable
from plumbline_shared.graphql import Info, UserError
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow, execute

from case_flow.api.receipt_guard import guarded
from case_flow.domain.matter import Matter
from case_flow.storage import matter as matters
from case_flow.use_cases.receipts import code_hash

Command = TypeVar("Command", bound=msgspec.Struct)
Result = TypeVar("Result")


async def run_by_receipt(
    info: Info,
    use_case: Callable[[Uow, Command], Awaitable[Result]],
    command_on: Callable[[str], Command],
    receipt: tuple[str, str],
    key: str,
) -> tuple[Result | None, list[UserError]]:
    """Run `use_case` on the matter of `receipt` (number, code). A wrong pair and no such matter look the same.

    A key counts for its receipt: two applicants may use the same.
    """
    number, code = receipt
    runtime, who = info.context.runtime, system(number.partition("-")[0])

    async def look() -> Matter | None:
        async with runtime.db.read(who) as conn:
            return await matters.by_receipt(conn, number, code_hash(number, code))

    try:
        found = await guarded(info.context, number, look)
        if found is None:
            raise absent("matter")
        command, once = command_on(found.id), f"{number}:{key}"
        return await execute(runtime.db, runtime.clock, who, use_case, command, key=once), []
    except Unavailable:
        raise
    except PlumblineError as error:
        return None, [UserError.of(error)]
