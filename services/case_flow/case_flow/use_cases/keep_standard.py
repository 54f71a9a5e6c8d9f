"""The registry published a discretion standard: keep it; and every version that fines are decided by."""

from collections.abc import Iterable
from datetime import date

from plumbline_contracts.risk_registry.v1 import DiscretionStandardPublished as Published
from plumbline_shared.database import Connection
from plumbline_shared.use_case import Uow

from case_flow.domain.discretion import (
    Amount,
    Authority,
    Circumstance,
    DiscretionPack,
    Measure,
    Party,
    Threshold,
    Tier,
    ViolationPoint,
)
from case_flow.domain.standards import Standard
from case_flow.rules import CONTROL_RULES
from case_flow.storage import discretion as stored


async def on_discretion_standard_published(uow: Uow, event: Published) -> None:
    """A version that counts from its day on, beside those before it."""
    pack = DiscretionPack(
        points={one.code: _point(one) for one in event.points},
        summary_limit=_threshold(event.summary_limit),
        hearing_from=_threshold(event.hearing_from),
        office_limit=_threshold(event.office_limit),
    )
    effective_from = date.fromisoformat(event.effective_from)
    standard = Standard(event.code, event.version, effective_from, pack)
    await stored.put_standard(uow.conn, event.bureau_id, standard)


async def standards_of(conn: Connection, bureau_id: str, on: date) -> list[Standard]:
    """The rule pack's tiers, which count until the registry publishes others, and what it published."""
    pack = await CONTROL_RULES.on(conn, bureau_id, on)
    first = Standard(pack.id, int(pack.version), date.min, pack.discretion)
    return [first, *await stored.standards(conn, bureau_id)]


def _point(one: Published.Point) -> ViolationPoint:
    return ViolationPoint(
        code=one.code,
        label_zh=one.label,
        label_en=one.label_en,
        statutory_max_fen={Party(each.party): each.max_fen for each in one.bounds},
        tiers=tuple(_tier(each) for each in one.tiers),
        citation=one.citation,
        measure=Measure(one.measure),
        circumstances={each.name: _circumstance(each) for each in one.circumstances},
    )


def _circumstance(one: Published.Circumstance) -> Circumstance:
    values = tuple(one.values)
    return Circumstance(one.label, one.label_en, values, one.default if values else one.default == "true")


def _tier(one: Published.Tier) -> Tier:
    return Tier(
        code=one.code,
        label_zh=one.label,
        label_en=one.label_en,
        days_to=one.days_to if one.HasField("days_to") else None,
        amounts=_amounts(one.amounts),
        citation=one.citation,
        days_from=one.days_from,
        when=one.condition,
        authority=Authority(one.authority) if one.authority else None,
    )


def _threshold(one: Published.Threshold) -> Threshold:
    return Threshold({Party(each.party): each.max_fen for each in one.amounts}, one.citation)


def _amounts(amounts: Iterable[Published.Amount]) -> dict[Party, Amount]:
    return {Party(each.party): Amount(each.min_fen, each.max_fen, each.per_day_fen) for each in amounts}
