"""Adopt an audit that comes round, open it in its period, hand in workpapers and the report (S1-050, S1-051)."""

from datetime import date, timedelta
from typing import Any

import msgspec
from plumbline_org.model import Org
from plumbline_org.programme import above
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.ids import new_id
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.domain.form import FormInvalid, require_complete
from case_flow.domain.scheduled_audit import AuditClosed, ScheduledAudit, check_team, period_of
from case_flow.domain.work_order_pack import AuditRule
from case_flow.rules import WORK_ORDER_RULES
from case_flow.scheduled_audit_access import require_on_audit, require_on_audits
from case_flow.storage import form as forms
from case_flow.storage import scheduled_audit as audits
from case_flow.use_cases.check_form import submission
from case_flow.use_cases.raise_alert import raise_alert

ROUND_ENDS = "audit_round_ends"


class AdoptAudit(msgspec.Struct, frozen=True):
    """Which of the pack's audits the bureau runs from now on."""

    code: str


class OpenAudit(msgspec.Struct, frozen=True):
    """The audit of this period: of which units, about what, by whom. `below` names the bureau below that is inspected."""

    code: str
    scope_units: tuple[str, ...]
    scope: str
    team: tuple[str, ...]
    below: str | None = None


class AddWorkpaper(msgspec.Struct, frozen=True):
    """The audit's form, filled in."""

    audit_id: str
    submission: dict[str, Any]


class CloseAudit(msgspec.Struct, frozen=True):
    """What the team reports."""

    audit_id: str
    report: str


async def adopt_audit(uow: Uow, command: AdoptAudit) -> str:
    """Return its code; from the end of this period on it is watched. Raises NotFound, Invalid."""
    bureau, rule = require_on_audits(uow, "adopt"), await _rule(uow, command.code)
    if await audits.adopt(uow.conn, bureau, command.code, uow.principal.actor, uow.today):
        await _watch(uow, bureau, command.code, rule, uow.today)
        await uow.audit("audit.adopted", "ScheduledAudit", f"{bureau}/{command.code}")
    return command.code


async def open_audit(uow: Uow, command: OpenAudit) -> str:
    """Return the audit's id. Raises NotFound, Invalid, AuditTeam."""
    rule = await _rule(uow, command.code)
    bureau = require_on_audits(uow, "openBelow" if rule.below else "open")
    org, period = await load_org(uow.conn, bureau), period_of(uow.today, rule.every_months)
    inspected = await _inspected(uow, org, rule, command.below)
    if not command.scope.strip() or not command.scope_units:
        raise Invalid("say what is audited, and in which units", path=("scope",))
    for number, unit in enumerate(command.scope_units):
        if inspected.unit(unit) is None:
            raise Invalid("there is no such unit in the bureau", path=("scopeUnits", number))
    for number, who in enumerate(command.team):
        if org.person(who) is None:
            raise Invalid("there is no such officer in the bureau", path=("team", number))
    check_team({who: org.units_of(who, uow.today) for who in command.team}, command.scope_units)
    one = ScheduledAudit(
        id=new_id("sa"),
        bureau_id=bureau,
        code=command.code,
        period_from=period.first,
        period_to=period.last,
        scope_units=command.scope_units,
        scope=command.scope,
        team=command.team,
        opened_by=uow.principal.actor,
        opened_at=uow.now,
        below=command.below,
    )
    await audits.add(uow.conn, one)
    await uow.audit("audit.opened", "ScheduledAudit", one.id, {"code": one.code})
    return one.id


async def add_workpaper(uow: Uow, command: AddWorkpaper) -> str:
    """Return the audit's id. Raises NotFound, AuditClosed, FormInvalid, FormRetired."""
    one = await _running(uow, command.audit_id, "audit")
    said, wanted = submission(command.submission), (await _rule(uow, one.code)).form
    form = await forms.find(uow.conn, one.bureau_id, said.form)
    if wanted is None or form is None or form.form != wanted:
        raise FormInvalid(f"this audit takes the form {wanted or 'of no workpaper'}", form=wanted)
    await forms.require_in_force(uow.conn, one.bureau_id, form, uow.today)
    require_complete(form, said)
    kept = audits.Workpaper(
        new_id("aw"), one.id, one.bureau_id, msgspec.to_builtins(said), uow.principal.actor, uow.now
    )
    await audits.add_workpaper(uow.conn, kept)
    await uow.audit("audit.workpaper", "ScheduledAudit", one.id)
    return one.id


async def close_audit(uow: Uow, command: CloseAudit) -> str:
    """Return the audit's id. Raises NotFound, Invalid, AuditClosed without a workpaper where the audit has a form."""
    one = await _running(uow, command.audit_id, "close")
    if not command.report.strip():
        raise Invalid("write the report", path=("report",))
    if (await _rule(uow, one.code)).form is not None and not await audits.workpapers(uow.conn, one.id):
        raise AuditClosed("hand in a workpaper first")
    await audits.close(uow.conn, one.id, command.report, uow.principal.actor, uow.now)
    await uow.audit("audit.closed", "ScheduledAudit", one.id)
    return one.id


async def on_round_ends(uow: Uow, timer: Timer) -> None:
    """A period is over: without an audit the head and discipline hear of it; the next one is watched."""
    bureau, _, code = timer.ref.partition("/")
    rule, first = (
        (await WORK_ORDER_RULES.of(uow)).audits.get(code),
        date.fromisoformat(str(timer.payload["from"])),
    )
    if rule is None:
        return
    if not await audits.opened(uow.conn, bureau, code, first):
        await raise_alert(
            uow,
            kind="AUDIT_NOT_OPENED",
            at=uow.now,
            facts={"audit": code, "period_from": first.isoformat()},
            key=f"audit:{code}:{first}",
        )
    last = period_of(first, rule.every_months).last
    await _watch(uow, bureau, code, rule, last + timedelta(days=1))


async def _inspected(uow: Uow, org: Org, rule: AuditRule, below: str | None) -> Org:
    """The bureau that is looked at: the own, or by the rule one below it."""
    if rule.below != (below is not None):
        raise Invalid("this audit inspects a bureau below, or the own: it has to fit", path=("below",))
    if below is None:
        return org
    try:
        found = await load_org(uow.conn, below)
    except NotFound:
        found = None
    if found is None or org.bureau.id not in above(found):
        raise Invalid("there is no such bureau below yours", path=("below",))
    return found


async def _watch(uow: Uow, bureau: str, code: str, rule: AuditRule, day: date) -> None:
    period = period_of(day, rule.every_months)
    ref, payload = f"{bureau}/{code}", {"from": period.first.isoformat()}
    await uow.schedule(ROUND_ENDS, ref, end_of_day(period.last), payload)


async def _running(uow: Uow, audit_id: str, action: str) -> ScheduledAudit:
    one = await audits.lock(uow.conn, audit_id)
    require_on_audit(uow, action, one)
    if one.closed_at is not None:
        raise AuditClosed("the audit is closed")
    return one


async def _rule(uow: Uow, code: str) -> AuditRule:
    known = (await WORK_ORDER_RULES.of(uow)).audits
    rule = known.get(code)
    if rule is None:
        raise Invalid(f"the audit is one of {', '.join(known)}", path=("code",))
    return rule
