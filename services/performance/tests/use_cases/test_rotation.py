"""SR-08: minus one for each post and calendar month that began overdue, once, and not for a month after the holder left."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from performance.domain.facts import RotationOverdue as Overdue
from performance.domain.facts import RotationResolved as Resolved
from performance.domain.rotation import counts_for_post
from plumbline_contracts.risk_registry.v1 import RotationOverdue, RotationResolved
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime

POST = {"bureau_id": "D01", "unit_id": "D01.POLICY", "post_id": "D01.POLICY.reviewer"}
MONTHS = [("2026-07", "2026-07-02"), ("2026-08", "2026-08-01"), ("2026-09", "2026-09-01")]


def overdue(month: str, started_on: str, holder: str = "lin-jie") -> RotationOverdue:
    return RotationOverdue(
        rotation_id=f"ro_{holder}", person_id=f"D01.{holder}", due_on="2026-07-01", overdue_from="2026-07-02",
        month=month, started_on=started_on, **POST,
    )  # fmt: skip


def left(on: str, outcome: str = "ROTATION_OUTCOME_LEFT_POST") -> RotationResolved:
    return RotationResolved(rotation_id="ro_lin-jie", outcome=outcome, resolved_on=on, **POST)


async def points(performance: Runtime) -> dict[str, Decimal]:
    async with performance.db.read(system()) as conn:
        rows = await conn.fetch(
            "select to_char(occurred_on, 'YYYY-MM') as month, sum(points) as points from entry "
            "where rule = 'SR-08' and subject_id = 'D01.POLICY' group by 1 order by 1"
        )
    return {row["month"]: row["points"] for row in rows if row["points"]}


MINUS_ONE = Decimal("-1.0")


async def test_each_started_month_costs_the_unit_one_point_once(performance: Runtime, receive: Any) -> None:
    for number, month in enumerate(MONTHS):
        await receive(overdue(*month), f"ev-{number}")
        await receive(overdue(*month), f"ev-again-{number}")
    assert await points(performance) == {month: MINUS_ONE for month, _ in MONTHS}


async def test_two_overdue_holders_of_one_post_cost_one_point(performance: Runtime, receive: Any) -> None:
    await receive(overdue(*MONTHS[0]), "ev-1")
    await receive(overdue(*MONTHS[0], "zhao-qiang"), "ev-2")
    assert await points(performance) == {"2026-07": MINUS_ONE}


async def test_months_after_the_holder_left_are_taken_back(performance: Runtime, receive: Any) -> None:
    for number, month in enumerate(MONTHS):
        await receive(overdue(*month), f"ev-{number}")
    await receive(left("2026-08-10", "ROTATION_OUTCOME_LIMIT_CHANGED"), "ev-7")
    assert len(await points(performance)) == 3
    await receive(left("2026-09-01"), "ev-8")
    assert await points(performance) == {"2026-07": MINUS_ONE, "2026-08": MINUS_ONE}
    await receive(left("2026-06-30"), "ev-9")
    assert await points(performance) == {}


async def test_the_month_passes_to_the_other_holder_when_one_had_left(
    performance: Runtime, receive: Any
) -> None:
    await receive(overdue(*MONTHS[0]), "ev-1")
    await receive(overdue(*MONTHS[0], "zhao-qiang"), "ev-2")
    await receive(left("2026-07-02"), "ev-3")
    assert await points(performance) == {"2026-07": MINUS_ONE}


WHO, MONTH = st.sampled_from(["a", "b"]), st.integers(1, 4)


def month_fact(who: str, month: int) -> Overdue:
    started = date(2026, month, 1)
    return Overdue(
        bureau_id="D01",
        rotation_id=who,
        post_id="P",
        unit_id="U",
        month=f"{started:%Y-%m}",
        started_on=started,
    )


def gone_fact(who: str, month: int) -> Resolved:
    return Resolved(bureau_id="D01", rotation_id=who, post_id="P", resolved_on=date(2026, month, 1))


FACTS = st.lists(
    st.one_of(st.builds(month_fact, WHO, MONTH), st.builds(gone_fact, WHO, MONTH)),
    unique_by=lambda one: one.identity,
    max_size=10,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS, st.randoms())
def test_a_month_of_a_post_counts_at_most_once_in_any_order(known: list[Any], chance: Any) -> None:
    def counted(facts: list[Any]) -> set[str]:
        return {one.identity for one in facts if isinstance(one, Overdue) and counts_for_post(one, facts)}

    first = counted(known)
    months = [identity.rpartition("/")[2] for identity in first]
    assert len(set(months)) == len(months)
    chance.shuffle(known)
    assert counted(known) == first
