"""A writer and a reader made for the fault runs; `python chaos_parts.py education work` runs one for real."""

import sys
import tempfile
from pathlib import Path

import strawberry
from plumbline_contracts.education.v1 import AssignmentCompleted
from plumbline_shared.graphql import build_schema
from plumbline_shared.migrate import Migrations
from plumbline_shared.runtime import ServiceDefinition
from plumbline_shared.service import main
from plumbline_shared.use_case import Uow

APPLIED = """
create table applied (
  at bigint generated always as identity primary key,
  event_id text not null,
  aggregate_id text not null,
  version bigint not null
);
"""


@strawberry.type
class Query:
    @strawberry.field
    def ping(self) -> str:
        return "pong"


async def on_completed(uow: Uow, event: AssignmentCompleted) -> None:
    assert uow.event is not None
    await uow.conn.execute(
        "insert into applied (event_id, aggregate_id, version) values ($1, $2, $3)",
        uow.event.id,
        uow.event.aggregate_id,
        uow.event.version,
    )


def definition(name: str, migrations: Path) -> ServiceDefinition:
    """`education` writes, `performance` reads."""
    migrations.mkdir(parents=True, exist_ok=True)
    (migrations / "0001_applied.sql").write_text(APPLIED)
    subscriptions = {AssignmentCompleted: on_completed} if name == "performance" else {}
    return ServiceDefinition(name, build_schema(Query), [Migrations("chaos", migrations)], subscriptions)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(definition(sys.argv[1], Path(folder)), sys.argv[2:])
