"""The reform ledger, and the ways matters really went."""

from datetime import date

from plumbline_shared.database import Connection

from case_flow.domain.reform import Reform, Walked
from case_flow.storage import item as items

REFORMS = """
select after.content_hash as after, before.content_hash as before, after.effective_from, process.number
from item_version after
cross join lateral (
  select content_hash from item_version before
  where before.bureau_id = after.bureau_id and before.item_code = after.item_code and before.version < after.version
  order by before.version desc limit 1
) before
left join process_version process
  on process.bureau_id = after.bureau_id and process.process = after.definition ->> 'process'
  and process.effective_from = after.effective_from
where after.bureau_id = $1 and after.effective_from between $2 and $3
order by after.effective_from, after.item_code, after.version
"""


async def reforms(conn: Connection, bureau_id: str, first: date, last: date) -> list[Reform]:
    """The versions that replaced another on a day of the period, with the register's version of that day, if any."""
    return [
        Reform(
            before=(await items.get(conn, bureau_id, row["before"])).definition,
            after=(await items.get(conn, bureau_id, row["after"])).definition,
            effective_from=row["effective_from"],
            process_number=row["number"],
        )
        for row in await conn.fetch(REFORMS, bureau_id, first, last)
    ]


WALKED = """
select accepted_on, closed_on, count(*) as matters, sum(visits)::bigint as visits, sum(hand_overs)::bigint as hand_overs
from (
  select m.accepted_on, m.closed_on,
         count(*) filter (where s.step = any($6::text[]) and (s.seq > 1 or r.looks = 0))
           + r.looks + (r.looks > 0 and m.accepted_on > r.last_on)::int as visits,
         count(*) filter (where s.before is not null and s.before <> s.signers) as hand_overs
  from matter m
  cross join lateral (
    select seq, step, signers, lag(signers) over (order by seq) as before from matter_step where matter_id = m.id
  ) s
  cross join lateral (
    select count(*) as looks, max(c.local_on) as last_on
    from pre_review p join pre_review_check c on c.pre_review_id = p.id where p.matter_id = m.id
  ) r
  where m.bureau_id = $1 and m.item_code = $2 and m.item_version = $3 and m.run_id is null
    and m.closed_on between $4 and $5
  group by m.id, r.looks, r.last_on
) each_matter
group by accepted_on, closed_on
"""


async def walked(
    conn: Connection,
    bureau_id: str,
    item: str,
    version: int,
    period: tuple[date, date],
    visits: tuple[str, ...],
) -> list[Walked]:
    """Matters on a version closed on a day of the period, by first and last day; `visits` names steps with a visit.

    Counted as `matter_path.visits_of` does.
    """
    rows = await conn.fetch(WALKED, bureau_id, item, version, *period, list(visits))
    return [Walked(**dict(row)) for row in rows]
