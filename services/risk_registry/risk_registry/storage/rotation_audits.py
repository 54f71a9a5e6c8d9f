"""Special audits that stand in for a rotation."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plumbline_shared.database import Connection


class AuditResult(StrEnum):
    """无问题 CLEAR, 发现问题 FINDINGS."""

    CLEAR = "CLEAR"
    FINDINGS = "FINDINGS"


@dataclass(frozen=True)
class RotationAudit:
    """What an audit found."""

    extension_id: str
    result: AuditResult
    finding: str
    audited_on: date
    audited_by: str
    recorded_at: datetime


RECORD = """
insert into rotation_audit (extension_id, bureau_id, result, finding, audited_on, audited_by, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning true
"""


async def add_audit(conn: Connection, bureau_id: str, made: RotationAudit) -> bool:
    """Keep what an audit found; False when there was one."""
    return bool(
        await conn.fetchval(
            RECORD, made.extension_id, bureau_id, made.result, made.finding, made.audited_on, made.audited_by,
            made.recorded_at,
        )
    )  # fmt: skip


AUDITS = """
select extension_id, result, finding, audited_on, audited_by, recorded_at from rotation_audit
where bureau_id = $1 order by recorded_at, extension_id
"""


async def audits(conn: Connection, bureau_id: str) -> dict[str, RotationAudit]:
    """Audits that the reader may see, by extension."""
    return {
        row["extension_id"]: RotationAudit(
            row["extension_id"], AuditResult(row["result"]), row["finding"], row["audited_on"], row["audited_by"],
            row["recorded_at"],
        )
        for row in await conn.fetch(AUDITS, bureau_id)
    }  # fmt: skip
