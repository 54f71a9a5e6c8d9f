"""A writer and a reader for the bench of events; `python events_parts.py performance work` runs one for real."""

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

TABLE = "create table fact (id text primary key)"
KEEP = "insert into fact (id) values ($1)"


@strawberry.type
class Query:
    @strawberry.field
    def ping(self) -> str:
        return "pong"


async def on_completed(uow: Uow, event: AssignmentCompleted) -> None:
    await uow.conn.execute(KEEP, event.assignment_id)


def definition(name: str, migrations: Path) -> ServiceDefinition:
    """`education` writes, `performance` reads."""
    migrations.mkdir(parents=True, exist_ok=True)
    (migrations / "0001_fact.sql").write_text(TABLE)
    subscriptions = {AssignmentCompleted: on_completed} if name == "performance" else {}
    return ServiceDefinition(name, build_schema(Query), [Migrations("bench", migrations)], subscriptions)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(definition(sys.argv[1], Path(folder)), sys.argv[2:])
