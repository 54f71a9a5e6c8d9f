"""The subgraph: what may be asked of the risk registry."""

from datetime import date, datetime
from typing import Annotated

import strawberry
from plumbline_shared.graphql import Info, build_schema

from risk_registry.api import imports, loaders, queries
from risk_registry.api.allocation import AllocationQuery
from risk_registry.api.assessments import AssessmentQuery
from risk_registry.api.authority import AuthorityQuery
from risk_registry.api.avoidance import AvoidanceQuery
from risk_registry.api.bpmn import BpmnQuery
from risk_registry.api.catalogue import CatalogueQuery
from risk_registry.api.conduct import ConductQuery
from risk_registry.api.counts_below import CountsBelowQuery
from risk_registry.api.dashboard import ProgrammeDashboard
from risk_registry.api.decomposition import DecompositionQuery
from risk_registry.api.deviations import DeviationQuery
from risk_registry.api.disclosure import DisclosureQuery
from risk_registry.api.discretion import DiscretionQuery
from risk_registry.api.documents import DocumentQuery
from risk_registry.api.entry_drafts import EntryDraftQuery
from risk_registry.api.evidence import EvidenceQuery
from risk_registry.api.exports import ExportQuery
from risk_registry.api.gaps import GapQuery, RegulationGap
from risk_registry.api.grading import GradingQuery
from risk_registry.api.heatmap import HeatmapQuery
from risk_registry.api.heightened import HeightenedQuery
from risk_registry.api.indicators import Indicator, IndicatorQuery
from risk_registry.api.ledger import Alert, LedgerQuery
from risk_registry.api.mutations import Mutation
from risk_registry.api.offices import OfficeQuery
from risk_registry.api.pivots import PivotQuery
from risk_registry.api.post_grades import PostGradeQuery
from risk_registry.api.processes import ProcessQuery
from risk_registry.api.references import Person
from risk_registry.api.reviews import GradingReview
from risk_registry.api.rotation import RotationQuery
from risk_registry.api.rotation_audits import RotationAuditQuery
from risk_registry.api.segregation import SegregationQuery
from risk_registry.api.selection import SelectionQuery
from risk_registry.api.self_checks import SelfCheckQuery
from risk_registry.api.timeline import TimelineQuery
from risk_registry.api.treatments import TreatmentQuery
from risk_registry.api.tuning import TuningQuery
from risk_registry.api.types import RiskPoint

FilterArgument = Annotated[queries.RiskPointFilter | None, strawberry.argument(name="filter")]
FromDay = Annotated[date, strawberry.argument(name="from")]
ToDay = Annotated[date, strawberry.argument(name="to")]


@strawberry.type
class Query(
    AllocationQuery,
    AssessmentQuery,
    AuthorityQuery,
    AvoidanceQuery,
    BpmnQuery,
    CatalogueQuery,
    ConductQuery,
    CountsBelowQuery,
    DecompositionQuery,
    DeviationQuery,
    DisclosureQuery,
    DiscretionQuery,
    DocumentQuery,
    EntryDraftQuery,
    EvidenceQuery,
    ExportQuery,
    GapQuery,
    GradingQuery,
    HeatmapQuery,
    HeightenedQuery,
    IndicatorQuery,
    LedgerQuery,
    OfficeQuery,
    PivotQuery,
    PostGradeQuery,
    ProcessQuery,
    RotationAuditQuery,
    RotationQuery,
    SegregationQuery,
    SelectionQuery,
    SelfCheckQuery,
    TimelineQuery,
    TreatmentQuery,
    TuningQuery,
):
    @strawberry.field(description="The register as of a day: what you may see of it, with facets.")
    async def risk_points(
        self,
        info: Info,
        narrowed: FilterArgument = None,
        as_of: date | None = None,
        first: int = 50,
        after: str | None = None,
        known_at: datetime | None = None,
    ) -> queries.RiskPointConnection:
        return await queries.page(info, narrowed, as_of, first, after, known_at)

    @strawberry.field(description="One point as of a day; null when it is not there or not yours to see.")
    async def risk_point(self, info: Info, id: strawberry.ID, as_of: date | None = None) -> RiskPoint | None:
        found = await loaders.point(info.context, id, loaders.day_of(info.context, as_of))
        return RiskPoint.of(found) if found else None

    @strawberry.field(description="Totals of a bureau's register, for its leaders and for those above it.")
    async def register_counts(
        self, info: Info, bureau_id: strawberry.ID, as_of: date | None = None
    ) -> queries.RegisterCounts:
        return await queries.counts(info, bureau_id, as_of)

    @strawberry.field(description="Alerts by point and phase from one day to another, both included.")
    async def alert_counts(
        self, info: Info, start: FromDay, end: ToDay, point_id: strawberry.ID | None = None
    ) -> list[queries.PointAlertCount]:
        return await queries.alerts(info, point_id, start, end)

    @strawberry.field(description="A grading review, for its panel, the head and discipline.")
    async def grading_review(self, info: Info, id: strawberry.ID) -> GradingReview | None:
        found = await loaders.review(info.context, id)
        return GradingReview.of(found) if found else None

    @strawberry.field(description="What a register file would do, with every bad cell and total.")
    async def register_import_preview(
        self,
        info: Info,
        file: imports.RegisterFileInput,
        effective_from: date,
        declared: imports.RegisterTotalsInput | None = None,
    ) -> imports.RegisterPreview:
        return await imports.preview(info, file, effective_from, declared)


ENTITIES = [RiskPoint, Person, GradingReview, Alert, Indicator, RegulationGap, ProgrammeDashboard]
schema = build_schema(Query, Mutation, types=ENTITIES)
