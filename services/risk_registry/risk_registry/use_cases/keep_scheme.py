"""A bureau publishes a version of its own, and adopts one for the reviews to come (C-04)."""

from datetime import date

import msgspec
from plumbline_shared.errors import Conflict
from plumbline_shared.four_eyes import check_approver
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from risk_registry.domain.anchors import Anchor, check_anchors
from risk_registry.domain.grading import EffectiveInPast, Family, Method, Scheme
from risk_registry.domain.schemes import check_scheme
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.anchors import add_anchors, anchors
from risk_registry.storage.schemes import add_adoption, add_scheme, publisher, schemes

SHIPPED = "MAX-1"


class SchemeExists(Conflict):
    """A version is never changed: choose another name."""

    code = "SCHEME_EXISTS"


class PublishGradingScheme(msgspec.Struct, frozen=True):
    """`name` is unique in the bureau; the version becomes `<bureau>.<name>`.

    Without `anchors` the values mean what they mean in the versions that ship.
    """

    name: str
    family: Family
    method: Method
    medium_from: int
    high_from: int
    quorum: int
    citation: str
    grid: list[str] = []
    second_round_over: int = 1
    factors_only: bool = False
    anchors: list[Anchor] = []


class AdoptGradingScheme(msgspec.Struct, frozen=True):
    """Reviews opened from `effective_from` on go by `version`."""

    version: str
    effective_from: date


class SchemeKept(msgspec.Struct, frozen=True):
    """The version."""

    version: str


async def publish_grading_scheme(uow: Uow, command: PublishGradingScheme) -> SchemeKept:
    """Refuses with NOT_FOUND, INVALID_INPUT or SCHEME_EXISTS."""
    bureau = _bureau(uow)
    rules = Scheme(
        f"{bureau}.{command.name}", command.method, command.medium_from, command.high_from, command.quorum,
        command.citation, command.family, tuple(command.grid), command.second_round_over, command.factors_only,
    )  # fmt: skip
    check_scheme(rules)
    words = command.anchors or await anchors(uow.conn, SHIPPED)
    check_anchors(words)
    if not await add_scheme(uow.conn, bureau, rules, uow.today, uow.principal.actor):
        raise SchemeExists(f"{rules.version} exists: choose another name", path=("name",))
    await add_anchors(uow.conn, rules.version, words)
    await uow.audit("publish_grading_scheme", "GradingScheme", rules.version)
    return SchemeKept(rules.version)


async def adopt_grading_scheme(uow: Uow, command: AdoptGradingScheme) -> SchemeKept:
    """Refuses with NOT_FOUND, SOD_AUTHOR_APPROVES or EFFECTIVE_IN_PAST; what was graded before keeps its grade and its version."""
    bureau = _bureau(uow)
    if command.version not in {each.version for each in await schemes(uow.conn)}:
        raise absent("grading scheme")
    message = "whoever published the version does not adopt it: ask another keeper of the register"
    check_approver(await publisher(uow.conn, command.version) or "", uow.principal.actor, message)
    if command.effective_from < uow.today:
        raise EffectiveInPast(f"a version counts from {uow.today} or later", path=("effectiveFrom",))
    await add_adoption(
        uow.conn, bureau, command.version, command.effective_from, uow.principal.actor, uow.now
    )
    await uow.audit("adopt_grading_scheme", "GradingScheme", command.version)
    return SchemeKept(command.version)


def _bureau(uow: Uow) -> str:
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "keep_scheme", register_resource(bureau))
    return bureau
