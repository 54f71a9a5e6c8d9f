"""Publish the rule sets that come with the package."""

from pathlib import Path

import msgspec
import yaml
from plumbline_shared.errors import Conflict
from plumbline_shared.use_case import Uow

from performance.domain.rules import RuleSet
from performance.storage import rule_sets

FOLDER = Path(__file__).parents[1] / "rule_sets"


class PublishRuleSet(msgspec.Struct, frozen=True):
    """A rule set to publish."""

    rules: RuleSet


def packaged() -> list[RuleSet]:
    """The rule sets of the package. Raises msgspec.ValidationError for a file that does not fit."""
    return [read(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.yaml"))]


def read(text: str) -> RuleSet:
    """A rule set from its YAML."""
    return msgspec.convert(yaml.safe_load(text), RuleSet)


async def publish_rule_set(uow: Uow, command: PublishRuleSet) -> str:
    """Publish a version once and return it. Raises Conflict when it was published with other rules."""
    await rule_sets.publish(uow.conn, command.rules, uow.now)
    known = await rule_sets.by_version(uow.conn, [command.rules.version])
    if known[command.rules.version] != command.rules:
        raise Conflict(
            f"{command.rules.version} was published with other rules: give the change its own version"
        )
    return command.rules.version
