"""The risk registry as a service: `python -m risk_registry.app all | serve | work | migrate | schema`."""

from pathlib import Path

from plumbline_org.principal import org_principal
from plumbline_org.replica import ORG_MIGRATIONS
from plumbline_shared.migrate import Migrations
from plumbline_shared.service import ServiceDefinition, main

from risk_registry.api import downloads
from risk_registry.api.schema import schema
from risk_registry.compaction import compact_forever
from risk_registry.pooling import pool_forever
from risk_registry.subscriptions import SUBSCRIPTIONS, TIMERS

MIGRATIONS = Migrations("risk_registry", Path(__file__).parent.parent / "migrations")

definition = ServiceDefinition(
    name="risk_registry",
    schema=schema,
    migrations=[ORG_MIGRATIONS, MIGRATIONS],
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    enrich=org_principal,
    routes=downloads.routes,
    workers=[compact_forever, pool_forever],
)

if __name__ == "__main__":
    main(definition)
