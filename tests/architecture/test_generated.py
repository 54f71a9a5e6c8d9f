import pytest
from architecture_files import ROOT, SERVICES
from plumbline_local.schemas import migrated_sql, sdl
from plumbline_shared.testing.databases import TemplateDatabases

HINT = "run `make schemas`"


@pytest.mark.parametrize("service", SERVICES)
def test_schema_graphql_is_current(service: str) -> None:
    committed = (ROOT / "services" / service / "schema.graphql").read_text(encoding="utf-8")
    assert committed == sdl(service), HINT


@pytest.mark.parametrize("service", SERVICES)
async def test_schema_sql_is_current(service: str, templates: TemplateDatabases) -> None:
    committed = (ROOT / "services" / service / "schema.sql").read_text(encoding="utf-8")
    assert committed == await migrated_sql(templates, service), HINT
