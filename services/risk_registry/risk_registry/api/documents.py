"""Handbooks and diagrams over GraphQL: what a reader may see, and where to fetch it."""

import hashlib
from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.policy import absent

from risk_registry.api import loaders
from risk_registry.api.processes import versions
from risk_registry.api.types import RiskPoint
from risk_registry.documents.diagram import dot_of
from risk_registry.documents.editions import Edition, HandbookScope
from risk_registry.documents.jobs import Job
from risk_registry.documents.resources import handbook_resource
from risk_registry.documents.workshop import workshop
from risk_registry.domain.register import PointFilter, PointOnDay
from risk_registry.handbook_default import shipped_handbook_rule
from risk_registry.policies import POLICY
from risk_registry.storage.display import display_on
from risk_registry.storage.handbook_rules import chosen_rule
from risk_registry.storage.handbooks import later_volumes, latest_edition
from risk_registry.storage.points import list_points
from risk_registry.use_cases.issue_handbook import IssueHandbook, issue_handbook
from risk_registry.use_cases.plan_editions import ChooseHandbookRule, choose_handbook_rule

EVERY_POINT = 2**31 - 1

strawberry.enum(HandbookScope, description="岗位 POST, 个人 PERSON, 全局 BUREAU")


@strawberry.type(description="A volume; the first one's cover names the hashes of the others.")
class HandbookVolume:
    number: int
    sha256: str
    point_count: int
    download: str = strawberry.field(description="Path on this service; same token, same readers.")


@strawberry.type(
    description="岗位风险手册: a dated edition, sealed by the SHA-256 of its first volume (S2-011)."
)
class PostRiskHandbook:
    edition_: strawberry.Private[Edition]
    id: strawberry.ID
    scope: HandbookScope
    subject_id: strawberry.ID
    edition: date = strawberry.field(description="The day whose register it prints.")
    sha256: str
    point_count: int
    issued_at: datetime
    download: str = strawberry.field(description="Path on this service; same token, same readers.")

    @classmethod
    def of(cls, each: Edition) -> "PostRiskHandbook":
        return cls(
            edition_=each,
            id=strawberry.ID(each.id),
            scope=each.subject.scope,
            subject_id=strawberry.ID(each.subject.id),
            edition=each.as_of,
            sha256=each.sha256,
            point_count=each.points,
            issued_at=each.issued_at,
            download=f"/handbooks/{each.id}.pdf",
        )

    @strawberry.field(description="One, or as many as the bureau's rule of volume size makes of it.")
    async def volumes(self, info: Info) -> list[HandbookVolume]:
        each = self.edition_
        who = await loaders.reader_on(info.context, each.as_of)
        async with info.context.runtime.db.read(who) as conn:
            later = await later_volumes(conn, each.bureau_id, each.id)
        first = (1, each.sha256, each.points - sum(points for _number, _sha256, points in later))
        return [
            HandbookVolume(
                number=number, sha256=sha256, point_count=points,
                download=f"{self.download}?volume={number}" if number > 1 else self.download,
            )
            for number, sha256, points in [first, *later]
        ]  # fmt: skip

    @strawberry.field(description="Its points as the register says them today about the edition's day.")
    async def points(self, info: Info) -> list[RiskPoint]:
        about = self.edition_.subject
        wanted = PointFilter(posts=None if about.whole else about.posts)
        return [RiskPoint.of(each) for each in await seen(info, wanted, self.edition)]


@strawberry.type(
    description="流程图: a version of a process as SVG, with those of its points that you may see."
)
class ProcessDiagram:
    svg: str
    sha256: str
    point_count: int


@strawberry.input(
    description="`subject` is a post, a person, or for BUREAU the bureau; edition: today by default."
)
class IssueRiskHandbookInput:
    client_mutation_id: str
    scope: HandbookScope
    subject: strawberry.ID
    edition: date | None = None


@strawberry.type
class IssueRiskHandbookPayload:
    handbook: PostRiskHandbook | None
    user_errors: list[UserError]


@strawberry.type(description="How often a handbook is printed anew, and how large a volume may be.")
class HandbookRule:
    version: str
    cycle_months: int
    volume_points: int
    volume_diagrams: int
    citation: str


@strawberry.input(description="Counts from today; handbooks that have an edition are planned anew.")
class ChooseHandbookRuleInput:
    client_mutation_id: str
    cycle_months: int
    volume_points: int
    volume_diagrams: int
    citation: str


@strawberry.type
class ChooseHandbookRulePayload:
    version: str | None
    planned: int
    user_errors: list[UserError]


async def seen(info: Info, wanted: PointFilter, on: date) -> list[PointOnDay]:
    """Points of a day as their reader."""
    who = await loaders.reader_on(info.context, on)
    async with info.context.runtime.db.read(who) as conn:
        found = await list_points(conn, loaders.bureau_of(info.context), on, wanted, "", EVERY_POINT)
    return loaders.allowed(who, found)


async def handbook(
    info: Info, scope: HandbookScope, subject: str, edition: date | None
) -> PostRiskHandbook | None:
    """The sealed edition of a day, or the latest; None when there is none or it is not the reader's."""
    bureau = loaders.bureau_of(info.context)
    who = await loaders.reader_on(info.context, loaders.day_of(info.context, edition))
    async with info.context.runtime.db.read(who) as conn:
        found = await latest_edition(conn, bureau, scope, subject, edition)
    if found is None:
        return None
    about = found.subject
    resource = handbook_resource(bureau, about.posts, about.units, whole=about.whole)
    return PostRiskHandbook.of(found) if POLICY.allows(who, "read", resource) else None


async def diagram(info: Info, version_id: str) -> ProcessDiagram:
    """Raises NotFound for a version that is not the reader's, Unavailable when the worker fails."""
    found = await versions(info, None, None, id_=version_id)
    if not found:
        raise absent("ProcessVersion")
    version = found[0].version
    on = info.context.today
    points = await seen(info, PointFilter(process=version.process), on)
    async with info.context.read() as conn:
        shown = await display_on(conn, version.bureau_id, on)
    org = await loaders.org_of(info.context, version.bureau_id)
    names = {each.id: each.title for each in org.posts.values()}
    dot = dot_of(version.process, version.graph, points, shown, names)
    content = await workshop().do(Job("diagram", dot))
    return ProcessDiagram(
        svg=content.decode(), sha256=hashlib.sha256(content).hexdigest(), point_count=len(points)
    )


@strawberry.type
class DocumentQuery:
    @strawberry.field(description="The handbook of a post: the edition of a day, the latest by default.")
    async def post_risk_handbook(
        self, info: Info, post_id: strawberry.ID, edition: date | None = None
    ) -> PostRiskHandbook | None:
        return await handbook(info, HandbookScope.POST, post_id, edition)

    @strawberry.field(description="The handbook of an officer, or of the bureau.")
    async def risk_handbook(
        self, info: Info, scope: HandbookScope, subject: strawberry.ID, edition: date | None = None
    ) -> PostRiskHandbook | None:
        return await handbook(info, scope, subject, edition)

    @strawberry.field(description="The rule of your bureau's handbooks: its own, or what ships.")
    async def handbook_rule(self, info: Info) -> HandbookRule:
        bureau = loaders.bureau_of(info.context)
        async with info.context.read() as conn:
            found = await chosen_rule(conn, bureau, info.context.today) or shipped_handbook_rule()
        return HandbookRule(**vars(found))

    @strawberry.field(description="The flow diagram of a version that you may see (S2-005).")
    async def process_diagram(self, info: Info, version_id: strawberry.ID) -> ProcessDiagram:
        return await diagram(info, version_id)


@strawberry.type
class DocumentMutation:
    @strawberry.mutation(description="Print and seal an edition; the same register gives the same edition.")
    async def issue_risk_handbook(
        self, info: Info, input: IssueRiskHandbookInput
    ) -> IssueRiskHandbookPayload:
        on = input.edition or info.context.today
        command = IssueHandbook(input.scope, input.subject, on)
        done, errors = await run(info, issue_handbook, command, input.client_mutation_id)
        found = await handbook(info, input.scope, input.subject, on) if done else None
        return IssueRiskHandbookPayload(handbook=found, user_errors=errors)

    @strawberry.mutation(description="Choose the cycle of editions and the size of volumes; by the head.")
    async def choose_handbook_rule(
        self, info: Info, input: ChooseHandbookRuleInput
    ) -> ChooseHandbookRulePayload:
        command = ChooseHandbookRule(
            input.cycle_months, input.volume_points, input.volume_diagrams, input.citation
        )
        done, errors = await run(info, choose_handbook_rule, command, input.client_mutation_id)
        return ChooseHandbookRulePayload(
            version=done.version if done else None, planned=done.planned if done else 0, user_errors=errors
        )
