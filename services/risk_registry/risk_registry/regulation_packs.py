"""The regulation library of 15 categories and 98 items, and the catalogues of prohibited and of shared conduct."""

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import Any

import msgspec

from risk_registry.domain.catalogue import (
    Catalogue,
    Clause,
    Conduct,
    Entry,
    EntryKind,
    GeneralControl,
    Regulation,
)
from risk_registry.domain.departments import Department, PowerSplit

BOUNDS: dict[str, Any] = {
    EntryKind.REGULATION: dict.fromkeys(("title_zh", "title_en", "clauses", "effective_from", "repealed_on", "citation", "edition", "posts", "processes", "placeholder", "general")),
    EntryKind.CONDUCT: {"controls": None, "lessons": None},
    EntryKind.DEPARTMENT: dict.fromkeys(("functions", "kinds", "units")),
    EntryKind.POWER_SPLIT: dict.fromkeys(("process", "decision", "execution", "supervision")),
}  # fmt: skip


class Named(msgspec.Struct, frozen=True):
    """A rule that a source names, with what it says of it."""

    title: str
    says: str
    source: str
    processes: list[str] = []
    general: GeneralControl | None = None


class Category(msgspec.Struct, frozen=True):
    """One of the fifteen: `own` are titles of rules that the bureau writes itself."""

    zh: str
    en: str
    named: list[Named]
    own: list[str]


class Library(msgspec.Struct, frozen=True):
    """The regulations file."""

    urn: str
    version: str
    title_zh: str
    title_en: str
    source: str
    effective_from: date
    blank: str
    categories: list[Category]


class Powers(msgspec.Struct, frozen=True):
    """The powers file."""

    urn: str
    version: str
    title_zh: str
    title_en: str
    source: str
    departments: dict[str, Department]
    splits: list[PowerSplit]


class Rule(msgspec.Struct, frozen=True):
    """One line of conduct with its source."""

    zh: str
    en: str
    basis: str


class Lines(msgspec.Struct, frozen=True):
    """The conduct file."""

    urn: str
    version: str
    title_zh: str
    title_en: str
    source: str
    prohibited: list[Rule]
    shared: list[Rule]


def regulations() -> Catalogue:
    """Every rule has one clause to carry out: what its source says, or that the bureau has yet to write it."""
    given = msgspec.yaml.decode(_data("regulations.yaml"), type=Library)
    entries = tuple(_rules(given))
    return Catalogue(
        given.urn, given.version, given.title_zh, given.source, entries, given.title_en, bounds=BOUNDS
    )


def conduct() -> Catalogue:
    """地雷区 and 斑马线; a bureau binds its own controls and lessons to them."""
    given = msgspec.yaml.decode(_data("conduct.yaml"), type=Lines)
    lines = [("MZ", True, given.prohibited), ("ZB", False, given.shared)]
    entries = tuple(
        Entry(EntryKind.CONDUCT, f"{prefix}-{number:02d}", Conduct(rule.zh, prohibited, rule.en, rule.basis))
        for prefix, prohibited, rules in lines
        for number, rule in enumerate(rules, start=1)
    )
    return Catalogue(
        given.urn, given.version, given.title_zh, given.source, entries, given.title_en, bounds=BOUNDS
    )


def powers() -> Catalogue:
    """Four kinds of department, and which of them decide, execute and supervise in two processes (S2-017)."""
    given = msgspec.yaml.decode(_data("powers.yaml"), type=Powers)
    departments = [Entry(EntryKind.DEPARTMENT, code, each) for code, each in given.departments.items()]
    splits = [
        Entry(EntryKind.POWER_SPLIT, f"SPLIT-{number:02d}", each)
        for number, each in enumerate(given.splits, start=1)
    ]
    return Catalogue(
        given.urn, given.version, given.title_zh, given.source, (*departments, *splits), given.title_en, bounds=BOUNDS
    )  # fmt: skip


def _rules(given: Library) -> Iterator[Entry]:
    for place, category in enumerate(given.categories, start=1):
        name = f"{category.zh} {category.en}"
        rules = [_named(given, place, name, rule) for rule in category.named]
        rules += [_blank(given, place, name, title) for title in category.own]
        for number, rule in enumerate(rules, start=1):
            yield Entry(EntryKind.REGULATION, f"REG-{place:02d}-{number:02d}", rule)


def _named(given: Library, place: int, category: str, rule: Named) -> Regulation:
    clause = Clause("1", rule.says)
    return Regulation(
        rule.title, place, (clause,), given.effective_from, citation=rule.source, edition=given.version,
        processes=tuple(rule.processes), category_name=category, general=rule.general,
    )  # fmt: skip


def _blank(given: Library, place: int, category: str, title: str) -> Regulation:
    clause = Clause("1", given.blank)
    return Regulation(
        title, place, (clause,), given.effective_from, citation="S1-034: 98项之一, 来源未列名",
        edition=given.version, category_name=category, placeholder=True,
    )  # fmt: skip


def _data(name: str) -> bytes:
    return files("risk_registry").joinpath("data", "packs", name).read_bytes()
