"""What everybody may see, without a token; and how the head publishes and withdraws it (C-10)."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.documents import public_view as frozen
from risk_registry.storage.public_views import latest_snapshot
from risk_registry.use_cases.disclose import (
    PublicViewDone,
    PublishPublicView,
    WithdrawPublicView,
    publish_public_view,
    withdraw_public_view,
)


@strawberry.type(description="A step for the public: what, on which basis, how, and which post answers.")
class PublicStep:
    title: str
    title_en: str
    basis: str
    procedure: str
    post: str


@strawberry.type
class PublicProcess:
    code: str
    title: str
    title_en: str
    limit_days: int
    limit_unit: str
    steps: list[PublicStep]

    @classmethod
    def of(cls, each: frozen.PublicProcess) -> "PublicProcess":
        steps = [
            PublicStep(title=s.title, title_en=s.title_en, basis=s.basis, procedure=s.procedure, post=s.post)
            for s in each.steps
        ]
        return cls(
            code=each.code, title=each.title, title_en=each.title_en, limit_days=each.limit_days,
            limit_unit=each.limit_unit, steps=steps,
        )  # fmt: skip


@strawberry.type
class PublicPower:
    code: str
    title: str
    title_en: str
    basis: str
    process: str
    posts: list[str]


@strawberry.type(description="公开视图: frozen on a day; `sha256` is that of `content`, byte for byte.")
class PublicView:
    id: strawberry.ID
    bureau_id: strawberry.ID
    as_of: date
    published_at: datetime
    sha256: str
    content: str
    powers: list[PublicPower]
    processes: list[PublicProcess]

    @classmethod
    def of(cls, found: frozen.Snapshot) -> "PublicView":
        view = found.view
        powers = [
            PublicPower(
                code=p.code,
                title=p.title,
                title_en=p.title_en,
                basis=p.basis,
                process=p.process,
                posts=p.posts,
            )
            for p in view.powers
        ]
        return cls(
            id=strawberry.ID(found.id), bureau_id=strawberry.ID(found.bureau_id), as_of=view.as_of,
            published_at=found.published_at, sha256=found.sha256, content=found.content, powers=powers,
            processes=[PublicProcess.of(each) for each in view.processes],
        )  # fmt: skip


@strawberry.input
class PublishPublicViewInput:
    client_mutation_id: str
    as_of: date | None = None


@strawberry.input
class WithdrawPublicViewInput:
    client_mutation_id: str
    snapshot_id: strawberry.ID
    reason: str


@strawberry.type
class PublicViewPayload:
    snapshot_id: strawberry.ID | None
    sha256: str | None
    user_errors: list[UserError]

    @classmethod
    def of(cls, done: PublicViewDone | None, errors: list[UserError]) -> "PublicViewPayload":
        if done is None:
            return cls(snapshot_id=None, sha256=None, user_errors=errors)
        return cls(snapshot_id=strawberry.ID(done.snapshot_id), sha256=done.sha256, user_errors=errors)


@strawberry.type
class DisclosureQuery:
    @strawberry.field(description="What a bureau shows to everybody: no token needed; null when nothing is.")
    async def public_view(self, info: Info, bureau_id: strawberry.ID) -> PublicView | None:
        async with info.context.read() as conn:
            found = await latest_snapshot(conn, bureau_id)
        return PublicView.of(found) if found else None


@strawberry.type
class DisclosureMutation:
    @strawberry.mutation(description="Freeze and show the powers and processes of a day; by the head.")
    async def publish_public_view(self, info: Info, input: PublishPublicViewInput) -> PublicViewPayload:
        command = PublishPublicView(input.as_of or info.context.today)
        return PublicViewPayload.of(*await run(info, publish_public_view, command, input.client_mutation_id))

    @strawberry.mutation(description="Take a snapshot back, with a reason; by the head.")
    async def withdraw_public_view(self, info: Info, input: WithdrawPublicViewInput) -> PublicViewPayload:
        command = WithdrawPublicView(input.snapshot_id, input.reason)
        return PublicViewPayload.of(*await run(info, withdraw_public_view, command, input.client_mutation_id))
