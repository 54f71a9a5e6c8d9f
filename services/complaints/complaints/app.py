"""Complaints as a service: `python -m complaints.app all | serve | work | migrate | schema`."""

from pathlib import Path
from typing import cast

from plumbline_org.principal import org_principal
from plumbline_org.replica import ORG_MIGRATIONS
from plumbline_shared.migrate import Migrations
from plumbline_shared.runtime import Runtime
from plumbline_shared.service import ServiceDefinition, main

from complaints.api.hotline import routes
from complaints.api.schema import schema
from complaints.settings import ComplaintsSettings
from complaints.subscriptions import SUBSCRIPTIONS, TIMERS
from complaints.vault import open_vault


async def startup(runtime: Runtime) -> None:
    """Open the vault: without its key the service does not start."""
    open_vault(cast(ComplaintsSettings, runtime.settings))


definition = ServiceDefinition(
    name="complaints",
    schema=schema,
    migrations=[ORG_MIGRATIONS, Migrations("complaints", Path(__file__).parents[1] / "migrations")],
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    settings=ComplaintsSettings,
    enrich=org_principal,
    routes=routes,
    startup=startup,
)

if __name__ == "__main__":
    main(definition)
