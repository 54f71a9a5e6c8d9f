"""Newcomers taken on in a period, and what they and others have."""

from collections.abc import Sequence
from datetime import date

import msgspec
from plumbline_shared.database import Connection

from case_flow.domain.settlement import Counted, SettlementPack

NEWCOMERS = """
select coalesce(m.facts ->> 'taxpayer_id', m.id) as taxpayer, s.payload::text as payload
from matter m
join lateral (select payload from matter_step where matter_id = m.id and step = $3 order by seq desc limit 1) s on true
where m.bureau_id = $1 and m.run_id is null and m.item_code = $2 and m.outcome = 'APPROVED'
  and m.closed_on >= $4 and m.closed_on < $5
"""

OTHERS = """
select m.item_code, count(distinct coalesce(m.facts ->> 'taxpayer_id', m.id))::int as taxpayers
from matter m
where m.bureau_id = $1 and m.run_id is null and m.item_code = any($2::text[]) and m.outcome = 'APPROVED'
  and m.closed_on >= $3 and m.closed_on < $4 and not coalesce(m.facts ->> 'taxpayer_id', m.id) = any($5::text[])
group by m.item_code
"""


async def counted(
    conn: Connection, bureau_id: str, period: tuple[date, date], pack: SettlementPack
) -> Counted:
    """Figures of [first, last). Whoever settled in twice is one newcomer, with what the last time says."""
    rows = await conn.fetch(NEWCOMERS, bureau_id, pack.item, pack.step, *period)
    found = {row["taxpayer"]: msgspec.json.decode(row["payload"]) for row in rows}
    newcomers = {
        code: sum(bool(one.get(rule.field)) for one in found.values()) for code, rule in pack.measures.items()
    }
    entered = (one.get(pack.records) for one in found.values())
    return Counted(
        settled=len(found),
        newcomers=newcomers,
        others=await _others(conn, bureau_id, period, pack, list(found)),
        records=sum(one for one in entered if isinstance(one, int) and not isinstance(one, bool)),
    )


async def _others(
    conn: Connection, bureau_id: str, period: tuple[date, date], pack: SettlementPack, known: Sequence[str]
) -> dict[str, int]:
    items = [item for rule in pack.measures.values() for item in rule.items]
    rows = await conn.fetch(OTHERS, bureau_id, items, *period, list(known))
    by_item = {row["item_code"]: row["taxpayers"] for row in rows}
    return {
        code: sum(by_item.get(item, 0) for item in rule.items)
        for code, rule in pack.measures.items()
        if rule.items
    }
