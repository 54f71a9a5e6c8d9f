"""An `ItemDefinition` back as the definition file that says it: what `parsing` reads, and nothing that is a default."""

from collections.abc import Mapping
from typing import Any

import msgspec
import yaml

from case_flow.domain.definition import ItemDefinition

_STEP_KEYS = {"roles": "role", "activities": "activity"}
_LIMIT_KEYS = {"start": "from", "until": "to"}


def yaml_of(definition: ItemDefinition) -> str:
    """The definition as YAML; reading it gives the same definition."""
    return yaml_text(content_of(definition))


def yaml_text(content: Mapping[str, Any] | list[Any]) -> str:
    """YAML with keys in their order, Chinese as it is, and no references from one place to another."""
    return yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)


def content_of(definition: ItemDefinition) -> dict[str, Any]:
    """The definition as the keys of its file."""
    content: dict[str, Any] = msgspec.to_builtins(definition)
    content["steps"] = [_step(one) for one in content["steps"]]
    if "migrates" in content:
        content["migrates"] = [_renamed(one, {"version": "from"}) for one in content["migrates"]]
    if limits := content.get("checks", {}).get("time_limit"):
        content["checks"]["time_limit"] = [_time_limit(one) for one in limits]
    return content


def _step(step: dict[str, Any]) -> dict[str, Any]:
    said = _renamed(step, _STEP_KEYS)
    if said.get("activity") == [said["code"]]:
        del said["activity"]
    if said.pop("budget_alert", False):
        said["budget"] = {"days": said["budget"], "alert": True}
    return said


def _time_limit(limit: dict[str, Any]) -> dict[str, Any]:
    said = _renamed(limit, _LIMIT_KEYS)
    return {**said, "by": "instant"} if said.pop("by_instant", False) else said


def _renamed(said: dict[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    return {keys.get(key, key): value for key, value in said.items()}


class _Plain(yaml.SafeDumper):
    """Every value written where it stands."""

    def ignore_aliases(self, data: Any) -> bool:
        """No anchors: a person reads and edits the file."""
        return True
