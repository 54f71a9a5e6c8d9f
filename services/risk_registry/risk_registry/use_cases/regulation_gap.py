"""A confirmed alert asks whether a rule is missing; an accepted proposal is recorded in the catalogue (L3, S2-053)."""

from datetime import date
from typing import Any

import msgspec
from plumbline_contracts.case_flow.v1 import AlertResolved
from plumbline_shared.errors import Invalid
from plumbline_shared.four_eyes import check_approver
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import EntryKind, read_body
from risk_registry.domain.gaps import (
    Answer,
    Decision,
    GapAnswered,
    GapDecided,
    GapState,
    Proposal,
    RegulationGap,
    check_answer,
)
from risk_registry.domain.points import CODE
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.gaps import gap_resource
from risk_registry.storage import gaps as stored
from risk_registry.use_cases.keep_catalogue import RecordEntry, record


class ProposedEntry(msgspec.Struct, frozen=True):
    """A regulation or a control as `recordCatalogueEntry` takes it."""

    kind: EntryKind
    code: str
    body: dict[str, Any]


class AnswerGap(msgspec.Struct, frozen=True):
    """Whether a rule is missing, and why; if so, which."""

    gap_id: str
    missing: bool
    advice: str
    proposal: ProposedEntry | None = None


class DecideGap(msgspec.Struct, frozen=True):
    """Accepted, the proposal counts from `effective_from`; declined, for a reason."""

    gap_id: str
    accepted: bool
    reason: str
    effective_from: date | None = None


class GapKept(msgspec.Struct, frozen=True):
    """The question."""

    id: str


async def ask_for_rule(uow: Uow, event: AlertResolved) -> None:
    """The question of a confirmed alert, once; while one is open about the same kind and point, it takes this along."""
    if await stored.is_linked(uow.conn, event.alert_id):
        return
    bureau, at = event.bureau_id, uow.now
    gap = await stored.open_gap(uow.conn, bureau, event.kind, event.point_id)
    if gap is None:
        gap = new_id("rg")
        await stored.add_gap(uow.conn, RegulationGap(gap, bureau, event.kind, event.point_id, at))
    await stored.link_alert(uow.conn, bureau, gap, event.alert_id, at)


async def answer_gap(uow: Uow, command: AnswerGap) -> GapKept:
    """Refuses with NOT_FOUND, GAP_ANSWERED or INVALID_INPUT."""
    gap = await _gap(uow, command.gap_id, "answer")
    advice, given = checked(command.advice, "advice"), command.proposal
    proposal = Proposal(given.kind, given.code, given.body) if given else None
    check_answer(command.missing, advice, proposal)
    if proposal:
        if not CODE.fullmatch(proposal.code):
            raise Invalid("a code is 3 to 40 of A-Z, 0-9 and '-'", path=("proposal", "code"))
        read_body(proposal.kind, dict(proposal.body))
    answer = Answer(advice, proposal, uow.principal.actor, uow.now)
    if not await stored.add_answer(uow.conn, gap.bureau_id, gap.id, answer):
        raise GapAnswered("this question is answered")
    await uow.audit("answer_gap", "RegulationGap", gap.id, {"missing": command.missing})
    return GapKept(gap.id)


async def decide_gap(uow: Uow, command: DecideGap) -> GapKept:
    """Refuses with NOT_FOUND, SOD_AUTHOR_APPROVES, GAP_DECIDED, INVALID_INPUT, and like `record` when accepted."""
    gap = await _gap(uow, command.gap_id, "decide")
    if gap.state is not GapState.PROPOSED or gap.answer is None or gap.answer.proposal is None:
        raise GapDecided(f"there is nothing to decide: {gap.state}")
    check_approver(
        gap.answer.answered_by, uow.principal.actor, "somebody other than who proposed a rule decides it"
    )
    reason = checked(command.reason, "reason")
    if not reason.strip():
        raise Invalid("say why", path=("reason",))
    if command.accepted != (command.effective_from is not None):
        raise Invalid("what is accepted, and only that, counts from a day on", path=("effectiveFrom",))
    if command.effective_from:
        await _record(uow, gap.answer.proposal, command.effective_from)
    decision = Decision(command.accepted, reason, command.effective_from, uow.principal.actor, uow.now)
    if not await stored.add_decision(uow.conn, gap.bureau_id, gap.id, decision):
        raise GapDecided("this proposal is decided")
    await uow.audit("decide_gap", "RegulationGap", gap.id, {"accepted": command.accepted})
    return GapKept(gap.id)


async def _record(uow: Uow, proposal: Proposal, on: date) -> None:
    """The new rule counts in the catalogue; a control goes out to case flow, where it becomes a node (L3)."""
    await record(uow, RecordEntry(proposal.kind, proposal.code, dict(proposal.body), on))


async def _gap(uow: Uow, id_: str, action: str) -> RegulationGap:
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, action, gap_resource(id_, bureau))
    found = await stored.gaps(uow.conn, bureau, ids=[id_])
    if not found:
        raise absent("RegulationGap")
    return found[0]
