"""HR proposes who is to hold which post from when: at the turn of the year, or at once with a reason (S1-042, C-08)."""

from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.ids import new_id
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.avoidance import with_assignment
from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.places import absolute
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import rotation_resource
from risk_registry.storage.rotation import Proposal, add_proposal
from risk_registry.use_cases.check_avoidance import barred_on


class KinAvoidance(Refused):
    """The post is barred to this person by the avoidance of kin; there is no exception (公务员法 Art 74)."""

    code = "KIN_AVOIDANCE"


class NotAtYearBoundary(Refused):
    """A planned rotation takes effect on 1 January; one within the year needs its reason (C-08)."""

    code = "NOT_AT_YEAR_BOUNDARY"


class PlanRotation(msgspec.Struct, frozen=True):
    """A person is to hold a post from a day on; `reason` for one that does not wait for the year's turn."""

    person_id: str
    to_post: str
    effective_from: date
    reason: str = ""


class RotationPlanned(msgspec.Struct, frozen=True):
    """The proposal."""

    id: str


async def plan_rotation(uow: Uow, command: PlanRotation) -> RotationPlanned:
    """Refuses with NOT_FOUND, INVALID_INPUT, EFFECTIVE_IN_PAST, NOT_AT_YEAR_BOUNDARY or KIN_AVOIDANCE."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    POLICY.require(uow.principal, "plan", rotation_resource("new", bureau))
    post, reason = absolute(bureau, command.to_post), checked(command.reason, "reason").strip()
    if command.effective_from < uow.today:
        raise EffectiveInPast(f"a rotation counts from {uow.today} or later", path=("effectiveFrom",))
    if (command.effective_from.month, command.effective_from.day) != (1, 1) and not reason:
        raise NotAtYearBoundary("name the reason for a rotation within the year, or plan it for 1 January")
    await identify(uow.conn, system(bureau))
    org = await load_org(uow.conn, bureau)
    _check_move(org, command.person_id, post, command.effective_from)
    moved = with_assignment(org, command.person_id, post, command.effective_from)
    if await barred_on(uow.conn, moved, command.person_id, command.effective_from):
        raise KinAvoidance("this post is barred to the person by 公务员法 Art 74: choose another")
    unit = org.posts[post].unit_id
    proposal = Proposal(
        new_id("rp"), command.person_id, unit, post, command.effective_from, reason, by, uow.now
    )
    await add_proposal(uow.conn, bureau, proposal)
    await uow.audit("plan_rotation", "Person", command.person_id, {"post": post})
    return RotationPlanned(proposal.id)


def _check_move(org: Org, person: str, post: str, on: date) -> None:
    if person not in org.persons or not org.persons[person].serves(on):
        raise Invalid("there is no such officer who serves on that day", path=("personId",))
    if post not in org.posts or not org.posts[post].span.covers(on):
        raise Invalid("there is no such post on that day", path=("toPost",))
    if post in org.posts_of(person, on):
        raise Invalid("the person holds this post already", path=("toPost",))
