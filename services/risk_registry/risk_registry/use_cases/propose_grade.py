"""Propose a grade: whoever reads a point may say what it should be, and why; a review alone decides (S1-056)."""

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import Principal
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import ProposalOrigin, SuggestedGrade
from risk_registry.domain.visibility import reader
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, point_resource
from risk_registry.storage.suggested_grades import add_suggestion
from risk_registry.use_cases.panel import point_of


class ProposeGrade(msgspec.Struct, frozen=True):
    """`source` names what the proposal rests on: a self-check, an alert, a run, an order."""

    point_id: str
    grade: RiskGrade
    reason: str
    origin: ProposalOrigin = ProposalOrigin.OFFICER
    source: str = ""


class GradeProposed(msgspec.Struct, frozen=True):
    """The new proposal."""

    proposal_id: str
    point_id: str


async def propose_grade(uow: Uow, command: ProposeGrade) -> GradeProposed:
    """Refuses with NOT_FOUND or INVALID_INPUT."""
    who = await _reader(uow)
    await identify(uow.conn, who)
    point = await point_of(uow, command.point_id, uow.today)
    POLICY.require(who, "propose_grade", point_resource(point))
    if not command.reason.strip():
        raise Invalid("say why", path=("reason",))
    given = SuggestedGrade(
        new_id("gp"), point.id, point.bureau_id, command.grade, command.origin, checked(command.source, "source"),
        checked(command.reason, "reason"), uow.principal.actor, uow.now,
    )  # fmt: skip
    await add_suggestion(uow.conn, given)
    await identify(uow.conn, uow.principal)
    await uow.audit("propose_grade", "RiskPoint", point.id, {"proposal": given.id})
    return GradeProposed(given.id, point.id)


async def _reader(uow: Uow) -> Principal:
    """Who asks, with the units that they lead or have in charge today."""
    if uow.principal.bureau_id is None:
        raise absent("risk point")
    return reader(uow.principal, await load_org(uow.conn, uow.principal.bureau_id), [uow.today])
