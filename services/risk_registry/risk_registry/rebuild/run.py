"""Make every read model anew from the records and the streams, and say of each whether it has the same bytes."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from plumbline_shared import inbox
from plumbline_shared.bus import stream_of
from plumbline_shared.database import Connection, identify
from plumbline_shared.events import decode, message_of, subject_of
from plumbline_shared.inbox import Delivery
from plumbline_shared.principal import system

from risk_registry.rebuild.projections import PROJECTIONS
from risk_registry.storage import ledger
from risk_registry.storage import rebuild as storage

Moved = Callable[[str, int, int], None]
"""A stage, how far it is, and how far it goes."""


class Log(Protocol):
    """Where the events of a stream are read again."""

    def read(self, stream: str, subjects: Sequence[str], upto: int) -> AsyncIterator[Sequence[Delivery]]:
        """All events of the subjects, in order, up to a sequence."""
        ...


@dataclass(frozen=True)
class ReadModel:
    """A read model, how it is compared, and whether it comes of events; of a sealed one not even a size is told."""

    name: str
    comparison: str
    by_events: bool = True
    whole: bool = False
    sealed: bool = False


READ_MODELS = (
    ReadModel("register_scope", storage.SCOPES, by_events=False, whole=True),
    ReadModel("register_rollup", storage.TOTALS, by_events=False, whole=True),
    ReadModel("alert_seer", storage.SEERS, by_events=False),
    ReadModel("evidence", storage.EVIDENCE),
    ReadModel("alert_ledger", storage.ALERTS),
    ReadModel("heightened_monitoring", storage.SIGNALS, sealed=True),
    ReadModel("matter_month", storage.MATTERS),
)


@dataclass
class Compared:
    """A read model as it is and made anew: SHA-256 of each bureau's rows and of what came before, by bureau id."""

    name: str
    sealed: bool = False
    live: bytes = b""
    fresh: bytes = b""
    differs: list[str] = field(default_factory=list[str])

    def add(self, bureau: str, live: bytes, fresh: bytes) -> None:
        self.live, self.fresh = (
            sha256(b"\n".join((before, bureau.encode(), rows))).digest()
            for before, rows in ((self.live, live), (self.fresh, fresh))
        )
        if live != fresh:
            self.differs.append(bureau)

    @property
    def same(self) -> bool:
        return self.live == self.fresh


async def rebuild(conn: Connection, log: Log | None, moved: Moved) -> list[Compared]:
    """In the one snapshot of the caller's transaction; without a log only what comes of the database's own rows."""
    await identify(conn, system())
    await storage.begin_fresh(conn)
    every = await storage.bureaus(conn)
    await storage.place_bureaus(conn)
    for done, bureau in enumerate(every, 1):
        await identify(conn, system(bureau))
        await storage.add_up(conn, bureau)
        await ledger.show(conn, bureau)
        moved("totals", done, len(every))
    if log:
        for stream, subjects in _streams().items():
            await _replay(conn, log, stream, subjects, moved)
    return await _compare(conn, every, [each for each in READ_MODELS if log or not each.by_events], moved)


def _streams() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind in PROJECTIONS:
        found.setdefault(stream_of(subject_of(kind)), []).append(subject_of(kind))
    return found


async def _replay(conn: Connection, log: Log, stream: str, subjects: Sequence[str], moved: Moved) -> None:
    """What the consumer has applied, by the consumer's own rule: each version of an aggregate once, nothing set aside."""
    await identify(conn, system())
    upto, _created = await inbox.cursor(conn, stream)
    buried, applied = await storage.buried(conn, stream), dict[str, int]()
    async for batch in log.read(stream, sorted(subjects), upto):
        for delivery in batch:
            if delivery.seq not in buried:
                await _apply(conn, delivery, applied)
        if batch:
            moved(stream, batch[-1].seq, upto)


async def _apply(conn: Connection, delivery: Delivery, applied: dict[str, int]) -> None:
    meta, data = decode(delivery.body)
    if meta.version <= applied.get(meta.aggregate_id, 0):
        return
    applied[meta.aggregate_id] = meta.version
    await identify(conn, system(meta.bureau_id))
    kind = _KINDS[meta.subject]
    await PROJECTIONS[kind](conn, meta, message_of(kind, data))


_KINDS = {subject_of(kind): kind for kind in PROJECTIONS}


async def _compare(
    conn: Connection, every: Sequence[str], models: Sequence[ReadModel], moved: Moved
) -> list[Compared]:
    found = [Compared(each.name, each.sealed) for each in models]
    for done, bureau in enumerate(every, 1):
        for model, compared in zip(models, found, strict=True):
            await identify(conn, system() if model.whole else system(bureau))
            compared.add(bureau, *await storage.both_sides(conn, model.comparison, bureau))
        moved("compare", done, len(every))
    return found
