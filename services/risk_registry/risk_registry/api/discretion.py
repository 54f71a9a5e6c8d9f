"""Discretion standards over GraphQL: versions, tiers, drafting and publishing."""

from datetime import date, datetime
from typing import Any, cast

import msgspec
import strawberry
from plumbline_shared.graphql import Info, UserError, run
from strawberry.scalars import JSON

from risk_registry.api import loaders
from risk_registry.domain import discretion as domain
from risk_registry.policies import POLICY
from risk_registry.policies.discretion import standard_resource
from risk_registry.storage import discretion as stored
from risk_registry.use_cases import keep_discretion as keeping


@strawberry.type(
    description="裁量基准: one version of a standard. `body` holds class, points, tiers and limits in fen."
)
class DiscretionStandard:
    id: strawberry.ID = strawberry.field(description="The standard, for example D01.DEMO-2026.")
    version_id: strawberry.ID
    code: str
    version: int
    title: str
    title_en: str
    citation: str
    author: str
    approver: str | None
    drafted_at: datetime
    published_at: datetime | None
    effective_from: date | None = strawberry.field(description="Null for a draft.")
    violation_points: list[str]
    body: JSON

    @classmethod
    def of(cls, version: domain.StandardVersion) -> "DiscretionStandard":
        return cls(
            id=strawberry.ID(version.standard_id),
            version_id=strawberry.ID(version.id),
            code=version.code,
            version=version.version,
            title=version.body.title_zh,
            title_en=version.body.title_en,
            citation=version.body.citation,
            author=version.author,
            approver=version.approver,
            drafted_at=version.drafted_at,
            published_at=version.published_at,
            effective_from=version.effective_from,
            violation_points=list(version.body.points),
            body=cast(JSON, msgspec.to_builtins(version.body)),
        )


@strawberry.type
class DiscretionQuery:
    @strawberry.field(
        description="The standards in force on a day; with `drafts`, also what is not published."
    )
    async def discretion_standards(
        self, info: Info, as_of: date | None = None, drafts: bool = False
    ) -> list[DiscretionStandard]:
        found = await _versions(info, None)
        day = loaders.day_of(info.context, as_of)
        counting = _in_force(found, day)
        waiting = [each for each in found if drafts and each.published_at is None]
        return [DiscretionStandard.of(each) for each in (*counting, *waiting)]

    @strawberry.field(description="One standard as it was in force on a day; null before its first version.")
    async def discretion_standard(
        self, info: Info, id: strawberry.ID, as_of: date | None = None
    ) -> DiscretionStandard | None:
        code = id.removeprefix(f"{loaders.bureau_of(info.context)}.")
        found = domain.in_force(await _versions(info, code), loaders.day_of(info.context, as_of))
        return DiscretionStandard.of(found) if found else None


async def _versions(info: Info, code: str | None) -> list[domain.StandardVersion]:
    bureau = loaders.bureau_of(info.context)
    async with info.context.read() as conn:
        found = await stored.versions(conn, bureau, code)
    resources = [standard_resource(each.id, bureau, published=bool(each.published_at)) for each in found]
    allowed = POLICY.decide(info.context.principal, "read", resources)
    return [each for each, yes in zip(found, allowed, strict=True) if yes]


def _in_force(found: list[domain.StandardVersion], day: date) -> list[domain.StandardVersion]:
    codes = dict.fromkeys(each.code for each in found)
    counting = (domain.in_force([each for each in found if each.code == code], day) for code in codes)
    return [each for each in counting if each]


@strawberry.input(description="`body` as `discretionStandard` shows it; money in fen.")
class DraftDiscretionStandardInput:
    client_mutation_id: str
    code: str
    body: JSON


@strawberry.input
class PublishDiscretionStandardInput:
    client_mutation_id: str
    version_id: strawberry.ID
    effective_from: date


@strawberry.type
class DiscretionStandardPayload:
    standard_id: strawberry.ID | None
    version_id: strawberry.ID | None
    version: int | None
    user_errors: list[UserError]

    @classmethod
    def of(cls, done: keeping.StandardKept | None, errors: list[UserError]) -> "DiscretionStandardPayload":
        return cls(
            standard_id=strawberry.ID(done.standard_id) if done else None,
            version_id=strawberry.ID(done.id) if done else None,
            version=done.version if done else None,
            user_errors=errors,
        )


@strawberry.type
class DiscretionMutation:
    @strawberry.mutation(description="Draft a version of a standard; somebody else publishes it.")
    async def draft_discretion_standard(
        self, info: Info, input: DraftDiscretionStandardInput
    ) -> DiscretionStandardPayload:
        command = keeping.DraftStandard(input.code, cast(dict[str, Any], input.body))
        return DiscretionStandardPayload.of(
            *await run(info, keeping.draft_standard, command, input.client_mutation_id)
        )

    @strawberry.mutation(description="Publish a draft: refused with a gap, an overlap or a fault in it.")
    async def publish_discretion_standard(
        self, info: Info, input: PublishDiscretionStandardInput
    ) -> DiscretionStandardPayload:
        command = keeping.PublishStandard(input.version_id, input.effective_from)
        return DiscretionStandardPayload.of(
            *await run(info, keeping.publish_standard, command, input.client_mutation_id)
        )
