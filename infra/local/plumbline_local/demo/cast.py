"""`data/bureau.yaml` as typed values: bureaus, units, posts and the cast."""

from datetime import date
from pathlib import Path

import msgspec

DATA = Path(__file__).parent / "data"


class BureauEntry(msgspec.Struct, frozen=True):
    name: str
    name_en: str
    level: str
    parent: str = ""


class UnitEntry(msgspec.Struct, frozen=True):
    """`head` is a post of the unit, `deputy` a post of the bureau's leadership."""

    name: str
    name_en: str
    kind: str
    head: str
    deputy: str = ""
    functions: list[str] = []


class PostEntry(msgspec.Struct, frozen=True, array_like=True):
    title: str
    title_en: str
    kind: str


class Grant(msgspec.Struct, frozen=True):
    """A role for one domain."""

    role: str
    domain: str = ""


class Options(msgspec.Struct, frozen=True):
    """The bureau that manages a leader, and whether somebody may do enforcement work."""

    managed_by: str = ""
    qualified: bool = False


class Officer(msgspec.Struct, frozen=True, array_like=True):
    """`post` is `UNIT.post` within the bureau."""

    name: str
    name_en: str
    post: str
    roles: list[str | Grant] = []
    options: Options = Options()


class Roster(msgspec.Struct, frozen=True):
    """Two directors who take turns, from a first day to a last day not included."""

    bureau: str
    start: date = msgspec.field(name="from")
    until: date
    directors: list[str]


class Cast(msgspec.Struct, frozen=True):
    """Everything by bureau, then by name."""

    valid_from: date
    bureaus: dict[str, BureauEntry]
    units: dict[str, dict[str, UnitEntry]]
    posts: dict[str, dict[str, dict[str, PostEntry]]]
    persons: dict[str, dict[str, Officer]]
    roster: Roster


def read_cast() -> Cast:
    """The demonstration's bureau. Raises msgspec.ValidationError naming what is wrong in the file."""
    return msgspec.yaml.decode((DATA / "bureau.yaml").read_bytes(), type=Cast)
