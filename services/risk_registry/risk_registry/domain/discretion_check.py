"""What a discretion standard must be before it is published: no gap, no overlap, inside the law, every condition sound.

For each point and party every combination of circumstances is tried: the tiers that hold must cover all days from 0 on,
each day once.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from plumbline_shared.conditions import Condition, ConditionError
from plumbline_shared.errors import Invalid, Refused

from risk_registry.domain.discretion import DERIVED, Amount, Party, Point, Standard, Threshold, Tier

MOST_COMBINATIONS = 256
Facts = Mapping[str, bool | str]


class TierGap(Refused):
    """For some facts no tier holds."""

    code = "TIER_GAP"


class TierOverlap(Refused):
    """For some facts two tiers hold."""

    code = "TIER_OVERLAP"


class OutsideStatutoryBounds(Refused):
    """A tier allows a fine that the law does not."""

    code = "OUTSIDE_STATUTORY_BOUNDS"


class ConditionFault(Refused):
    """A condition has a typo, a wrong type or a loop."""

    code = "CONDITION_FAULT"


class TierNeverHolds(Refused):
    """No facts lead to the tier: its condition is mistaken."""

    code = "TIER_NEVER_HOLDS"


def check_standard(body: Standard) -> None:
    """Raise the first fault, with point, tiers and interval; nothing for a standard that may be published."""
    for name in ("title_zh", "citation"):
        if not getattr(body, name).strip():
            raise Invalid("title and citation are needed", path=(name,))
    if not body.points:
        raise Invalid("a standard has at least one violation point", path=("points",))
    parties = {party for point in body.points.values() for party in point.bounds}
    for name in ("summary_limit", "hearing_from", "office_limit"):
        _check_threshold(getattr(body, name), parties, name)
    for code, point in body.points.items():
        check_point(code, point)


def check_point(code: str, point: Point) -> None:
    """Shape, conditions, bounds, then coverage."""
    _check_shape(code, point)
    conditions = {tier.code: _compiled(code, point, tier) for tier in point.tiers}
    for tier in point.tiers:
        _check_bounds(code, point, tier)
    held: set[str] = set()
    for facts in combinations(code, point):
        holding = [tier for tier in point.tiers if _holds(code, tier, conditions[tier.code], facts)]
        held |= {tier.code for tier in holding}
        for party in point.bounds:
            _check_cover(code, [tier for tier in holding if party in tier.amounts], party, facts)
    for tier in point.tiers:
        if tier.code not in held:
            raise TierNeverHolds(f"{code}: no facts lead to tier {tier.code}", point=code, tier=tier.code)


def combinations(code: str, point: Point) -> Iterator[dict[str, bool | str]]:
    """Every combination of what a condition may look at."""
    choices: dict[str, tuple[bool | str, ...]] = {DERIVED: (False, True)}
    choices.update({name: one.values or (False, True) for name, one in point.circumstances.items()})
    if prod(len(values) for values in choices.values()) > MOST_COMBINATIONS:
        raise Invalid(f"{code}: more than {MOST_COMBINATIONS} combinations of circumstances", path=(code,))
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


def _check_threshold(limit: Threshold, parties: set[Party], name: str) -> None:
    if missing := sorted(parties - limit.fen.keys()):
        raise Invalid(f"{name} names no amount for {', '.join(missing)}", path=(name,))
    if min(limit.fen.values()) < 0 or not limit.citation.strip():
        raise Invalid(f"{name} is an amount of 0 fen or more with its source", path=(name,))


def _check_shape(code: str, point: Point) -> None:
    codes = [tier.code for tier in point.tiers]
    if not point.tiers or not point.bounds or len(set(codes)) != len(codes):
        raise Invalid(f"{code}: tiers with different codes, and bounds, are needed", path=(code,))
    if not point.citation.strip() or not all(tier.citation.strip() for tier in point.tiers):
        raise Invalid(f"{code}: the point and each tier name their source", path=(code,))
    for name, one in point.circumstances.items():
        fits = one.default in one.values if one.values else isinstance(one.default, bool)
        if name == DERIVED or not name.isidentifier() or not name.isascii() or not fits:
            raise Invalid(f"{code}: circumstance {name} needs an ASCII name and a default that it may have")
    for tier in point.tiers:
        first, last = tier.days
        if first < 0 or (last is not None and last < first) or not tier.amounts:
            raise Invalid(f"{code}: tier {tier.code} holds from day 0 or later to a later day", path=(code,))


def _check_bounds(code: str, point: Point, tier: Tier) -> None:
    for party, amount in tier.amounts.items():
        if party not in point.bounds:
            raise Invalid(f"{code}: tier {tier.code} fines a {party} without bounds", path=(code, tier.code))
        low, high = point.bounds[party]
        least, most = _extremes(amount, tier)
        if amount.min_fen > amount.max_fen or amount.per_day_fen < 0:
            raise Invalid(f"{code}: tier {tier.code} has a range upside down", path=(code, tier.code))
        if least < low or most is None or most > high:
            raise OutsideStatutoryBounds(
                f"{code}: tier {tier.code} allows {least} to {'any sum of' if most is None else most} fen for "
                f"{party}; the law allows {low} to {high}",
                point=code, tier=tier.code,
            )  # fmt: skip


def _extremes(amount: Amount, tier: Tier) -> tuple[int, int | None]:
    first, last = tier.days
    least = amount.min_fen + amount.per_day_fen * first
    if last is None:
        return least, None if amount.per_day_fen else amount.max_fen
    return least, amount.max_fen + amount.per_day_fen * last


def _compiled(code: str, point: Point, tier: Tier) -> Condition | None:
    if not tier.when:
        return None
    try:
        return Condition(tier.when, point.fact_types)
    except ConditionError as error:
        raise ConditionFault(f"{code}: tier {tier.code}: {error}", point=code, tier=tier.code) from None


def _holds(code: str, tier: Tier, condition: Condition | None, facts: Facts) -> bool:
    try:
        return condition is None or condition.holds(facts)
    except ConditionError as error:
        raise ConditionFault(f"{code}: tier {tier.code}: {error}", point=code, tier=tier.code) from None


def _check_cover(code: str, tiers: list[Tier], party: Party, facts: Facts) -> None:
    where = ", ".join(f"{name}={value}" for name, value in facts.items())
    before, free = "the beginning", 0
    for tier in sorted(tiers, key=lambda each: each.days[0]):
        first, last = tier.days
        if free is None or first < free:
            raise _overlap(code, before, tier, first, free, f"{party} with {where}")
        if first > free:
            raise _gap(code, before, tier.code, f"days {free} to {first - 1}", f"{party} with {where}")
        before, free = tier.code, None if last is None else last + 1
    if free is not None:
        raise _gap(code, before, "the end", f"days from {free} on", f"{party} with {where}")


def _gap(code: str, before: str, after: str, days: str, who: str) -> TierGap:
    return TierGap(
        f"{code}: between {before} and {after} no tier holds for {days} of {who}",
        point=code, tiers=(before, after), days=days,
    )  # fmt: skip


def _overlap(code: str, before: str, tier: Tier, first: int, free: int | None, who: str) -> TierOverlap:
    ends = [end for end in (tier.days[1], None if free is None else free - 1) if end is not None]
    days = f"days {first} to {min(ends)}" if ends else f"days from {first} on"
    return TierOverlap(
        f"{code}: {before} and {tier.code} both hold for {days} of {who}",
        point=code, tiers=(before, tier.code), days=days,
    )  # fmt: skip
