"""Published tiers as rows of a table into a standard: every wording has one meaning, and each bad row is named."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from risk_registry.domain.discretion import (
    Amount,
    Circumstance,
    Data,
    Measure,
    Party,
    Point,
    Standard,
    Threshold,
    Tier,
)
from risk_registry.domain.sheet import Row, Table

COLUMNS = (
    "violation", "legal_basis", "tier_condition", "subject", "fine_min_cny", "fine_max_cny", "source_url",
    "source_locator", "note",
)  # fmt: skip
FEN = 100


class Violation(Data, frozen=True):
    """What a wording of the column `violation` is."""

    code: str
    violation_class: str
    label_en: str
    bounds: Mapping[Party, tuple[int, int]]
    measure: Measure = Measure.ORDERED
    circumstances: Mapping[str, Circumstance] = {}


class Wording(Data, frozen=True):
    """What a wording of the column `tier_condition` means as facts."""

    code: str
    label_en: str
    days: tuple[int, int | None]
    when: str


class Vocabulary(Data, frozen=True):
    """The meaning of every wording, and the limits that the rows do not give."""

    title_zh: str
    title_en: str
    citation: str
    summary_limit: Threshold
    hearing_from: Threshold
    office_limit: Threshold
    subjects: Mapping[str, tuple[Party, ...]]
    violations: Mapping[str, Violation]
    conditions: Mapping[str, Wording]


@dataclass(frozen=True)
class BadRow:
    """A row that could not be taken: its number in the file, the column, and what to do."""

    number: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"row {self.number}, {self.column}: {self.message}"


@dataclass
class _Found:
    tiers: dict[tuple[str, str], dict[Party, Amount]] = field(
        default_factory=dict[tuple[str, str], dict[Party, Amount]]
    )
    basis: dict[str, str] = field(default_factory=dict[str, str])
    sources: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])


def read_rows(table: Table, words: Vocabulary) -> tuple[Standard | None, list[BadRow]]:
    """The standard of a table, or None with every bad row."""
    if missing := [name for name in COLUMNS if name not in table.header]:
        return None, [BadRow(table.header_row, name, "the column is missing") for name in missing]
    found, bad = _Found(), list[BadRow]()
    for row in table.rows:
        errors = _errors(row, words)
        bad += errors or _take(found, row, words)
    return (None, bad) if bad else (_standard(found, words), [])


def _errors(row: Row, words: Vocabulary) -> list[BadRow]:
    bad: list[BadRow] = []
    known: Mapping[str, Mapping[str, object]] = {
        "violation": words.violations, "tier_condition": words.conditions, "subject": words.subjects,
    }  # fmt: skip
    for column, vocabulary in known.items():
        if (word := row.cells.get(column, "")) not in vocabulary:
            bad.append(BadRow(row.number, column, f"'{word}' is not in the vocabulary"))
    for column in ("fine_min_cny", "fine_max_cny"):
        if not (cell := row.cells.get(column, "")).isdecimal():
            bad.append(BadRow(row.number, column, f"'{cell}' is not whole yuan"))
    if not bad and int(row.cells["fine_min_cny"]) > int(row.cells["fine_max_cny"]):
        bad.append(BadRow(row.number, "fine_max_cny", "the maximum is below the minimum"))
    if not row.cells.get("source_url") or not row.cells.get("legal_basis"):
        bad.append(BadRow(row.number, "source_url", "source and legal basis are needed"))
    return bad


def _take(found: _Found, row: Row, words: Vocabulary) -> list[BadRow]:
    cells, bad = row.cells, list[BadRow]()
    key = (cells["violation"], cells["tier_condition"])
    amount = Amount(int(cells["fine_min_cny"]) * FEN, int(cells["fine_max_cny"]) * FEN)
    tier = found.tiers.setdefault(key, {})
    for party in words.subjects[cells["subject"]]:
        low, high = words.violations[cells["violation"]].bounds.get(party, (0, -1))
        if not low <= amount.min_fen <= amount.max_fen <= high:
            bad.append(BadRow(row.number, "fine_max_cny", f"outside the statutory bounds for {party}"))
        if party in tier:
            bad.append(BadRow(row.number, "subject", f"{party} has this tier already"))
        tier[party] = amount
    found.basis.setdefault(cells["violation"], cells["legal_basis"])
    found.sources.setdefault(key, f"{cells['source_url']} {cells.get('source_locator', '')}".strip())
    return bad


def _standard(found: _Found, words: Vocabulary) -> Standard:
    points = {
        words.violations[name].code: _point(name, basis, found, words) for name, basis in found.basis.items()
    }
    return Standard(
        title_zh=words.title_zh,
        title_en=words.title_en,
        citation=words.citation,
        summary_limit=words.summary_limit,
        hearing_from=words.hearing_from,
        office_limit=words.office_limit,
        points=points,
    )


def _point(name: str, basis: str, found: _Found, words: Vocabulary) -> Point:
    meant = words.violations[name]
    tiers = [
        _tier(condition, words.conditions[condition], amounts, found.sources[violation, condition])
        for (violation, condition), amounts in found.tiers.items()
        if violation == name
    ]
    return Point(
        violation_class=meant.violation_class,
        label_zh=name,
        label_en=meant.label_en,
        bounds=meant.bounds,
        tiers=tuple(tiers),
        citation=basis,
        measure=meant.measure,
        circumstances=meant.circumstances,
    )


def _tier(condition: str, meant: Wording, amounts: Mapping[Party, Amount], source: str) -> Tier:
    return Tier(meant.code, condition, meant.label_en, meant.days, amounts, source, meant.when)


def vocabulary(text: bytes) -> Vocabulary:
    """The vocabulary of a YAML file. Raises msgspec.ValidationError for one that does not fit."""
    return msgspec.yaml.decode(text, type=Vocabulary)
