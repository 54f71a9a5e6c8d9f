"""Tests of controls: each a row that stays."""

from plumbline_shared.database import Connection

from risk_registry.domain.control_tests import ControlAspect, ControlTest, DeficiencyType

ADD_TEST = """
insert into control_test (id, bureau_id, control, aspect, effective, deficiency, evidence, tested_by, tested_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def add_test(conn: Connection, bureau_id: str, given: ControlTest) -> None:
    """Keep a test."""
    await conn.execute(
        ADD_TEST, given.id, bureau_id, given.control, given.aspect, given.deficiency is None,
        given.deficiency or "", given.evidence, given.tested_by, given.tested_at,
    )  # fmt: skip


CONTROL_TESTS = """
select id, control, aspect, deficiency, evidence, tested_by, tested_at from control_test
where bureau_id = $1 and ($2::text is null or control = $2) order by tested_at, id
"""


async def control_tests(conn: Connection, bureau_id: str, control: str | None = None) -> list[ControlTest]:
    """Every test that the reader may see, oldest first."""
    return [
        ControlTest(
            id=row["id"],
            control=row["control"],
            aspect=ControlAspect(row["aspect"]),
            deficiency=DeficiencyType(row["deficiency"]) if row["deficiency"] else None,
            evidence=row["evidence"],
            tested_by=row["tested_by"],
            tested_at=row["tested_at"],
        )
        for row in await conn.fetch(CONTROL_TESTS, bureau_id, control)
    ]
