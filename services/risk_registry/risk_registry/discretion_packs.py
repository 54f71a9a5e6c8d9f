"""Discretion standards that ship as data: the demonstration bureau's, and published tiers."""

from functools import cache
from importlib.resources import files

import msgspec

from risk_registry.domain.discretion import Standard
from risk_registry.domain.discretion_rows import BadRow, Vocabulary, read_rows, vocabulary
from risk_registry.domain.sheet import read_table

CODES = {"demo": "DEMO-2026", "published": "PUBLISHED"}


class BadRows(Exception):
    """A table of tiers could not be taken; `rows` names each bad one."""

    def __init__(self, rows: list[BadRow]) -> None:
        super().__init__("\n".join(map(str, rows)))
        self.rows = rows


def shipped_standard(name: str) -> Standard:
    """The standard of a pack. Raises BadRows."""
    if name == "demo":
        return msgspec.yaml.decode(_data("demo_2026.yaml"), type=Standard)
    return standard_of_table("published.csv", _data("published.csv"))


def standard_of_table(file_name: str, content: bytes) -> Standard:
    """The standard of a table with the columns of `published.csv`. Raises BadRows, Invalid or TooLarge."""
    standard, bad = read_rows(read_table(file_name, content), published_words())
    if standard is None:
        raise BadRows(bad)
    return standard


@cache
def published_words() -> Vocabulary:
    """The wordings of published tiers and what they mean."""
    return vocabulary(_data("published.yaml"))


def _data(name: str) -> bytes:
    return files("risk_registry").joinpath("data", "discretion", name).read_bytes()
