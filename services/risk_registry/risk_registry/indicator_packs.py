"""The indicators that ship as data, and the regulations whose clauses they cite."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from risk_registry.domain.catalogue import Catalogue, Entry, EntryKind, Regulation
from risk_registry.domain.indicators import Indicator

FILES = ("time_limits.yaml", "controls.yaml", "penalties.yaml")


class Regulations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of regulations, by code."""

    urn: str
    version: str
    title_zh: str
    title_en: str
    source: str
    regulations: Mapping[str, Regulation]


@cache
def shipped_regulations() -> Regulations:
    """What the indicators cite."""
    return msgspec.yaml.decode(_data("regulations.yaml"), type=Regulations)


@cache
def shipped_indicators() -> Mapping[str, Indicator]:
    """What ships, by code."""
    found: dict[str, Indicator] = {}
    for name in FILES:
        found |= msgspec.yaml.decode(_data(name), type=dict[str, Indicator])
    return found


def alert_rules() -> Catalogue:
    """The regulations as a catalogue that a bureau uses; its own clauses replace them as any entry's."""
    pack = shipped_regulations()
    entries = [Entry(EntryKind.REGULATION, code, each) for code, each in pack.regulations.items()]
    return Catalogue(
        pack.urn, pack.version, pack.title_zh, pack.source, tuple(entries), pack.title_en,
        bounds={"REGULATION": {"posts": None, "processes": None}},
    )  # fmt: skip


def _data(name: str) -> bytes:
    return files("risk_registry").joinpath("data", "indicators", name).read_bytes()
