"""What a replay's tables say: counts, variants, throughput, findings. All figures are computed here, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from plumbline_shared.database import Connection


@dataclass(frozen=True)
class Counts:
    """Totals of a run."""

    cases: int
    events: int
    refused_events: int
    activities: int
    persons: int
    events_without_person: int


COUNTS = """
select (select count(*) from matter where run_id = $1) as cases, count(*) as events,
       (select count(distinct (case_ref, event_no)) from finding
        where run_id = $1 and refused and check_id not like 'required:%' and step not like '@%') as refused_events,
       count(distinct step) as activities,
       (select count(distinct who) from matter_step, unnest(signers) who where run_id = $1) as persons,
       count(*) filter (where cardinality(signers) = 0) as events_without_person
from matter_step where run_id = $1
"""


async def counts(conn: Connection, run_id: str) -> Counts:
    """Totals: recorded cases, events, refused events, steps that occur, persons that act."""
    row = await conn.fetchrow(COUNTS, run_id)
    assert row is not None  # noqa: S101  an aggregate always answers one row
    return Counts(**dict(row))


ACTIVITIES = 'select step, count(*) as n from matter_step where run_id = $1 group by step order by n desc, step collate "C"'


async def activities(conn: Connection, run_id: str) -> dict[str, int]:
    """How often each step occurs."""
    return {row["step"]: row["n"] for row in await conn.fetch(ACTIVITIES, run_id)}


VARIANTS = """
with trail as (
  select array_agg(step order by seq) as steps from matter_step where run_id = $1 group by matter_id
), variant as (
  select steps, count(*) as cases from trail group by steps
)
select steps, cases, count(*) over () as kinds from variant order by cases desc, steps collate "C" limit $2
"""


async def variants(conn: Connection, run_id: str, most: int) -> tuple[int, list[tuple[list[str], int]]]:
    """How many different sequences of steps there are, and the most frequent with their cases."""
    rows = await conn.fetch(VARIANTS, run_id, most)
    return (rows[0]["kinds"] if rows else 0), [(row["steps"], row["cases"]) for row in rows]


EXACTLY = """
select count(*) from (
  select from matter_step where run_id = $1 group by matter_id having array_agg(step order by seq) = $2::text[]
) same
"""


async def exactly(conn: Connection, run_id: str, steps: Sequence[str]) -> int:
    """How many cases follow exactly this sequence."""
    return await conn.fetchval(EXACTLY, run_id, list(steps))


THROUGHPUT = """
select percentile_cont(array[0.5, 0.9, 1.0]) within group (order by seconds) as seconds from (
  select extract(epoch from max(at) - min(at))::float8 as seconds from matter_step where run_id = $1 group by matter_id
) elapsed
"""


async def throughput(conn: Connection, run_id: str) -> list[float]:
    """Median, 90th percentile and maximum of the seconds from first to last event; nothing for an empty run."""
    return await conn.fetchval(THROUGHPUT, run_id) or []


FINDINGS = """
with hit as (
  select step, case_ref, count(*) as n from finding where run_id = $1 and check_id = $2 group by step, case_ref
), by_step as (
  select step, count(*) as cases from hit group by step
)
select (select count(distinct case_ref) from hit) as cases, (select coalesce(sum(n), 0)::bigint from hit) as findings,
       coalesce((select jsonb_object_agg(step, cases) from by_step), '{}')::text as by_step,
       coalesce((select array_agg(distinct case_ref collate "C" order by case_ref collate "C") from hit), '{}') as case_ids
"""


@dataclass(frozen=True)
class Findings:
    """What one check found."""

    cases: int
    findings: int
    by_step: str
    case_ids: list[str]


async def findings(conn: Connection, run_id: str, check_id: str) -> Findings:
    """Cases in which the check found something, by the step at which it showed (as JSON), and their ids."""
    row = await conn.fetchrow(FINDINGS, run_id, check_id)
    assert row is not None  # noqa: S101  an aggregate always answers one row
    return Findings(**dict(row))


APPLICABLE = """
select count(*) from matter m
where run_id = $1 and facts ?& $2::text[] and not exists (
  select from unnest($3::text[]) wanted
  where not exists (select from matter_step s where s.matter_id = m.id and s.step = wanted)
    and not exists (select from finding f
                    where f.run_id = $1 and f.case_ref = m.case_ref and f.step = wanted and f.refused
                      and f.check_id not like 'required:%')
)
"""


async def with_facts_and_steps(
    conn: Connection, run_id: str, facts: Sequence[str], steps: Sequence[str]
) -> int:
    """How many cases carry all of these facts and have all of these steps, refused ones included."""
    return await conn.fetchval(APPLICABLE, run_id, list(facts), list(steps))
