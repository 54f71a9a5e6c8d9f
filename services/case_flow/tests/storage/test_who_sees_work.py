"""A line of an inbox is seen by whoever sees its matter, though the line answers for itself where it can."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from case_flow.domain.definition import State
from case_flow.domain.matter import Matter, OpenStep, Pending, joined
from case_flow.domain.parsing import parse
from case_flow.domain.step_out import step_out
from case_flow.matter_access import allowed, matter_resource
from case_flow.storage.matter import work_of
from case_flow.testing import WorkedBureau
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.database import Connection
from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE = ("D01.a", "D01.b", "D01.c")
UNITS = ("D01.POLICY", "D01.TO-3")
ROLES = ("REVIEWER", "WINDOW_CLERK", "SECTION_CHIEF", "MATTER_TRACKER")
SCOPES = ("leads:D01.POLICY", "tracks:RELIEF")
AT = datetime(2026, 4, 1, tzinfo=UTC)
FLOW = parse("""
item: I
version: 1
name: {zh: 并, en: Beside}
citation: {source: a rule}
steps:
  - {code: s, name: {zh: 始, en: Start}, role: WINDOW_CLERK, unit: HALL, split: [a, b]}
  - {code: a, name: {zh: 甲, en: A}, role: REVIEWER, unit: POLICY, min_actors: 2, next: e}
  - {code: b, name: {zh: 乙, en: B}, role: REVIEWER, unit: TO-3, next: e}
  - {code: e, name: {zh: 终, en: End}, role: SECTION_CHIEF, unit: POLICY, join: s, end: true}
""")

MATTER = """
with item as (
  insert into item_version (bureau_id, item_code, version, content_hash, definition, source, published_at, published_by)
  values ($2, 'I', 1, 'h', '{}', '', now(), 'x') on conflict do nothing
)
insert into matter (id, bureau_id, case_ref, item_code, item_version, item_hash, domain, state, title, unit_id, step,
                    handlers, people, units, queue_unit, queue_roles, others, accepted_at, accepted_on)
values ($1, $2, $1, 'I', 1, 'h', $3, 'IN_HAND', 't', $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, now(), '2026-04-01')
"""
WORK = """
insert into work (matter_id, seq, step, assignee, bureau_id, due_on, roles)
select $1, 1, step, assignee, $2, '2026-05-01', string_to_array(roles, ',')
from unnest($3::text[], $4::text[], $5::text[]) as given (step, assignee, roles)
"""
BUREAU = "select set_config('plumbline.bureau', $1, true)"


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


def _pending(step: str) -> st.SearchStrategy[Pending | None]:
    asked = _some(PEOPLE).map(lambda who: Pending(step=step, signers=who, signed=who[:1], since=AT))
    return st.none() | asked.filter(lambda one: len(one.signers) > 1)


def _open(step: str) -> st.SearchStrategy[OpenStep]:
    """An open step in hands, in a queue, in both or, a moment before it is placed, in neither."""
    return st.builds(
        OpenStep,
        step=st.just(step),
        state=st.just(State.IN_HAND),
        unit_id=st.sampled_from(UNITS),
        handlers=_some(PEOPLE),
        queue_unit=st.sampled_from([None, *UNITS]),
        queue_roles=_some(ROLES),
        pending=_pending(step),
    )


@st.composite
def matters(draw: st.DrawFn) -> Matter:
    """One with a branch or two open; of those who had a part in it some stepped out again."""
    opened = draw(st.tuples(_open("a")) | st.tuples(_open("a"), _open("b")))
    hands = joined(draw(_some(PEOPLE)), *(one for step in opened for one in step.hands))
    matter = Matter(
        id=f"mt_{draw(st.uuids()).hex}",
        bureau_id=draw(st.sampled_from(["D01", "D02"])),
        case_ref="",
        item_code="I",
        item_version=1,
        item_hash="h",
        title="t",
        unit_id="",
        people=hands,
        units=draw(_some(UNITS)),
        domain=draw(st.sampled_from(["RELIEF", "PENALTY"])),
        accepted_at=AT,
        accepted_on=date(2026, 4, 1),
    ).standing(opened)
    for person in draw(_some(PEOPLE)):
        matter = step_out(FLOW, matter, person)
    return matter


class Lines:
    """The policy as the loaders ask it of matters, with the lines of inboxes beside."""

    def __init__(self) -> None:
        self.known: dict[str, Matter] = {}

    async def insert(self, conn: Connection, one: Matter) -> None:
        await conn.execute(BUREAU, one.bureau_id)
        others = msgspec.json.encode(one.others).decode()
        await conn.execute(
            MATTER,
            *(one.id, one.bureau_id, one.domain, one.unit_id, one.step, one.handlers, one.people, one.units),
            *(one.queue_unit, one.queue_roles, others),
        )
        steps, assignees, _, roles = work_of(one)
        if steps:
            self.known[one.id] = one
            await conn.execute(WORK, one.id, one.bureau_id, steps, assignees, roles)

    def decide(self, principal: Principal, action: str, resources: Sequence[Resource]) -> list[bool]:
        return [
            each.id in self.known and allowed(principal, action, self.known[each.id]) for each in resources
        ]

    def rows(self) -> VisibleRows[Matter]:
        policy: Any = self
        return VisibleRows(
            policy, "read", "select distinct matter_id from work", self.insert, matter_resource
        )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    principal=principals(people=PEOPLE, roles=ROLES, units=UNITS, scopes=SCOPES),
    rows=st.lists(matters(), max_size=5, unique_by=lambda one: one.id),
)
async def test_lines_visible_are_those_of_matters_allowed(
    bureau: WorkedBureau, principal: Principal, rows: list[Matter]
) -> None:
    await Lines().rows().hold(bureau.db, principal, rows)


def _beside(**changes: object) -> Matter:
    ours = OpenStep(step="a", state=State.IN_HAND, unit_id=UNITS[0], handlers=("D01.a",))
    queued = OpenStep(
        step="b", state=State.IN_HAND, unit_id=UNITS[1], queue_unit=UNITS[1], queue_roles=("REVIEWER",)
    )
    return Matter(
        id="mt_1", bureau_id="D01", case_ref="", item_code="I", item_version=1, item_hash="h", title="t", unit_id="",
        people=("D01.a",), units=UNITS, accepted_at=AT, accepted_on=date(2026, 4, 1),
    ).standing((ours, queued)).change(**changes)  # fmt: skip


def _of(unit: str, role: str, bureau: str = "D01") -> Principal:
    return Principal("person", "D01.b", bureau, frozenset({role}), frozenset({unit}))


OWNER = Principal("person", "D01.a", "D01")
GONE = Principal("person")


@pytest.mark.parametrize(
    ("principal", "matter", "sees"),
    [
        (OWNER, _beside(), True),
        (OWNER, step_out(FLOW, _beside(), "D01.a"), False),
        (GONE, _beside(), False),
        (Principal("person", "D01.a"), _beside(), False),
        (_of(UNITS[1], "REVIEWER"), _beside(), True),
        (_of(UNITS[1], "WINDOW_CLERK"), _beside(), False),
        (_of(UNITS[0], "REVIEWER"), _beside(), False),
        (_of(UNITS[1], "REVIEWER", "D02"), _beside(), False),
    ],
    ids=[
        "has it",
        "stepped out",
        "left",
        "of no bureau",
        "its queue",
        "another role",
        "another unit",
        "another bureau",
    ],
)
async def test_a_line_shows_nothing_that_its_matter_hides(
    bureau: WorkedBureau, principal: Principal, matter: Matter, sees: bool
) -> None:
    assert bool(await Lines().rows().hold(bureau.db, principal, [matter])) is sees
