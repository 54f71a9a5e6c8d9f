"""Points read by topic or as a dossier: rows visible under row-level security are the rows that Cedar allows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.policy import VisibleRows, principals
from risk_registry.domain.points import point_id
from risk_registry.domain.topics import dossier_of, topics_of
from risk_registry.policies import POLICY
from risk_registry.testing import description, put_point

POST = "D01.POLICY.officer"
PROCESSES = ["RELIEF-APPROVAL", "RELIEF", "RELIEFS-X", "CANCEL-CLEARANCE-2", "税务登记", ""]
SCOPES = [
    *(scope for each in PROCESSES for scope in topics_of(each)),
    *(dossier_of(f"D01.RP-{n}") for n in (1, 2)),
    "x",
]
WHO = principals(
    people=["D01.a"], roles=["REVIEWER", "PANEL_MEMBER", "LEGAL_OFFICER", "SECTION_CHIEF"], units=["D01.POLICY"],
    posts=[POST], scopes=SCOPES, bureaus=("D01", "D01", "D02"),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A point on POLICY's post or on that of another unit."""

    number: int
    process: str
    post: str


ROWS = st.lists(
    st.builds(Row, st.integers(1, 19), st.sampled_from(PROCESSES), st.sampled_from([POST, "D01.TO-2.officer"])),
    max_size=6, unique_by=lambda row: row.number,
)  # fmt: skip


async def insert(conn: Connection, row: Row) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    text = description([row.post], process=row.process)
    await put_point(conn, f"RP-{row.number}", RiskGrade.LOW, text, date(2026, 1, 1), at)


def resource(row: Row) -> Resource:
    id_ = point_id("D01", f"RP-{row.number}")
    attrs = {
        "bureau": "D01", "units": [row.post.rpartition(".")[0]], "posts": [row.post], "owner": None,
        "topics": topics_of(row.process), "dossier": dossier_of(id_),
    }  # fmt: skip
    return Resource("RiskPoint", id_, attrs)


READ = VisibleRows(POLICY, "read", "select point_id from risk_point_description", insert, resource)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=WHO, rows=ROWS)
async def test_points_by_topic_and_dossier(runtime: Runtime, who: Principal, rows: list[Row]) -> None:
    await READ.hold(runtime.db, who, rows, author=system("D01"))
