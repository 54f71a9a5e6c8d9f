"""An indicator is drafted by one, activated by another with the evidence of its cases, and retired; never changed."""

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

from risk_registry.domain.catalogue import EntryKind, clauses_in_force
from risk_registry.domain.grading import EffectiveInPast
from risk_registry.domain.indicators import Indicator, IndicatorVersion, check_shape, in_force, prove
from risk_registry.domain.points import CODE
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.indicators import indicator_resource
from risk_registry.publications_indicators import indicator_published
from risk_registry.storage import indicators as stored
from risk_registry.storage.catalogue import bodies_on


class AlreadyActive(Conflict):
    """A version is activated once: draft the next one."""

    code = "ALREADY_ACTIVE"


class KindExplained(Conflict):
    """Another indicator explains this kind of alert: retire it, or draft its next version."""

    code = "KIND_EXPLAINED"


class DraftIndicator(msgspec.Struct, frozen=True):
    """`code` names the indicator in the bureau; a further draft of it is its next version. `body`: `Indicator`."""

    code: str
    body: dict[str, Any]


class ActivateIndicator(msgspec.Struct, frozen=True):
    """A draft counts from `effective_from` on: today or later."""

    version_id: str
    effective_from: date


class RetireIndicator(msgspec.Struct, frozen=True):
    """No version of the code counts from `retired_from` on: today or later."""

    code: str
    retired_from: date
    reason: str


class IndicatorKept(msgspec.Struct, frozen=True):
    """The version, its indicator and its number."""

    id: str
    indicator_id: str
    version: int


async def draft_indicator(uow: Uow, command: DraftIndicator) -> IndicatorKept:
    """Refuses with NOT_FOUND, INVALID_INPUT or CONDITION_FAULT. Citation and cases are judged when it is activated."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "draft", indicator_resource(command.code, bureau))
    body = indicator_body(command.body)
    draft = await keep_draft(uow, command.code, body, uow.principal.actor)
    return _kept(draft)


async def keep_draft(uow: Uow, code: str, body: Indicator, author: str) -> IndicatorVersion:
    """Store the next version of a code. Raises Invalid or ConditionFault."""
    if not CODE.fullmatch(code):
        raise Invalid("a code is 3 to 40 of A-Z, 0-9 and '-'", path=("code",))
    check_shape(body)
    assert body.condition  # noqa: S101 — compiling it raises its fault
    bureau = uow.principal.bureau_id or ""
    await identify(uow.conn, system(bureau))
    number = await stored.next_version(uow.conn, bureau, code)
    draft = IndicatorVersion(new_id("iv"), bureau, code, number, body, author, uow.now)
    await stored.add_draft(uow.conn, draft)
    await uow.audit("draft_indicator", "Indicator", draft.id, {"code": code, "version": number})
    return draft


async def activate_indicator(uow: Uow, command: ActivateIndicator) -> IndicatorKept:
    """Refuses with NOT_FOUND, SOD_AUTHOR_APPROVES, ALREADY_ACTIVE, EFFECTIVE_IN_PAST, UNCITED_RULE, CONDITION_FAULT,
    NO_TEST_EVIDENCE, CASES_FAIL, KIND_EXPLAINED or INVALID_INPUT.
    """
    draft, by = await _draft(uow, command.version_id), uow.principal.actor
    check_approver(draft.author, by, "somebody other than its author activates an indicator")
    _not_past(uow, command.effective_from, "effectiveFrom")
    rules = await bodies_on(uow.conn, draft.bureau_id, command.effective_from, EntryKind.REGULATION)
    evidence = prove(draft.body, clauses_in_force(rules, command.effective_from))
    await identify(uow.conn, system(draft.bureau_id))
    await _check_alone(uow, draft, command.effective_from)
    if not await stored.activate(uow.conn, draft, command.effective_from, evidence, by, uow.now):
        raise AlreadyActive("this version is active: draft the next one")
    event = indicator_published(draft, command.effective_from)
    await uow.emit(draft.indicator_id, event, bureau_id=draft.bureau_id)
    await uow.audit("activate_indicator", "Indicator", draft.id, {"cases": len(evidence)})
    return _kept(draft)


async def retire_indicator(uow: Uow, command: RetireIndicator) -> IndicatorKept:
    """Refuses with NOT_FOUND, EFFECTIVE_IN_PAST or INVALID_INPUT."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "retire", indicator_resource(command.code, bureau))
    reason = checked(command.reason, "reason", 500)
    if not reason.strip():
        raise Invalid("say why", path=("reason",))
    _not_past(uow, command.retired_from, "retiredFrom")
    known = await stored.versions(uow.conn, bureau, code=command.code)
    counting = in_force(known, await stored.retirements(uow.conn, bureau), command.retired_from)
    if not counting:
        raise absent("Indicator")
    by = uow.principal.actor
    await identify(uow.conn, system(bureau))
    await stored.retire(uow.conn, bureau, command.code, command.retired_from, reason, by, uow.now)
    event = indicator_published(counting[0], command.retired_from, retired=True)
    await uow.emit(counting[0].indicator_id, event, bureau_id=bureau)
    await uow.audit("retire_indicator", "Indicator", counting[0].id, {"from": str(command.retired_from)})
    return _kept(counting[0])


def indicator_body(given: dict[str, Any]) -> Indicator:
    """The typed body. Raises Invalid that names what does not fit."""
    try:
        return msgspec.convert(given, type=Indicator)
    except msgspec.ValidationError as error:
        raise Invalid(f"the body does not fit: {error}", path=("body",)) from None


async def _draft(uow: Uow, id_: str) -> IndicatorVersion:
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "activate", indicator_resource(id_, bureau))
    found = await stored.versions(uow.conn, bureau, ids=[id_])
    if not found:
        raise absent("Indicator")
    return found[0]


def _not_past(uow: Uow, day: date, field: str) -> None:
    if day < uow.today and uow.principal.kind != "system":
        raise EffectiveInPast(f"an indicator changes from {uow.today} on or later", path=(field,))


async def _check_alone(uow: Uow, draft: IndicatorVersion, on: date) -> None:
    """One kind of alert has one indicator on every day from `on` on, so that each alert has one explanation."""
    kind = draft.body.alert_kind
    await stored.lock_kind(uow.conn, draft.bureau_id, kind)
    others = await stored.versions(uow.conn, draft.bureau_id, kind=kind)
    ended = await stored.retirements(uow.conn, draft.bureau_id)
    days = {on, *(one.effective_from for one in others if one.effective_from and one.effective_from > on)}
    for other in (one for day in days for one in in_force(others, ended, day)):
        if other.code != draft.code and other.body.alert_kind == kind:
            raise KindExplained(f"{other.code} explains {kind}", path=("versionId",))


def _kept(version: IndicatorVersion) -> IndicatorKept:
    return IndicatorKept(version.id, version.indicator_id, version.version)
