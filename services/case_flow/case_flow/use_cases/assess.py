"""Import electronic assessments, and assess by hand: a departure beyond the rule is told (S2-058)."""

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.assessment import departure
from case_flow.rules import WORK_ORDER_RULES
from case_flow.storage import assessment as assessments
from case_flow.storage.assessment import Assessed, ManualAssessment
from case_flow.use_cases.raise_alert import raise_alert

MOST = 5000


class ImportAssessments(msgspec.Struct, frozen=True):
    """What the assessment system came to, at most 5,000 rows."""

    rows: tuple[Assessed, ...]


class AssessByHand(msgspec.Struct, frozen=True):
    """What an officer assesses, and why."""

    taxpayer_id: str
    period: str
    assessed_fen: int
    reason: str


class AssessedByHand(msgspec.Struct, frozen=True):
    """How far it departs; with an alert when that is beyond the rule."""

    departs_percent: int | None
    alert_id: str | None


async def import_assessments(uow: Uow, command: ImportAssessments) -> int:
    """Return how many rows were kept, all or none. Raises NotFound, Invalid."""
    bureau = _require(uow, "import")
    if not command.rows or len(command.rows) > MOST:
        raise Invalid(f"send 1 to {MOST} rows", path=("rows",))
    for number, row in enumerate(command.rows):
        if not row.taxpayer_id or not row.period or row.assessed_fen < 0:
            raise Invalid("a row has a taxpayer, a period and an amount", path=("rows", number))
    latest = {(row.taxpayer_id, row.period): row for row in command.rows}
    await assessments.put(uow.conn, bureau, list(latest.values()), uow.now)
    await uow.audit("assessment.imported", "Assessment", bureau, {"rows": len(latest)})
    return len(latest)


async def assess_by_hand(uow: Uow, command: AssessByHand) -> AssessedByHand:
    """Return how far it departs from the electronic assessment. Raises NotFound, Invalid."""
    bureau = _require(uow, "assess")
    if command.assessed_fen < 0 or not command.reason.strip():
        raise Invalid("give an amount and the reason", path=("reason",))
    electronic = await assessments.electronic(uow.conn, bureau, command.taxpayer_id, command.period)
    departs = None if electronic is None else departure(electronic, command.assessed_fen)
    one = ManualAssessment(
        id=new_id("ma"),
        bureau_id=bureau,
        taxpayer_id=command.taxpayer_id,
        period=command.period,
        assessed_fen=command.assessed_fen,
        reason=command.reason,
        assessed_by=uow.principal.actor,
        assessed_at=uow.now,
        departs_percent=departs,
    )
    alert_id = None
    if departs is not None and departs > (await WORK_ORDER_RULES.of(uow)).assessment.percent:
        alert_id = await _tell(uow, one)
    await assessments.add(uow.conn, msgspec.structs.replace(one, alert_id=alert_id))
    await uow.audit("assessment.by_hand", "Assessment", one.id, {"departs_percent": departs})
    return AssessedByHand(departs, alert_id)


async def _tell(uow: Uow, one: ManualAssessment) -> str:
    return await raise_alert(
        uow,
        kind="ASSESSMENT_DEVIATION",
        at=uow.now,
        subject_person_ids=[one.assessed_by],
        unit_ids=sorted(uow.principal.unit_ids)[:1],
        facts={"assessment_id": one.id, "period": one.period, "departs_percent": one.departs_percent},
        key=f"assessment:{one.id}",
    )


def _require(uow: Uow, action: str) -> str:
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, action, Resource("Assessment", bureau, {"bureau": bureau}))
    return bureau
