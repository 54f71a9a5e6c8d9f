"""Scores as the demonstration reads them."""

from collections.abc import Mapping
from decimal import Decimal

from plumbline_local.demo.world import World

UNIT = """
query UnitScore($id: ID!) { unitScore(unitId: $id, year: 2026) { total entries { rule { code } points } } }
"""
PERSON = """
query PersonScore($id: ID!) { personScore(personId: $id, year: 2026) { total entries { rule { code } points } } }
"""

Entries = Mapping[str, Decimal]


async def unit_entries(world: World, unit: str, reader: str = "huang-zhen") -> list[tuple[str, Decimal]]:
    """(rule, points) of a unit's entries of the year, in their order."""
    score = (await world.people(reader).ask(UNIT, id=f"D01.{unit}"))["unitScore"]
    return [(entry["rule"]["code"], Decimal(entry["points"])) for entry in score["entries"]]


async def person_entries(world: World, person: str, reader: str = "huang-zhen") -> list[tuple[str, Decimal]]:
    """(rule, points) of a person's entries of the year, in their order."""
    score = (await world.people(reader).ask(PERSON, id=f"D01.{person}"))["personScore"]
    return [(entry["rule"]["code"], Decimal(entry["points"])) for entry in score["entries"]]


def total(entries: list[tuple[str, Decimal]]) -> str:
    """The sum of entries as text with one decimal, for example `-2.0`."""
    return f"{sum((points for _, points in entries), Decimal(0)):.1f}"
