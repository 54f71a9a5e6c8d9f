"""Weigh what is known about a point; a higher grade is proposed, and nothing else happens (C-04)."""

from collections.abc import Iterable
from datetime import date, datetime

from plumbline_shared.clock import local_date, start_of_day
from plumbline_shared.database import Connection
from plumbline_shared.ids import new_id
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from risk_registry.domain.evidence import Prior
from risk_registry.domain.evidence_facts import (
    EvidenceKind,
    EvidenceScheme,
    admitted,
    batch_after,
    counted,
    deciding,
    factors,
)
from risk_registry.domain.explanation import Explanation, Piece, explain
from risk_registry.domain.points import Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.siblings import Siblings
from risk_registry.domain.standing import IN_FORCE, Standing, standing_on
from risk_registry.storage import evidence
from risk_registry.storage.evidence_proposals import EvidenceProposal, add_evidence_proposal
from risk_registry.storage.points import load_points
from risk_registry.storage.schemes import scheme, scheme_on
from risk_registry.storage.siblings import siblings_on
from risk_registry.storage.standings import lock_point, standings_of

BATCH = "evidence_batch"


async def explanation_of(
    conn: Connection, point: PointOnDay, on: date, known_at: datetime, *, sealed: bool
) -> Explanation | None:
    """The estimate on a day as known at an instant; without `sealed` no sealed row is even read. None ungraded."""
    history = (await standings_of(conn, [point.id])).get(point.id, [])
    present, decided = standing_on(history, on, known_at), deciding(history, on, known_at)
    if decided is None or present is None or present.grade is None or present.state not in IN_FORCE:
        return None
    rules = await evidence.evidence_scheme_on(conn, on)
    voted = await evidence.factors_of(conn, decided.review_id) if decided.review_id else None
    likelihood, severity = factors(rules, present.grade, voted)
    panel = Prior(rules.means[likelihood - 1], rules.panel_years)
    siblings = await _siblings(conn, point, on, known_at)
    pieces = await _open(conn, point, decided, on, known_at)
    if sealed:
        pieces += await _sealed(conn, point, decided, on, known_at, rules)
    method = (
        await scheme(conn, decided.scheme)
        if decided.scheme
        else await scheme_on(conn, point.bureau_id, decided.valid_from)
    )
    return explain(decided, present.grade, (likelihood, severity), panel, siblings, pieces, on, method, rules)


async def _siblings(conn: Connection, point: PointOnDay, on: date, known_at: datetime) -> Siblings | None:
    if point.origin is not Origin.PUBLISHED:
        return None
    key = (point.description.source.title, point.code)
    return await siblings_on(conn, key, min(on, local_date(known_at)))


async def _open(
    conn: Connection, point: PointOnDay, decided: Standing, on: date, known_at: datetime
) -> list[Piece]:
    facts = counted(await evidence.facts_of(conn, point.id), decided.recorded_at, on, known_at)
    return [Piece(each.kind, each.source_id, each.occurred_on) for each in facts]


async def _sealed(
    conn: Connection,
    point: PointOnDay,
    decided: Standing,
    on: date,
    known_at: datetime,
    rules: EvidenceScheme,
) -> list[Piece]:
    found = await evidence.signals(conn, point.bureau_id)
    since = admitted(found, rules.batch_others, on)
    return [
        Piece(EvidenceKind.SIGNAL, each.id, each.since)
        for each in found
        if each.point_id == point.id
        and each.id in since
        and decided.recorded_at < start_of_day(since[each.id]) <= known_at
    ]


async def weigh(uow: Uow, bureau_id: str, points: Iterable[str]) -> None:
    """Open a proposal for each point whose evidence asks for a higher grade, once for each of its states."""
    for point_id in sorted(set(points)):
        await lock_point(uow.conn, point_id)
        point = (await load_points(uow.conn, bureau_id, uow.today, [point_id])).get(point_id)
        found = await explanation_of(uow.conn, point, uow.today, uow.now, sealed=True) if point else None
        if found and found.proposed:
            chance = next(each.posterior for each in found.chances if each.grade is found.proposed)
            made = EvidenceProposal(
                new_id("ep"), point_id, bureau_id, found.decided.sequence, found.grade, found.proposed, chance,
                found.scheme.version, uow.now,
            )  # fmt: skip
            await add_evidence_proposal(uow.conn, made)


async def await_batch(uow: Uow, bureau_id: str) -> None:
    """Weigh what is sealed on the next batch day, not when it came."""
    await uow.cancel_timers(bureau_id, BATCH)
    await uow.schedule(BATCH, bureau_id, start_of_day(batch_after(uow.today)))


async def on_evidence_batch(uow: Uow, timer: Timer) -> None:
    """Weigh the points whose sealed signals count from today on; what still waits, waits for the next batch day."""
    bureau = timer.bureau_id or ""
    found = await evidence.signals(uow.conn, bureau)
    since = admitted(found, (await evidence.evidence_scheme_on(uow.conn, uow.today)).batch_others, uow.today)
    await weigh(uow, bureau, [each.point_id for each in found if since.get(each.id) == uow.today])
    if any(each.id not in since for each in found):
        await await_batch(uow, bureau)
