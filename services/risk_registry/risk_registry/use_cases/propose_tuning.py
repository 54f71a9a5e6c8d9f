"""An indicator that is wrong too often gets a draft that is to do better, with what it rests on (L12)."""

from typing import Any

import msgspec
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.indicators import IndicatorVersion
from risk_registry.domain.ledger import AlertOutcome
from risk_registry.domain.tuning import (
    RecordedAlert,
    Tally,
    Tuning,
    TuningEvidence,
    TuningNotSuggested,
    dry_run,
    tally,
)
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.indicators import indicator_resource
from risk_registry.storage import indicators as stored
from risk_registry.storage.tuning import add_tuning, outcomes, recorded_of
from risk_registry.tuning_rules import rule_on
from risk_registry.use_cases.keep_indicator import indicator_body, keep_draft

MOST_ALERTS = 20_000


class ProposeTuning(msgspec.Struct, frozen=True):
    """`body` is that of the next version of the indicator whose version `version_id` is wrong too often."""

    version_id: str
    body: dict[str, Any]
    reason: str


class TuningProposed(msgspec.Struct, frozen=True):
    """The proposal, and the draft that somebody else activates."""

    id: str
    draft_version_id: str


async def propose_tuning(uow: Uow, command: ProposeTuning) -> TuningProposed:
    """Refuses with NOT_FOUND, TUNING_NOT_SUGGESTED, CONDITION_FAULT or INVALID_INPUT."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    POLICY.require(uow.principal, "draft", indicator_resource(command.version_id, bureau))
    body, reason = indicator_body(command.body), checked(command.reason, "reason", 500)
    if not reason.strip():
        raise Invalid("say why", path=("reason",))
    before = await _version(uow, command.version_id)
    if body.alert_kind != before.body.alert_kind:
        raise Invalid(f"the kind of alert stays {before.body.alert_kind}", path=("body", "alert_kind"))
    await identify(uow.conn, system(bureau))
    found = await _suggested(uow, before)
    alerts = await recorded_of(uow.conn, bureau, before.id, MOST_ALERTS)
    draft = await keep_draft(uow, before.code, body, by)
    evidence = TuningEvidence(found, dry_run(body, alerts))
    tuning = Tuning(new_id("it"), bureau, before.id, draft.id, evidence, _false(alerts), reason, by, uow.now)
    await add_tuning(uow.conn, tuning)
    await uow.audit("propose_tuning", "Indicator", draft.id, {"from": before.id})
    return TuningProposed(tuning.id, draft.id)


async def _version(uow: Uow, id_: str) -> IndicatorVersion:
    found = await stored.versions(uow.conn, uow.principal.bureau_id or "", ids=[id_])
    if not found or found[0].activated_at is None:
        raise absent("Indicator")
    return found[0]


async def _suggested(uow: Uow, version: IndicatorVersion) -> Tally:
    rule = rule_on(uow.today)
    counts = (await outcomes(uow.conn, version.bureau_id, version.id)).get(version.id, {})
    found = tally(counts, rule)
    if not found.suggested:
        raise TuningNotSuggested(
            f"{found.false_positives} of {found.judged} judged alerts were false: surely {found.low:.0%} or more; "
            f"tuning is suggested from {rule.least_judged} judged, surely above {rule.share_above:.0%}",
            path=("versionId",),
        )
    return found


def _false(alerts: list[RecordedAlert]) -> tuple[str, ...]:
    return tuple(one.id for one in alerts if one.outcome is AlertOutcome.FALSE_POSITIVE)
