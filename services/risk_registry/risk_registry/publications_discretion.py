"""Events out about discretion standards."""

from collections.abc import Mapping

from plumbline_contracts.risk_registry.v1 import DiscretionStandardPublished as Published

from risk_registry.domain.discretion import Circumstance, Party, Point, StandardVersion, Threshold, Tier


def standard_published(version: StandardVersion) -> Published:
    """A version in force from a day on, whole, so that case flow needs nothing more."""
    body = version.body
    return Published(
        standard_id=version.standard_id,
        bureau_id=version.bureau_id,
        code=version.code,
        version=version.version,
        title=body.title_zh,
        title_en=body.title_en,
        effective_from=version.effective_from.isoformat() if version.effective_from else "",
        points=[_point(code, point) for code, point in body.points.items()],
        summary_limit=_threshold(body.summary_limit),
        hearing_from=_threshold(body.hearing_from),
        office_limit=_threshold(body.office_limit),
        citation=body.citation,
    )


def _point(code: str, point: Point) -> Published.Point:
    return Published.Point(
        code=code,
        violation_class=point.violation_class,
        label=point.label_zh,
        label_en=point.label_en,
        measure=point.measure,
        circumstances=[_circumstance(name, one) for name, one in point.circumstances.items()],
        bounds=_amounts(point.bounds),
        tiers=[_tier(tier) for tier in point.tiers],
        citation=point.citation,
    )


def _circumstance(name: str, one: Circumstance) -> Published.Circumstance:
    default = one.default if isinstance(one.default, str) else str(one.default).lower()
    return Published.Circumstance(
        name=name, label=one.label_zh, label_en=one.label_en, values=one.values, default=default
    )


def _tier(tier: Tier) -> Published.Tier:
    return Published.Tier(
        code=tier.code,
        label=tier.label_zh,
        label_en=tier.label_en,
        days_from=tier.days[0],
        days_to=tier.days[1],
        condition=tier.when,
        authority=tier.authority or "",
        amounts=[
            Published.Amount(
                party=party, min_fen=one.min_fen, max_fen=one.max_fen, per_day_fen=one.per_day_fen
            )
            for party, one in tier.amounts.items()
        ],
        citation=tier.citation,
    )


def _threshold(limit: Threshold) -> Published.Threshold:
    amounts = _amounts({party: (0, fen) for party, fen in limit.fen.items()})
    return Published.Threshold(amounts=amounts, citation=limit.citation)


def _amounts(ranges: Mapping[Party, tuple[int, int]]) -> list[Published.Amount]:
    return [Published.Amount(party=party, min_fen=low, max_fen=high) for party, (low, high) in ranges.items()]
