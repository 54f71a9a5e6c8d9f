"""Performance on one page. Run it with `python -m performance.app all`."""

from pathlib import Path

from plumbline_org.principal import org_principal
from plumbline_org.replica import ORG_MIGRATIONS
from plumbline_shared.migrate import Migrations
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.service import ServiceDefinition, main

from performance.api.schema import schema
from performance.settings import PerformanceSettings
from performance.subscriptions import SUBSCRIPTIONS, TIMERS
from performance.use_cases.publish_rule_set import PublishRuleSet, packaged, publish_rule_set


async def startup(runtime: Runtime) -> None:
    """Publish the rule sets of the package; one that was published with other rules stops the start."""
    for rules in packaged():
        await runtime.execute(system(), publish_rule_set, PublishRuleSet(rules))


definition = ServiceDefinition(
    name="performance",
    schema=schema,
    migrations=[ORG_MIGRATIONS, Migrations("performance", Path(__file__).parents[1] / "migrations")],
    subscriptions=SUBSCRIPTIONS,
    timers=TIMERS,
    settings=PerformanceSettings,
    enrich=org_principal,
    startup=startup,
)

if __name__ == "__main__":
    main(definition)
