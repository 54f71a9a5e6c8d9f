"""When the next edition of each handbook falls due: a timer each, by the cycle of the bureau's rule (S2-011)."""

from datetime import date

import msgspec
from plumbline_shared.clock import start_of_day
from plumbline_shared.database import identify
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.documents.editions import HandbookScope
from risk_registry.documents.resources import handbook_resource
from risk_registry.domain.handbook_rule import HandbookRule, check_rule
from risk_registry.handbook_default import shipped_handbook_rule
from risk_registry.policies import POLICY
from risk_registry.storage.handbook_rules import choose_rule, chosen_rule
from risk_registry.storage.handbooks import latest_edition, subjects_printed

CYCLE = "handbook_cycle"


class ChooseHandbookRule(msgspec.Struct, frozen=True):
    """From today on: months between editions, and how many points and diagrams one volume holds at most."""

    cycle_months: int
    volume_points: int
    volume_diagrams: int
    citation: str


class HandbookRuleChosen(msgspec.Struct, frozen=True):
    """The rule's name, and how many handbooks are now due by it."""

    version: str
    planned: int


async def choose_handbook_rule(uow: Uow, command: ChooseHandbookRule) -> HandbookRuleChosen:
    """Refuses with NOT_FOUND or INVALID_INPUT. Every handbook that has an edition is planned anew."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    POLICY.require(uow.principal, "choose_rule", handbook_resource(bureau, (), (), whole=True))
    rule = HandbookRule(
        "", command.cycle_months, command.volume_points, command.volume_diagrams, command.citation.strip()
    )
    check_rule(rule)
    await identify(uow.conn, system(bureau))
    number = await choose_rule(uow.conn, bureau, rule, uow.today, by, uow.now)
    printed = await subjects_printed(uow.conn, bureau)
    for scope, subject in printed:
        await plan_next(uow, scope, subject)
    await uow.audit("choose_handbook_rule", "Handbook", bureau, {"cycleMonths": rule.cycle_months})
    return HandbookRuleChosen(f"{bureau}.handbook-{number}", len(printed))


async def rule_of(uow: Uow, on: date) -> HandbookRule:
    """The bureau's own rule of a day, or what ships."""
    return await chosen_rule(uow.conn, uow.principal.bureau_id or "", on) or shipped_handbook_rule()


async def plan_next(uow: Uow, scope: HandbookScope, subject: str) -> None:
    """One timer for each handbook: whatever prints it begins its cycle anew."""
    last = await latest_edition(uow.conn, uow.principal.bureau_id or "", scope, subject, None)
    if last is None:
        return
    rule = await rule_of(uow, uow.today)
    ref = f"{scope}:{subject}"
    await uow.cancel_timers(ref, CYCLE)
    await uow.schedule(CYCLE, ref, start_of_day(rule.next_edition(last.as_of, uow.today)))
