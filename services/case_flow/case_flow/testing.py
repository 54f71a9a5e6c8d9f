"""A bureau to test with: the cast of the worked scenarios at work in a real database, on one clock."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from google.protobuf import json_format
from google.protobuf.message import Message
from plumbline_contracts.common.v1 import RiskCategory, RiskGrade
from plumbline_contracts.registry import message_type_of, number
from plumbline_contracts.risk_registry.v1 import RiskPointPublished
from plumbline_org.model import Org
from plumbline_org.principal import principal_of
from plumbline_org.replica import ORG_MIGRATIONS
from plumbline_org.testing import linjiang, seed_replica
from plumbline_shared.clock import SHANGHAI, ManualClock, local_date
from plumbline_shared.database import Connection, Database
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.migrate import Migrations
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import SHARED_MIGRATIONS, EventHandler
from plumbline_shared.timers import TimerHandler, run_due
from plumbline_shared.use_case import Uow, execute

from case_flow.principal import with_reach
from case_flow.use_cases.publish_item import PublishItem, publish_item

Command = TypeVar("Command", bound=msgspec.Struct)
Result = TypeVar("Result")
Answer = TypeVar("Answer")

FOLDER = Path(__file__).parent
MIGRATIONS = (SHARED_MIGRATIONS, ORG_MIGRATIONS, Migrations("case_flow", FOLDER.parent / "migrations"))

EVENTS = "select subject, data::text as data from outbox where ($1::text is null or subject = $1) order by id"


class WorkedBureau:
    """D01 with its people, items and risk points; `at` moves the clock and fires what falls due on the way."""

    def __init__(self, db: Database, clock: ManualClock, timers: dict[str, TimerHandler]) -> None:
        self.db = db
        self.clock = clock
        self.org: Org = linjiang()
        self._timers = timers

    @staticmethod
    async def seed(db: Database) -> None:
        """Put the people of D01 into the directory's replica."""
        async with db.transaction(system("D01")) as conn:
            await seed_replica(conn, linjiang())

    async def publish(self, *items: str) -> None:
        """Publish the items that ship with the service, by file name."""
        for item in items:
            source = (FOLDER / "items" / f"{item}.yaml").read_text(encoding="utf-8")
            await self.run(system("D01"), publish_item, PublishItem(source))

    async def at(self, when: str) -> None:
        """Go to a local time such as "2026-05-01 00:00" and fire every timer up to it, each at its own instant."""
        self.clock.set(datetime.fromisoformat(when).replace(tzinfo=SHANGHAI))
        await run_due(self.db, self.clock, self._timers)

    def who(self, name: str) -> Principal:
        """A person of the cast as of today, such as "chen-gang"."""
        today = local_date(self.clock.now())
        return with_reach(principal_of(self.org, f"D01.{name}", today), self.org, today)

    async def do(
        self, name: str, use_case: Callable[[Uow, Command], Awaitable[Result]], command: Command
    ) -> Result:
        """Have a person do something."""
        return await self.run(self.who(name), use_case, command)

    async def run(
        self,
        principal: Principal,
        use_case: Callable[[Uow, Command], Awaitable[Result]],
        command: Command,
        *,
        key: str | None = None,
    ) -> Result:
        """Run a use case as anybody."""
        return await execute(self.db, self.clock, principal, use_case, command, key=key)

    async def receive(self, handler: EventHandler, event: Any) -> None:
        """Handle an event of another service now."""
        now = self.clock.now()
        async with self.db.transaction(system("D01")) as conn:
            meta = EventMeta("ev", subject_of(event), "aggregate", 1, now, "D01")
            await handler(Uow(conn, system("D01"), now, meta), event)

    async def within(self, principal: Principal, act: Callable[[Uow], Awaitable[Answer]]) -> Answer:
        """One transaction as anybody."""
        async with self.db.transaction(principal) as conn:
            return await act(Uow(conn, principal, self.clock.now()))

    async def seen(self, name: str, query: Callable[[Connection], Awaitable[Answer]]) -> Answer:
        """What a person reads, past row-level security."""
        async with self.db.read(self.who(name)) as conn:
            return await query(conn)

    async def events(self, kind: type[Message] | None = None) -> list[Any]:
        """What was published so far, in order."""
        async with self.db.read(system("D01")) as conn:
            rows = await conn.fetch(EVENTS, subject_of(kind) if kind else None)
        return [json_format.Parse(row["data"], message_type_of(row["subject"])()) for row in rows]


def point(code: str, grade: str, *, process: str = "", step: str = "", unit: str = "D01.POLICY") -> Message:
    """A published risk point of D01, in force since 2025."""
    return RiskPointPublished(
        point_id=f"D01.{code}",
        bureau_id="D01",
        code=code,
        title=code,
        unit_id=unit,
        category=_value(RiskCategory, "TAX_OPERATIONS"),
        grade=_value(RiskGrade, grade),
        effective_from=date(2025, 1, 1).isoformat(),
        process=process,
        step=step,
        process_owner_unit_id=unit,
    )


def _value(enum: Any, short: str) -> Any:
    return number(enum, short)
