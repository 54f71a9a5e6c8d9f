"""Deviations and their answers, listed like the alerts that they come from: newest first, a reader's own rows alone."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
from plumbline_shared.database import Connection
from plumbline_shared.principal import Principal

from risk_registry.domain.control_tests import DeficiencyType
from risk_registry.domain.deviations import Deviation, DeviationAnswer, DeviationFilter
from risk_registry.domain.ledger import AlertOutcome
from risk_registry.storage.ledger import seers

ADD = """
insert into deviation (alert_id, bureau_id, process, unit_ids, outcome, answerers, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
"""


async def add_deviation(conn: Connection, one: Deviation) -> None:
    """Keep a deviation, once."""
    await conn.execute(
        ADD, one.alert_id, one.bureau_id, one.process, list(one.unit_ids), one.outcome, list(one.answerers),
        one.recorded_at,
    )  # fmt: skip


ANSWER = """
insert into deviation_answer (alert_id, bureau_id, deficiency, correction, answered_by, answered_at)
values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning true
"""


async def add_answer(conn: Connection, bureau_id: str, alert_id: str, given: DeviationAnswer) -> bool:
    """Answer a deviation; False when it was answered before."""
    return bool(
        await conn.fetchval(
            ANSWER, alert_id, bureau_id, given.deficiency, given.correction, given.answered_by, given.answered_at
        )
    )  # fmt: skip


PAGE = """
with mine as (
  select one.* from unnest($1::text[]) reader
  cross join lateral (
    select s.alert_id, s.raised_at from alert_seer s
    join deviation d on d.alert_id = s.alert_id
    left join deviation_answer a on a.alert_id = s.alert_id
    where s.bureau_id = $2 and s.seer = reader and not s.open
      and ($3::text is null or d.process = $3) and ($4::text is null or $4 = any (d.unit_ids))
      and ($5::timestamptz is null or s.raised_at >= $5) and ($6::timestamptz is null or s.raised_at < $6)
      and ($7::boolean is null or $7 = (a.alert_id is not null))
      and ($8::timestamptz is null or (s.raised_at, s.alert_id) < ($8, $9))
    order by s.raised_at desc, s.alert_id desc limit $10) one
)
select alert_id from mine group by alert_id, raised_at order by raised_at desc, alert_id desc limit $10
"""


async def page(
    conn: Connection, who: Principal, wanted: DeviationFilter, after: tuple[datetime, str] | None, size: int
) -> list[Deviation]:
    """Deviations that the reader may see, by the instant of their alert, newest first, after the cursor."""
    instant, last = after or (None, None)
    rows = await conn.fetch(
        PAGE, seers(who), who.bureau_id, wanted.process, wanted.unit_id, wanted.start, wanted.end, wanted.answered,
        instant, last, size,
    )  # fmt: skip
    ids = [row["alert_id"] for row in rows]
    found = await deviations_of(conn, ids)
    return [found[one] for one in ids if one in found]


BY_ID = """
select d.*, a.deficiency, a.correction, a.answered_by, a.answered_at from deviation d
left join deviation_answer a on a.alert_id = d.alert_id
where d.alert_id = any ($1)
"""


async def deviations_of(conn: Connection, alert_ids: Sequence[str]) -> dict[str, Deviation]:
    """Those that the reader may see, by alert."""
    return {row["alert_id"]: _deviation(row) for row in await conn.fetch(BY_ID, list(alert_ids))}


def _deviation(row: asyncpg.Record) -> Deviation:
    answer = (
        DeviationAnswer(
            DeficiencyType(row["deficiency"]), row["correction"], row["answered_by"], row["answered_at"]
        )
        if row["answered_at"]
        else None
    )
    return Deviation(
        row["alert_id"], row["bureau_id"], row["process"], tuple(row["unit_ids"]), AlertOutcome(row["outcome"]),
        tuple(row["answerers"]), row["recorded_at"], answer,
    )  # fmt: skip
