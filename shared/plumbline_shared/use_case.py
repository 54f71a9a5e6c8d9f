"""A use case is one verb: one function, one transaction, one effect however often it is asked for."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgspec
from google.protobuf.message import Message

from plumbline_shared import audit, outbox
from plumbline_shared.clock import Clock, local_date
from plumbline_shared.database import Connection, Database
from plumbline_shared.errors import IdempotencyMismatch
from plumbline_shared.events import EventMeta
from plumbline_shared.ids import new_id
from plumbline_shared.principal import Principal

Command = TypeVar("Command", bound=msgspec.Struct)
Result = TypeVar("Result")

CLAIM_KEY = """
insert into idempotency (bureau_id, actor, key, fingerprint, result, created_at) values ($1, $2, $3, $4, '', $5)
on conflict do nothing returning true
"""
RECALL = "select fingerprint, result from idempotency where bureau_id = $1 and actor = $2 and key = $3"
REMEMBER = "update idempotency set result = $4 where bureau_id = $1 and actor = $2 and key = $3"
SCHEDULE = """
insert into timer (id, bureau_id, kind, ref, fire_at, payload) values ($1, $2, $3, $4, $5, $6::text::jsonb)
"""
CANCEL = """
with gone as (delete from timer where ref = $1 and ($2::text is null or kind = $2) returning fire_at)
select min(fire_at) from gone
"""

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Uow:
    """The unit of work of one use case: its transaction, who acts, and the one "now".

    `timers_changed_from` is when the first of the timers fires that it scheduled or took back.
    """

    conn: Connection
    principal: Principal
    now: datetime
    event: EventMeta | None = None
    timers_changed_from: datetime = field(default=NEVER, init=False)

    @property
    def today(self) -> date:
        """The date in Asia/Shanghai."""
        return local_date(self.now)

    async def emit(
        self,
        aggregate_id: str,
        message: Message,
        *,
        bureau_id: str | None = None,
        time: datetime | None = None,
    ) -> None:
        """Publish `message` when, and only when, this transaction commits."""
        await outbox.emit(
            self.conn,
            aggregate_id,
            message,
            bureau_id=bureau_id or self.principal.bureau_id or "",
            time=time or self.now,
        )

    async def audit(
        self, action: str, object_type: str, object_id: str, detail: Mapping[str, object] | None = None
    ) -> None:
        """Add one row to the audit log in this transaction."""
        await audit.append(
            self.conn,
            actor=self.principal.actor,
            action=action,
            object_type=object_type,
            object_id=object_id,
            bureau_id=self.principal.bureau_id or "",
            at=self.now,
            detail=detail or {},
        )

    async def schedule(
        self, kind: str, ref: str, fire_at: datetime, payload: Mapping[str, object] | None = None
    ) -> None:
        """Have the timer handler `kind` run for `ref` at `fire_at`, once."""
        body = msgspec.json.encode(payload or {}).decode()
        self.timers_changed_from = min(fire_at, self.timers_changed_from)
        await self.conn.execute(SCHEDULE, new_id("tm"), self.principal.bureau_id, kind, ref, fire_at, body)

    async def cancel_timers(self, ref: str, kind: str | None = None) -> None:
        """Take back the timers of `ref` that have not fired."""
        earliest: datetime | None = await self.conn.fetchval(CANCEL, ref, kind)
        self.timers_changed_from = min(earliest or NEVER, self.timers_changed_from)


UseCase = Callable[[Uow, Command], Awaitable[Result]]


async def execute(
    db: Database,
    clock: Clock,
    principal: Principal,
    use_case: UseCase[Command, Result],
    command: Command,
    *,
    key: str | None,
) -> Result:
    """Run `use_case` in one transaction; with a `key`, at most once: a repeat gets the first answer.

    Raises IdempotencyMismatch when the key came before with another command, and whatever the use case
    refuses with; then nothing is written and the key is free again.
    """
    async with db.transaction(principal) as conn:
        uow = Uow(conn, principal, clock.now())
        if key is None:
            return await use_case(uow, command)
        return await _once(uow, use_case, command, key)


async def _once(uow: Uow, use_case: UseCase[Command, Result], command: Command, key: str) -> Result:
    who = (uow.principal.bureau_id or "", uow.principal.actor, key)
    fingerprint = _fingerprint(use_case, command)
    if not await uow.conn.fetchval(CLAIM_KEY, *who, fingerprint, uow.now):
        row = await uow.conn.fetchrow(RECALL, *who)
        if row is None or row["fingerprint"] != fingerprint:
            raise IdempotencyMismatch("this key was used for another request: send a new key")
        return msgspec.json.decode(row["result"], type=_result_type(use_case))
    result = await use_case(uow, command)
    await uow.conn.execute(REMEMBER, *who, msgspec.json.encode(result).decode())
    return result


def _fingerprint(use_case: Callable[..., object], command: msgspec.Struct) -> bytes:
    digest = hashlib.sha256(use_case.__qualname__.encode())
    digest.update(msgspec.json.encode(command))
    return digest.digest()


@cache
def _result_type(use_case: Callable[..., object]) -> Any:
    return get_type_hints(use_case)["return"]
