"""The applicant's door: a receipt number with its code, and few tries at a code (S1-045)."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from plumbline_shared.errors import Refused
from plumbline_shared.graphql import Context
from plumbline_shared.principal import system

from case_flow.storage import receipt_guess

Found = TypeVar("Found")
TRIES, WITHIN = 10, timedelta(hours=1)
NUMBER = re.compile(r"[A-Z0-9]{1,12}-\d{8}-[0-9A-Z]{6}")


class TooManyTries(Refused):
    """So many codes did not fit that no more are looked at for a while."""

    code = "TOO_MANY_ATTEMPTS"


async def guarded(
    context: Context, receipt_no: str, look: Callable[[], Awaitable[Found | None]]
) -> Found | None:
    """What `look` finds by number and code; None when they do not fit, or the number is none.

    Raises TooManyTries after ten wrong codes for a number within an hour, whether there is such a number or not.
    """
    if not NUMBER.fullmatch(receipt_no):
        return None
    bureau, since = receipt_no.partition("-")[0], context.now - WITHIN
    async with context.runtime.db.read(system(bureau)) as conn:
        tried = await receipt_guess.count(conn, receipt_no, since)
    if tried >= TRIES:
        raise TooManyTries(
            "ten wrong codes for this number within the hour: wait, or ask at the service hall"
        )
    found = await look()
    if found is None:
        async with context.runtime.db.transaction(system(bureau)) as conn:
            await receipt_guess.note(conn, bureau, receipt_no, context.now, since)
    return found
