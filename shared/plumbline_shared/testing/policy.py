"""Hold the two layers of authorization equal: rows visible under row-level security == rows Cedar allows.

In a service's tests::

    EQUAL = VisibleRows(POLICY, "read", "select id from complaint", insert_complaint, complaint_resource)

    @given(principals(people=PEOPLE, roles=ROLES, units=UNITS), st.lists(complaints(), unique_by=lambda c: c.id))
    async def test_rows_visible_are_rows_allowed(principal, rows):
        await EQUAL.hold(database, principal, rows)
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hypothesis import strategies as st

from plumbline_shared.database import Connection, Database, identify
from plumbline_shared.policy import Policy, Resource
from plumbline_shared.principal import ANONYMOUS, Principal, system

Row = TypeVar("Row")
DEFAULT_BUREAUS = ("D01", "D02")


def principals(
    *,
    people: Sequence[str],
    roles: Sequence[str],
    units: Sequence[str] = (),
    posts: Sequence[str] = (),
    scopes: Sequence[str] = (),
    bureaus: Sequence[str] = DEFAULT_BUREAUS,
) -> st.SearchStrategy[Principal]:
    """Officers with any mix of roles, clients, nobody, the service itself; of both bureaus and of none."""
    bureau = st.sampled_from([*bureaus, None])
    officer = st.builds(
        Principal,
        kind=st.just("person"),
        person_id=st.sampled_from(list(people)),
        bureau_id=bureau,
        roles=_some(roles),
        unit_ids=_some(units),
        post_ids=_some(posts),
        scopes=_some(scopes),
    )
    client = st.builds(Principal, kind=st.just("client"), bureau_id=bureau, scopes=_some(scopes))
    return st.one_of(officer, officer, officer, client, st.just(ANONYMOUS), st.builds(system, bureau))


def _some(values: Sequence[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(list(values)), max_size=3) if values else st.just(frozenset[str]())


class _Undo(Exception):
    """Leaves the transaction without its rows."""


@dataclass(frozen=True)
class VisibleRows(Generic[Row]):
    """`select` gives the ids a list would show; `insert` stores one row; `resource` is the row as Cedar sees it."""

    policy: Policy
    action: str
    select: str
    insert: Callable[[Connection, Row], Awaitable[object]]
    resource: Callable[[Row], Resource]

    async def hold(
        self,
        database: Database,
        principal: Principal,
        rows: Iterable[Row],
        *,
        author: Principal | None = None,
    ) -> frozenset[str]:
        """Fail unless both layers show `principal` the same of `rows`; nothing is kept. Returns the visible ids."""
        stored = list(rows)
        seen: set[str] = set()
        try:
            async with database.transaction(author or system()) as conn:
                for row in stored:
                    await self.insert(conn, row)
                await identify(conn, principal)
                seen = {record[0] for record in await conn.fetch(self.select)}
                raise _Undo
        except _Undo:
            pass
        resources = [self.resource(row) for row in stored]
        decisions = self.policy.decide(principal, self.action, resources)
        allowed = {resource.id for resource, yes in zip(resources, decisions, strict=True) if yes}
        assert seen == allowed, f"{principal} sees {seen - allowed} unallowed, misses {allowed - seen}"
        return frozenset(seen)
