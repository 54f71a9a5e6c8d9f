"""What one step asks of the database: one read of the matter and one statement that moves it (ADR 30)."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from case_flow.storage.matter import BY_ID, MOVE
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.advance_matter import AdvanceMatter, advance_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.database import IDENTIFY, Connection, Database, identify
from plumbline_shared.principal import Principal, system
from plumbline_shared.use_case import CLAIM_KEY, REMEMBER, execute

ITEM = """
item: COUNTED
version: 1
name: {zh: 计数, en: Counted}
citation: {source: a rule}
limit: {length: 20, citation: {source: a rule}}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 2, next: work}
  - {code: work, name: {zh: 办, en: Work}, role: OFFICE_CHIEF, unit: TO-3, budget: 8, next: say}
  - {code: say, name: {zh: 定, en: Say}, role: SECTION_CHIEF, unit: POLICY, budget: 8, incompatible_with: [work], end: true}
"""
OWN = (IDENTIFY, CLAIM_KEY, BY_ID, MOVE, REMEMBER)


class Listening(Database):
    """Writes down what every transaction sends."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.pool)
        self.sent: list[str] = []

    @asynccontextmanager
    async def transaction(self, principal: Principal) -> AsyncGenerator[Connection]:
        async with self.pool.acquire() as conn, conn.transaction():
            heard: Any = Heard(conn, self.sent)
            await identify(heard, principal)
            yield heard


class Heard:
    """A connection whose statements are written down."""

    def __init__(self, conn: Connection, sent: list[str]) -> None:
        self._conn, self._sent = conn, sent

    def __getattr__(self, method: str) -> Callable[..., Awaitable[Any]]:
        async def call(sql: str, *args: Any) -> Any:
            self._sent.append(sql)
            return await getattr(self._conn, method)(sql, *args)

        return call


async def test_a_step_is_one_read_of_the_matter_and_one_statement_that_moves_it(bureau: WorkedBureau) -> None:
    await bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    listening = Listening(bureau.db)
    for turn in ("cold", "warm"):
        matter = (await bureau.do("wu-yan", accept_matter, AcceptMatter("COUNTED", "x"))).matter_id
        listening.sent.clear()
        command, who = AdvanceMatter(matter, "work"), bureau.who("sun-hao")
        await execute(listening, bureau.clock, who, advance_matter, command, key=turn)
    assert [sql for sql in listening.sent if sql in OWN] == list(OWN)
    [other] = [sql for sql in listening.sent if sql not in OWN]
    assert "org_version" in other, "beside its own a step asks only whether the directory has changed"


async def test_plans_are_generic_and_nothing_is_compiled(bureau: WorkedBureau) -> None:
    async with bureau.db.read(system("D01")) as conn:
        assert await conn.fetchval("show plan_cache_mode") == "force_generic_plan"
        assert await conn.fetchval("show jit") == "off"
