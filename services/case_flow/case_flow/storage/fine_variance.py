"""Decided fines of a period, as the comparison of officers reads them."""

from datetime import date

from plumbline_shared.database import Connection

from case_flow.domain.fine_variance import Fine

DECIDED = """
select d.signers, p.violation_point, p.amount_fen, p.min_fen, p.max_fen, p.departed
from decision_document d
join penalty_assessment p on p.matter_id = d.matter_id
where d.bureau_id = $1
  and d.issued_at >= ($2::date::timestamp at time zone 'Asia/Shanghai')
  and d.issued_at < ($3::date::timestamp at time zone 'Asia/Shanghai')
  and not exists (select from penalty_act a where a.matter_id = d.matter_id and a.act = 'OVERTURNED')
"""


async def decided(conn: Connection, bureau_id: str, period: tuple[date, date]) -> list[Fine]:
    """Fines decided since the first day and before the second; not those set aside since."""
    return [
        Fine(
            tuple(row["signers"]),
            row["violation_point"],
            row["amount_fen"],
            row["min_fen"],
            row["max_fen"],
            row["departed"],
        )
        for row in await conn.fetch(DECIDED, bureau_id, *period)
    ]
