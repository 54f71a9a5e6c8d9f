"""Every kind of rules of case flow: what ships lies in `rule_packs/`, a bureau's own versions in its database.

`await PENALTY_RULES.of(uow)` are the rules of the acting bureau today; `await rules_of(context, PENALTY_RULES)` those of a reader's.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from plumbline_shared.graphql import Context
from plumbline_shared.rules import AnyKind, Body, RuleKind

from case_flow.domain.accountability import Scheme
from case_flow.domain.control_pack import ControlPack
from case_flow.domain.document_service import ServicePack
from case_flow.domain.guide import GuidePack
from case_flow.domain.hall_pack import HallPack
from case_flow.domain.inspection_pack import InspectionPack
from case_flow.domain.output import OutputPack
from case_flow.domain.penalty_pack import PenaltyPack
from case_flow.domain.referral import ReferralPack
from case_flow.domain.settlement import SettlementPack
from case_flow.domain.supervision_pack import SupervisionPack
from case_flow.domain.work_order_pack import WorkOrderPack


def _kind(code: str, zh: str, en: str, body: type[Body], file: str) -> RuleKind[Body]:
    return RuleKind(code, zh, en, body, "case_flow", f"rule_packs/{file}.yaml")


CONTROL_RULES = _kind("CONTROL", "预警、暂停与期限", "Alerts, holds and limits", ControlPack, "demo_2026")
ACCOUNTABILITY_RULES = _kind("ACCOUNTABILITY", "问责", "Accountability", Scheme, "accountability_2026")
PENALTY_RULES = _kind("PENALTY", "行政处罚", "Penalties", PenaltyPack, "penalty_2026")
SERVICE_RULES = _kind("SERVICE", "文书送达", "Service of documents", ServicePack, "service_2026")
OUTPUT_RULES = _kind("OUTPUT", "文书模板", "Templates of documents", OutputPack, "output_2026")
HALL_RULES = _kind("HALL", "办税服务厅", "Service hall", HallPack, "hall_2026")
GUIDE_RULES = _kind("GUIDE", "办事指南", "Guides", GuidePack, "guide_2026")
SETTLEMENT_RULES = _kind("SETTLEMENT", "新户落户", "New taxpayers", SettlementPack, "settlement_2026")
INSPECTION_RULES = _kind("INSPECTION", "执法检查", "Inspections", InspectionPack, "inspection_2026")
SUPERVISION_RULES = _kind("SUPERVISION", "监督事项", "Supervised events", SupervisionPack, "supervision_2026")
REFERRAL_RULES = _kind("REFERRAL", "移送", "Referrals", ReferralPack, "referral_2026")
WORK_ORDER_RULES = _kind(
    "WORK_ORDER", "督办与审计", "Work orders and audits", WorkOrderPack, "work_order_2026"
)

KINDS: dict[str, AnyKind] = {
    one.code: one
    for one in (
        CONTROL_RULES,
        ACCOUNTABILITY_RULES,
        PENALTY_RULES,
        SERVICE_RULES,
        OUTPUT_RULES,
        HALL_RULES,
        GUIDE_RULES,
        SETTLEMENT_RULES,
        INSPECTION_RULES,
        SUPERVISION_RULES,
        REFERRAL_RULES,
        WORK_ORDER_RULES,
    )
}


async def rules_of(context: Context, kind: RuleKind[Body]) -> Body:
    """The rules of the reader's bureau today, read once in a request."""
    return await context.loader(_load).load(kind.code)


async def _load(context: Context, codes: list[str]) -> Sequence[Any]:
    bureau, found = context.principal.bureau_id or "", list[msgspec.Struct]()
    async with context.read() as conn:
        for code in codes:
            found.append(await KINDS[code].on(conn, bureau, context.today))
    return found
