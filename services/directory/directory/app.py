"""The directory on one page. Run it with `python -m directory.app all`."""

from pathlib import Path

from plumbline_org.principal import org_principal
from plumbline_org.replica import ORG_MIGRATIONS
from plumbline_shared.migrate import Migrations
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.service import ServiceDefinition, main

from directory.api.schema import schema
from directory.api.uploads import routes
from directory.settings import DirectorySettings
from directory.use_cases.import_calendar import SeedCalendar, seed_national_calendar


async def startup(runtime: Runtime) -> None:
    """Publish the national calendar once."""
    await runtime.execute(system(), seed_national_calendar, SeedCalendar())


definition = ServiceDefinition(
    name="directory",
    schema=schema,
    migrations=[ORG_MIGRATIONS, Migrations("directory", Path(__file__).parents[1] / "migrations")],
    settings=DirectorySettings,
    enrich=org_principal,
    routes=routes,
    startup=startup,
)

if __name__ == "__main__":
    main(definition)
