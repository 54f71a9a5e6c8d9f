"""Case flow as a service: `python -m case_flow.app all | serve | work | migrate | schema`."""

from pathlib import Path

from plumbline_org.replica import ORG_MIGRATIONS
from plumbline_shared.migrate import Migrations
from plumbline_shared.service import ServiceDefinition, main

from case_flow.api import inspection_downloads, log_exports
from case_flow.api.schema import schema
from case_flow.principal import case_flow_principal
from case_flow.subscriptions import SUBSCRIPTIONS, TIMERS

MIGRATIONS = Migrations("case_flow", Path(__file__).parent.parent / "migrations")

definition = ServiceDefinition(
    name="case_flow",
    schema=schema,
    migrations=[ORG_MIGRATIONS, MIGRATIONS],
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    enrich=case_flow_principal,
    routes=lambda runtime: [*log_exports.routes(runtime), *inspection_downloads.routes(runtime)],
)

if __name__ == "__main__":
    main(definition)
