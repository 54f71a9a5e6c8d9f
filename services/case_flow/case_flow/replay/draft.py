"""A first definition from a log: its activities as steps, in the order in which they first occur."""

from pathlib import Path

import yaml

from case_flow.replay.xes import read_parts


def draft(log: Path, item: str) -> str:
    """YAML for `item`, in which only source and checks are left to name. Raises LogRefused."""
    activities: dict[str, None] = {}
    for part in read_parts(log):
        activities.update(dict.fromkeys(event.activity for event in part.events))
    steps = [{"code": f"S{number:02}", "activity": name} for number, name in enumerate(activities, start=1)]
    head = {
        "item": item,
        "version": 1,
        "name": {"zh": item, "en": item},
        "order": "FREE",
        "citation": {"source": f"event log {log.name}"},
    }
    return _dump(head) + _dump({"steps": steps}) + _dump({"checks": {"same_person": []}})


def _dump(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)
