"""A service made for these tests: a notebook with one table, so that the library is tested as services use it."""

import pytest
import strawberry
from plumbline_shared.graphql import build_schema
from plumbline_shared.migrate import Migrations
from plumbline_shared.runtime import ServiceDefinition

NOTE = """
create table note (id text primary key, bureau_id text not null, owner text not null, body text not null);
alter table note enable row level security;
alter table note force row level security;
create policy note_read on note for select
  using (plumbline_actor() = 'system' or (bureau_id = plumbline_bureau() and owner = plumbline_person()));
create policy note_write on note for insert with check (plumbline_actor() in ('person', 'system'));
"""


@strawberry.type
class Query:
    @strawberry.field
    def ping(self) -> str:
        return "pong"


@pytest.fixture(scope="session")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> ServiceDefinition:
    """The definition of the notebook service."""
    folder = tmp_path_factory.mktemp("migrations")
    (folder / "0001_note.sql").write_text(NOTE)
    return ServiceDefinition("notebook", build_schema(Query), [Migrations("notebook", folder)])
