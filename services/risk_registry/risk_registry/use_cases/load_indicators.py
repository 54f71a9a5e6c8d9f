"""The indicators that ship are put in force in a bureau, with the regulations that they cite."""

from datetime import date

import msgspec
from plumbline_shared.database import identify
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.indicators import Indicator
from risk_registry.indicator_packs import alert_rules, shipped_indicators
from risk_registry.policies import POLICY
from risk_registry.policies.indicators import indicator_resource
from risk_registry.storage import indicators as stored
from risk_registry.storage.catalogue import entries_on, use_catalogue
from risk_registry.use_cases.keep_catalogue import keep
from risk_registry.use_cases.keep_indicator import ActivateIndicator, activate_indicator, keep_draft

AUTHOR = "pack:indicators"


class LoadIndicators(msgspec.Struct, frozen=True):
    """All that ship count from a day on; the head approves them, who did not write them (SoD-6), or the service."""

    effective_from: date


class IndicatorsLoaded(msgspec.Struct, frozen=True):
    """How many indicators the pack has, and how many versions were new."""

    indicators: int
    activated: int


async def load_indicators(uow: Uow, command: LoadIndicators) -> IndicatorsLoaded:
    """All or none; a second time without effect, and none over a version of the bureau's own.

    Refuses like `activate_indicator`.
    """
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "activate", indicator_resource("pack", bureau))
    await identify(uow.conn, system(bureau))
    await _use_rules(uow, command.effective_from)
    pack, new = shipped_indicators(), 0
    for code, body in pack.items():
        new += await _put(uow, code, body, command.effective_from)
    return IndicatorsLoaded(len(pack), new)


async def _use_rules(uow: Uow, on: date) -> None:
    bureau, rules = uow.principal.bureau_id or "", alert_rules()
    await keep(uow, rules)
    used = await entries_on(uow.conn, bureau, on, [EntryKind.REGULATION])
    if not any(each.urn == rules.urn and each.version == rules.version for each in used):
        await use_catalogue(uow.conn, bureau, rules.urn, rules.version, on, uow.now, AUTHOR)


async def _put(uow: Uow, code: str, body: Indicator, on: date) -> bool:
    known = await stored.versions(uow.conn, uow.principal.bureau_id or "", code=code)
    active = [each for each in known if each.activated_at]
    if active and (active[-1].author != AUTHOR or active[-1].body == body):
        return False
    draft = await keep_draft(uow, code, body, AUTHOR)
    await activate_indicator(uow, ActivateIndicator(draft.id, on))
    return True
