"""Templates of how an office is divided, as they ship (S1-119, S1-120)."""

from importlib.resources import files
from typing import Any

import msgspec

from risk_registry.domain.catalogue import Catalogue, Entry, EntryKind
from risk_registry.domain.offices import OfficeTemplate

BOUNDS: dict[str, Any] = {EntryKind.OFFICE_TEMPLATE: dict.fromkeys(("seats", "leaders"))}


class Offices(msgspec.Struct, frozen=True):
    """The offices file."""

    urn: str
    version: str
    title_zh: str
    title_en: str
    source: str
    templates: dict[str, OfficeTemplate]


def offices() -> Catalogue:
    """The pack; a bureau that uses it may change seats and leaders."""
    data = files("risk_registry").joinpath("data", "packs", "offices.yaml").read_bytes()
    given = msgspec.yaml.decode(data, type=Offices)
    entries = tuple(Entry(EntryKind.OFFICE_TEMPLATE, code, each) for code, each in given.templates.items())
    return Catalogue(given.urn, given.version, given.title_zh, given.source, entries, given.title_en, BOUNDS)
