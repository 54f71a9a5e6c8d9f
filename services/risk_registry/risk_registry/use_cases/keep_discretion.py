"""A discretion standard is drafted by one, published by another, and never changed (S2-019, SoD-6)."""

from datetime import date
from typing import Any

import msgspec
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.four_eyes import check_approver
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.discretion import Standard, StandardVersion
from risk_registry.domain.discretion_check import check_standard
from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.points import CODE
from risk_registry.policies import POLICY
from risk_registry.policies.discretion import standard_resource
from risk_registry.publications_discretion import standard_published
from risk_registry.storage import discretion as stored


class AlreadyPublished(Conflict):
    """A version is published once: draft the next one."""

    code = "ALREADY_PUBLISHED"


class DraftStandard(msgspec.Struct, frozen=True):
    """`code` names the standard in the bureau; a further draft of it is its next version. `body`: `Standard`."""

    code: str
    body: dict[str, Any]


class PublishStandard(msgspec.Struct, frozen=True):
    """A draft counts from `effective_from` on: today or later."""

    version_id: str
    effective_from: date


class StandardKept(msgspec.Struct, frozen=True):
    """The version, its standard and its number."""

    id: str
    standard_id: str
    version: int


async def draft_standard(uow: Uow, command: DraftStandard) -> StandardKept:
    """Refuses with NOT_FOUND or INVALID_INPUT. Gaps and the like are found when it is published."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "draft", standard_resource(command.code, bureau))
    if not CODE.fullmatch(command.code):
        raise Invalid("a code is 3 to 40 of A-Z, 0-9 and '-'", path=("code",))
    author, body = uow.principal.actor, _body(command.body)
    await identify(uow.conn, system(bureau))
    number = await stored.next_version(uow.conn, bureau, command.code)
    draft = StandardVersion(new_id("ds"), bureau, command.code, number, body, author, uow.now)
    await stored.add_draft(uow.conn, draft)
    await uow.audit("draft_standard", "DiscretionStandard", draft.id, {"code": command.code})
    return _kept(draft)


async def publish_standard(uow: Uow, command: PublishStandard) -> StandardKept:
    """Refuses with NOT_FOUND, SOD_AUTHOR_APPROVES, ALREADY_PUBLISHED, EFFECTIVE_IN_PAST, TIER_GAP, TIER_OVERLAP,
    OUTSIDE_STATUTORY_BOUNDS, CONDITION_FAULT, TIER_NEVER_HOLDS or INVALID_INPUT.
    """
    draft = await _draft(uow, command.version_id)
    check_approver(draft.author, uow.principal.actor, "somebody other than its author publishes a standard")
    if command.effective_from < uow.today and uow.principal.kind != "system":
        raise EffectiveInPast(f"a standard counts from {uow.today} or later", path=("effectiveFrom",))
    check_standard(draft.body)
    by = uow.principal.actor
    await identify(uow.conn, system(draft.bureau_id))
    if not await stored.publish(uow.conn, draft, command.effective_from, by, uow.now):
        raise AlreadyPublished("this version is published: draft the next one")
    (version,) = await stored.versions(uow.conn, draft.bureau_id, id_=draft.id)
    await uow.emit(version.standard_id, standard_published(version), bureau_id=draft.bureau_id)
    await uow.audit("publish_standard", "DiscretionStandard", draft.id, {"version": draft.version})
    return _kept(version)


async def _draft(uow: Uow, id_: str) -> StandardVersion:
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "publish", standard_resource(id_, bureau))
    found = await stored.versions(uow.conn, bureau, id_=id_)
    if not found:
        raise absent("DiscretionStandard")
    return found[0]


def _body(given: dict[str, Any]) -> Standard:
    try:
        return msgspec.convert(given, type=Standard)
    except msgspec.ValidationError as error:
        raise Invalid(f"the body does not fit: {error}", path=("body",)) from None


def _kept(version: StandardVersion) -> StandardKept:
    return StandardKept(version.id, version.standard_id, version.version)
