"""The register's part of the programme's dashboard: rotation (requirements 8.2, 13)."""

from datetime import date

import strawberry
from plumbline_org.programme import hidden_up_to, programme_of
from plumbline_shared.graphql import Info
from plumbline_shared.principal import system

from risk_registry.domain.suppression import THRESHOLD
from risk_registry.policies import POLICY
from risk_registry.storage.rotation_counts import rotation_counts


@strawberry.type(
    description="轮岗: holdings due and overdue on the last day of the year, or today; null where small."
)
class RotationFigures:
    due_soon: int | None
    overdue: int | None
    extended: int | None
    resolved: int | None = strawberry.field(description="Ended within the year.")


@strawberry.federation.type(keys=["id"])
class ProgrammeDashboard:
    id: strawberry.ID
    bureau_id: strawberry.Private[str]
    year: strawberry.Private[int]
    hidden: strawberry.Private[int]

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "ProgrammeDashboard | None":
        bureau_id, year = programme_of(id)
        hidden = await hidden_up_to(info.context, POLICY, bureau_id, year, THRESHOLD)
        return None if hidden is None else cls(id=id, bureau_id=bureau_id, year=year, hidden=hidden)

    @strawberry.field
    async def rotation(self, info: Info) -> RotationFigures:
        last = min(date(self.year, 12, 31), info.context.today)
        async with info.context.runtime.db.read(system(self.bureau_id)) as conn:
            found = await rotation_counts(conn, self.bureau_id, date(self.year, 1, 1), last)
        return RotationFigures(
            due_soon=self._shown(found.due_soon),
            overdue=self._shown(found.overdue),
            extended=self._shown(found.extended),
            resolved=self._shown(found.resolved),
        )

    def _shown(self, count: int) -> int | None:
        return count if count > self.hidden else None
