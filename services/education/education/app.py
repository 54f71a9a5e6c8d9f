"""Education as a service: `python -m education.app all | serve | work | migrate | schema`."""

from pathlib import Path

from plumbline_org.replica import ORG_MIGRATIONS
from plumbline_shared.migrate import Migrations
from plumbline_shared.service import ServiceDefinition, main

from education.api.schema import schema
from education.principal import education_principal
from education.subscriptions import SUBSCRIPTIONS, TIMERS

MIGRATIONS = Migrations("education", Path(__file__).parent.parent / "migrations")

definition = ServiceDefinition(
    name="education",
    schema=schema,
    migrations=[ORG_MIGRATIONS, MIGRATIONS],
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    enrich=education_principal,
)

if __name__ == "__main__":
    main(definition)
