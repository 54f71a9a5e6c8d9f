"""Evidence, the scheme it is weighed by, and the votes a grade rests on."""

from collections.abc import Iterable
from datetime import date

import asyncpg
from plumbline_shared.database import Connection

from risk_registry.domain.evidence import EvidenceRules
from risk_registry.domain.evidence_facts import (
    EvidenceKind,
    EvidenceScheme,
    Fact,
    KindWeight,
    Signal,
)
from risk_registry.domain.siblings import SiblingRules

INSERT_FACT = """
insert into evidence (effect, event_id, point_id, bureau_id, kind, source_id, occurred_on, known_at, reverses)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
"""


async def add_facts(conn: Connection, facts: Iterable[Fact]) -> None:
    """Record each fact once, however many events tell of it."""
    rows = [
        (
            *(each.effect, each.event_id, each.point_id, each.bureau_id, each.kind, each.source_id),
            *(each.occurred_on, each.known_at, each.reverses),
        )
        for each in facts
    ]
    await conn.executemany(INSERT_FACT, rows)


FACT = "select * from evidence where effect = $1 and bureau_id = $2"


async def fact(conn: Connection, bureau_id: str, effect: str) -> Fact | None:
    """One fact of a bureau."""
    row = await conn.fetchrow(FACT, effect, bureau_id)
    return fact_of(row) if row else None


FACTS_OF = "select * from evidence where point_id = $1 order by effect"


async def facts_of(conn: Connection, point_id: str) -> list[Fact]:
    """Everything known about a point, but for what is sealed."""
    return [fact_of(row) for row in await conn.fetch(FACTS_OF, point_id)]


SIGNALS = (
    "select signal_id, point_id, since from heightened_monitoring where bureau_id = $1 order by signal_id"
)


async def signals(conn: Connection, bureau_id: str) -> list[Signal]:
    """The sealed signals of a bureau."""
    return [Signal(*row.values()) for row in await conn.fetch(SIGNALS, bureau_id)]


SCHEME_ON = "select * from evidence_scheme where effective_from <= $1 order by effective_from desc, version desc limit 1"
WEIGHTS = "select kind, weight, verified from evidence_weight where version = $1 order by kind"


async def evidence_scheme_on(conn: Connection, on: date) -> EvidenceScheme:
    """The version that counts on a day."""
    row = await conn.fetchrow(SCHEME_ON, on)
    if row is None:
        raise LookupError(f"no evidence scheme counts on {on}")
    weights = await conn.fetch(WEIGHTS, row["version"])
    first, second, third, fourth = row["bands"]
    return EvidenceScheme(
        version=row["version"],
        rules=EvidenceRules(
            (first, second, third, fourth), row["half_life_days"], row["unverified_cap"], row["propose_at"],
            row["release_at"],
        ),
        means=tuple(row["means"]),
        assumed_likelihood=tuple(row["assumed_likelihood"]),
        assumed_severity=tuple(row["assumed_severity"]),
        panel_years=row["panel_years"],
        batch_others=row["batch_others"],
        citation=row["citation"],
        weights={EvidenceKind(each["kind"]): KindWeight(each["weight"], each["verified"]) for each in weights},
        siblings=SiblingRules(row["sibling_years"], row["min_siblings"], row["sibling_step"]),
    )  # fmt: skip


FACTORS = """
select likelihood, severity from (
  select number, likelihood, severity from assessment_round where review_id = $1 and settled
  union all
  select 0, (array_agg(likelihood order by likelihood))[count(*) / 2 + 1],
         (array_agg(severity order by severity))[count(*) / 2 + 1]
  from grading_vote where review_id = $1 and likelihood is not null
) found where likelihood is not null order by number desc limit 1
"""


async def factors_of(conn: Connection, review_id: str) -> tuple[int, int] | None:
    """The upper medians of likelihood and severity of a review; None where nobody voted on factors."""
    row = await conn.fetchrow(FACTORS, review_id)
    return (row["likelihood"], row["severity"]) if row and row["likelihood"] else None


def fact_of(row: asyncpg.Record) -> Fact:
    """A row of `evidence`."""
    return Fact(
        effect=row["effect"],
        event_id=row["event_id"],
        point_id=row["point_id"],
        bureau_id=row["bureau_id"],
        kind=EvidenceKind(row["kind"]),
        source_id=row["source_id"],
        occurred_on=row["occurred_on"],
        known_at=row["known_at"],
        reverses=row["reverses"],
    )
