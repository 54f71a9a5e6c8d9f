"""What an inspected office was told of a run, and when (S1-066)."""

from datetime import date, datetime

import strawberry
from plumbline_shared.graphql import Info, page_size

from case_flow.access import POLICY
from case_flow.api.inspections import RunKind
from case_flow.api.matter_parts import Label
from case_flow.api.references import Unit, unit
from case_flow.domain.inspection_pack import InspectionPack
from case_flow.inspection_access import notice_resource
from case_flow.rules import INSPECTION_RULES, rules_of
from case_flow.storage import inspection_notice as notices
from case_flow.storage.inspection_notice import Told


@strawberry.type(description="检查通知: for the inspected office; no files, quotas or population.")
class InspectionNotice:
    code: str
    kind: RunKind
    office: Unit
    lead_unit: Unit
    period_from: date = strawberry.field(description="The files are about this period, not about today.")
    period_to: date
    report_due_on: date
    aspects: list[Label]
    told_at: datetime

    @classmethod
    def of(cls, told: Told, pack: InspectionPack) -> "InspectionNotice":
        one = told.notice
        return cls(
            code=one.code,
            kind=one.kind,
            office=unit(told.office_id),
            lead_unit=unit(one.lead_unit_id),
            period_from=one.period_from,
            period_to=one.period_to,
            report_due_on=one.report_due_on,
            aspects=[Label(zh=pack.aspects[code].zh, en=pack.aspects[code].en) for code in one.aspects],
            told_at=told.told_at,
        )


@strawberry.type
class InspectionNoticeQuery:
    @strawberry.field(description="What your offices were told, the latest first.")
    async def inspection_notices(self, info: Info, first: int = 50) -> list[InspectionNotice]:
        async with info.context.read() as conn:
            found = await notices.latest(conn, page_size(first))
        resources = [notice_resource(one.bureau_id, one.run_id, one.office_id) for one in found]
        decisions = POLICY.decide(info.context.principal, "read", resources)
        pack = await rules_of(info.context, INSPECTION_RULES)
        return [InspectionNotice.of(one, pack) for one, yes in zip(found, decisions, strict=True) if yes]
