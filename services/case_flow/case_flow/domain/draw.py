"""A draw that anybody can repeat: hash tickets over a frozen frame, a seed that nobody alone could choose (SoD-11).

`seed = sha256("v1|frame|plan|reveal…")`, `ticket = sha256("v1|seed|stratum|unit")`; the n smallest tickets are drawn,
stratum after stratum, and what one stratum drew no later one draws again (C: 116 = 61 + 28 + 27 only then).
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

import msgspec


class Stratum(msgspec.Struct, frozen=True):
    """A part of the population and how many files are drawn from it."""

    code: str
    quota: int
    label: str = ""


class FrameUnit(msgspec.Struct, frozen=True):
    """One file as a stratum holds it: its office, and the persons who worked on it. It may be in several strata."""

    stratum: str
    unit: str
    office_id: str
    touched: tuple[str, ...] = ()

    def line(self) -> str:
        """The unit as one line of the frame's text."""
        return "|".join((self.stratum, self.unit, self.office_id, ",".join(sorted(self.touched))))


class Pick(msgspec.Struct, frozen=True):
    """A file that was drawn; `position` counts from 1 within its stratum."""

    stratum: str
    unit: str
    ticket: str
    position: int


class Shortfall(msgspec.Struct, frozen=True):
    """STRATUM_SHORT: fewer files than the quota asked for. Nothing is topped up from elsewhere."""

    stratum: str
    quota: int
    drawn: int


class Sample(msgspec.Struct, frozen=True):
    """What a draw gave."""

    picks: tuple[Pick, ...]
    short: tuple[Shortfall, ...]


def digest(*parts: str) -> str:
    """SHA-256 in hex over `v1` and the parts, joined by `|`."""
    return sha256("|".join(("v1", *parts)).encode()).hexdigest()


def frame_text(frame: Iterable[FrameUnit]) -> str:
    """The frame as it is hashed: one line a unit, sorted by bytes, each ended by a newline."""
    return "".join(sorted((f"{one.line()}\n" for one in frame), key=str.encode))


def frame_root(frame: Iterable[FrameUnit]) -> str:
    """What `sha256sum` prints for the frame's text."""
    return sha256(frame_text(frame).encode()).hexdigest()


def plan_hash(code: str, strata: Sequence[Stratum]) -> str:
    """The hash of what was planned: the run's code, then each stratum and its quota in the order of drawing."""
    return digest(code, *(f"{one.code}={one.quota}" for one in strata))


def commitment(run_id: str, attempt: int, role: str, secret: str) -> str:
    """What a role publishes before it sees the frame."""
    return digest(run_id, str(attempt), role, secret)


def seed_of(root: str, plan: str, reveals: Mapping[str, str]) -> str:
    """The seed from frame, plan and the secrets in the order of their roles' names."""
    return digest(root, plan, *(reveals[role] for role in sorted(reveals)))


def draw(seed: str, strata: Sequence[Stratum], frame: Iterable[FrameUnit]) -> Sample:
    """The n smallest tickets of each stratum in order, without replacement across strata."""
    members: dict[str, set[str]] = {one.code: set() for one in strata}
    for one in frame:
        members[one.stratum].add(one.unit)
    taken: set[str] = set()
    picks: list[Pick] = []
    short: list[Shortfall] = []
    for stratum in strata:
        tickets = sorted(
            (digest(seed, stratum.code, unit), unit) for unit in members[stratum.code].difference(taken)
        )[: stratum.quota]
        taken.update(unit for _, unit in tickets)
        picks += [Pick(stratum.code, unit, ticket, at) for at, (ticket, unit) in enumerate(tickets, 1)]
        if len(tickets) < stratum.quota:
            short.append(Shortfall(stratum.code, stratum.quota, len(tickets)))
    return Sample(tuple(picks), tuple(short))


def draw_inspectors(
    seed: str, unit: FrameUnit, inspectors: Mapping[str, frozenset[str]], count: int
) -> tuple[str, ...]:
    """Up to `count` of the inspectors (with their units) by ticket: nobody of the office, nobody who touched it (SoD-3)."""
    free = (
        person
        for person, units in inspectors.items()
        if unit.office_id not in units and person not in unit.touched
    )
    return tuple(sorted(free, key=lambda person: digest(seed, "inspector", unit.unit, person))[:count])
