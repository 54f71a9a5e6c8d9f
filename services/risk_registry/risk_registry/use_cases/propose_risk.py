"""Propose a new risk, from any context and at any time: what is found is reviewed, not lost until the next cycle (S2-047)."""

import msgspec
from plumbline_org.grades import RiskGrade
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.assessment import ProposalOrigin, SuggestedGrade
from risk_registry.domain.places import absolute
from risk_registry.domain.points import Origin, point_id
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState
from risk_registry.domain.visibility import reader
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, point_resource
from risk_registry.storage.suggested_grades import add_suggestion
from risk_registry.use_cases.enter_proposed import CheckItem, check_item, enter_proposed, new_code, text_of


class ProposeRisk(msgspec.Struct, frozen=True):
    """A weakness on a post with the grade it should have; `source` names what it rests on: an alert, a run, an order."""

    post: str
    risk: CheckItem
    grade: RiskGrade
    reason: str
    origin: ProposalOrigin = ProposalOrigin.OFFICER
    source: str = ""


class RiskProposed(msgspec.Struct, frozen=True):
    """The new point, and the proposal that a review answers."""

    point_id: str
    proposal_id: str


async def propose_risk(uow: Uow, command: ProposeRisk) -> RiskProposed:
    """Refuses with NOT_FOUND or INVALID_INPUT. Whoever would read the point proposes it (§5.3)."""
    bureau = uow.principal.bureau_id
    if bureau is None:
        raise absent("Post")
    org = await load_org(uow.conn, bureau)
    post, code = absolute(bureau, command.post), new_code()
    if post not in org.posts:
        raise absent("Post")
    text, who = text_of(org, post, command.risk, "提议 proposal"), reader(uow.principal, org, [uow.today])
    point = PointOnDay(
        point_id(bureau, code), bureau, code, Origin.REGISTER, PointState.PROPOSED, None, uow.today, uow.today, text
    )  # fmt: skip
    POLICY.require(who, "propose_grade", point_resource(point))
    check_item(command.risk, "risk")
    if not command.reason.strip():
        raise Invalid("say why", path=("reason",))
    given = SuggestedGrade(
        new_id("gp"), point.id, bureau, command.grade, command.origin, checked(command.source, "source"),
        checked(command.reason, "reason"), uow.principal.actor, uow.now,
    )  # fmt: skip
    await identify(uow.conn, system(bureau))
    await enter_proposed(uow, bureau, [(code, text)], "proposal")
    await identify(uow.conn, who)
    await add_suggestion(uow.conn, given)
    await identify(uow.conn, uow.principal)
    await uow.audit("propose_risk", "RiskPoint", point.id, {"proposal": given.id})
    return RiskProposed(point.id, given.id)
