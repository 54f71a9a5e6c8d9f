"""A matter with branches is seen from each of them: row-level security and Cedar agree (requirements 5.3)."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from case_flow.domain.definition import State
from case_flow.domain.matter import Matter, OpenStep
from case_flow.matter_access import allowed, matter_resource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_shared.testing.policy import VisibleRows, principals

PEOPLE, UNITS = ("D01.a", "D01.b"), ("D01.POLICY", "D01.TO-3", "D01.LEGAL")
ROLES = ("SECTION_CHIEF", "REVIEWER", "INVESTIGATOR", "LEGAL_OFFICER")

INSERT = """
insert into matter (id, bureau_id, case_ref, item_code, item_version, item_hash, domain, state, title, unit_id, people,
                    units, step, queue_unit, queue_roles, others, accepted_at, accepted_on)
values ($1, $2, $1, 'I', 1, 'h', '', 'IN_HAND', 't', $3, $4, $5, 'a', $6, $7, $8, now(), '2026-04-01')
"""
ITEM = """
insert into item_version (bureau_id, item_code, version, content_hash, definition, source, published_at, published_by)
values ($1, 'I', 1, 'h', '{}', '', now(), 'x') on conflict do nothing
"""
BUREAU = "select set_config('plumbline.bureau', $1, true)"


def _some(values):
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


BRANCHES = st.lists(
    st.builds(
        OpenStep,
        step=st.sampled_from(["b", "c", "d"]),
        state=st.just(State.IN_HAND),
        unit_id=st.sampled_from(UNITS),
        queue_unit=st.sampled_from([None, *UNITS]),
        queue_roles=_some(ROLES),
    ),
    max_size=3,
    unique_by=lambda one: one.step,
).map(tuple)
MATTERS = st.builds(
    Matter,
    id=st.uuids().map(lambda one: f"mt_{one.hex}"),
    bureau_id=st.sampled_from(["D01", "D02"]),
    case_ref=st.just(""),
    item_code=st.just("I"),
    item_version=st.just(1),
    item_hash=st.just("h"),
    title=st.just("t"),
    unit_id=st.sampled_from(UNITS),
    people=_some(PEOPLE),
    units=_some(UNITS),
    step=st.just("a"),
    queue_unit=st.sampled_from([None, *UNITS]),
    queue_roles=_some(ROLES),
    others=BRANCHES,
    accepted_at=st.just(datetime(2026, 4, 1, tzinfo=UTC)),
    accepted_on=st.just(date(2026, 4, 1)),
)


class Doors:
    """The policy as the loaders ask it: by every open step of a matter."""

    def __init__(self):
        self.known = {}

    async def insert(self, conn, one):
        self.known[one.id] = one
        await conn.execute(BUREAU, one.bureau_id)
        await conn.execute(ITEM, one.bureau_id)
        others = msgspec.json.encode(one.others).decode()
        queue = (one.queue_unit, one.queue_roles, others)
        await conn.execute(INSERT, one.id, one.bureau_id, one.unit_id, one.people, one.units, *queue)

    def decide(self, principal, action, resources):
        return [allowed(principal, action, self.known[each.id]) for each in resources]

    def rows(self):
        return VisibleRows(self, "read", "select id from matter", self.insert, matter_resource)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    principal=principals(people=PEOPLE, roles=ROLES, units=UNITS),
    rows=st.lists(MATTERS, max_size=5, unique_by=lambda one: one.id),
)
async def test_rows_visible_are_rows_allowed_from_any_branch(bureau, principal, rows):
    await Doors().rows().hold(bureau.db, principal, rows)


@pytest.mark.parametrize(
    ("roles", "units", "sees"),
    [
        ({"INVESTIGATOR"}, {"D01.TO-3"}, True),
        ({"LEGAL_OFFICER"}, {"D01.LEGAL"}, True),
        ({"LEGAL_OFFICER"}, {"D01.TO-3"}, False),
        ({"INVESTIGATOR"}, {"D01.LEGAL"}, False),
        ({"REVIEWER"}, {"D01.POLICY"}, False),
    ],
)
async def test_the_queue_of_a_branch_is_that_of_its_unit_and_roles(bureau, person, roles, units, sees):
    legal = OpenStep(
        step="b", state=State.IN_HAND, unit_id="D01.LEGAL", queue_unit="D01.LEGAL", queue_roles=("LEGAL_OFFICER",)
    )  # fmt: skip
    matter = Matter(
        id="mt_1", bureau_id="D01", case_ref="", item_code="I", item_version=1, item_hash="h", title="t",
        unit_id="D01.TO-3", people=("D01.a",), units=("D01.TO-3", "D01.LEGAL"), step="a", queue_unit="D01.TO-3",
        queue_roles=("INVESTIGATOR",), others=(legal,), accepted_at=datetime(2026, 4, 1, tzinfo=UTC),
        accepted_on=date(2026, 4, 1),
    )  # fmt: skip
    seen = await Doors().rows().hold(bureau.db, person("D01.b", roles=roles, units=units), [matter])
    assert bool(seen) is sees
