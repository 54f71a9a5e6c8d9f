"""The indicators that ship as data, and the regulations whose clauses they cite."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from risk_registry.domain.catalogue import Catalogue, Entry, EntryKind, Regulation
from risk_registry.domain.indicators import Indicator


class IndicatorPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: a catalogue of regulations by code, and indicators by code."""

    urn: str
    version: str
    title_zh: str
    title_en: str
    source: str
    regulations: Mapping[str, Regulation]
    indicators: Mapping[str, Indicator]


@cache
def shipped_indicators() -> IndicatorPack:
    """What ships."""
    content = files("risk_registry").joinpath("data", "indicators", "indicators.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=IndicatorPack)


def alert_rules() -> Catalogue:
    """The regulations as a catalogue that a bureau uses; its own clauses replace them as any entry's."""
    pack = shipped_indicators()
    entries = [Entry(EntryKind.REGULATION, code, each) for code, each in pack.regulations.items()]
    return Catalogue(
        pack.urn, pack.version, pack.title_zh, pack.source, tuple(entries), pack.title_en,
        bounds={"REGULATION": {"posts": None, "processes": None}},
    )  # fmt: skip
