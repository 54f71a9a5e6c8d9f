"""地雷区 and 斑马线 over GraphQL: for everybody; whether a prohibition is stopped, for those who oversee (C-10)."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info

from risk_registry.api import loaders
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.conduct import blocked
from risk_registry.policies import POLICY, entry_resource
from risk_registry.storage.catalogue import bodies_on


@strawberry.type(
    description="A line of conduct: prohibited (地雷区, S1-003) or shared by all (斑马线, S1-004)."
)
class ConductRule:
    code: str
    title: str
    title_en: str
    basis: str
    prohibited: bool
    lessons: list[str] = strawberry.field(description="Units of education about it.")
    controls: list[str] | None = strawberry.field(description="Null unless you read the bureau's controls.")
    blocked: bool | None = strawberry.field(
        description="Whether a control in force stops it; null unless you read the bureau's controls."
    )


@strawberry.type
class ConductQuery:
    @strawberry.field(description="Lines of conduct of a day; all of them without `prohibited`.")
    async def conduct_rules(
        self, info: Info, prohibited: bool | None = None, as_of: date | None = None
    ) -> list[ConductRule]:
        bureau, on = loaders.bureau_of(info.context), loaders.day_of(info.context, as_of)
        who = await loaders.reader_on(info.context, on)
        cleared = POLICY.allows(who, "read", entry_resource(bureau, EntryKind.CONTROL, ""))
        async with info.context.runtime.db.read(who) as conn:
            rules = await bodies_on(conn, bureau, on, EntryKind.CONDUCT)
            controls = dict(await bodies_on(conn, bureau, on, EntryKind.CONTROL)) if cleared else {}
        return [
            ConductRule(
                code=code, title=rule.title_zh, title_en=rule.title_en, basis=rule.basis,
                prohibited=rule.prohibited, lessons=list(rule.lessons),
                controls=list(rule.controls) if cleared else None,
                blocked=blocked(rule, controls) if cleared else None,
            )
            for code, rule in rules
            if prohibited in (None, rule.prohibited)
        ]  # fmt: skip
