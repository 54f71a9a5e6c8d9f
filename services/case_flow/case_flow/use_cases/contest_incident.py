"""Whoever is named in an incident contests it; what is set aside counts no more, here or in any score (I-014)."""

from collections.abc import Sequence

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import Resource
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.control_publications import incident_set_aside
from case_flow.domain.alert import AlertState, move
from case_flow.domain.contest import Contest, ContestRefused, NoFreeLeader, check_contest, last_day
from case_flow.domain.incident import Incident
from case_flow.domain.leaders import free_leader
from case_flow.rules import CONTROL_RULES
from case_flow.storage import alert as alerts
from case_flow.storage import contest as contests
from case_flow.storage import incident as incidents
from case_flow.storage import participant


class ContestIncident(msgspec.Struct, frozen=True):
    """Which incident, and what is wrong with it."""

    incident_id: str
    grounds: str


class DecideContest(msgspec.Struct, frozen=True):
    """Whether the incident stands, and why."""

    contest_id: str
    stands: bool
    reasons: str


async def contest_incident(uow: Uow, command: ContestIncident) -> str:
    """Return the incident's id. Raises NotFound, Invalid, ContestRefused, ContestTooLate, NoFreeLeader."""
    incident, org, named = await _case(uow, command.incident_id)
    POLICY.require(uow.principal, "contest", _resource(incident, named, None))
    if not command.grounds.strip():
        raise Invalid("say what is wrong with the incident", path=("grounds",))
    known = (await contests.of_incidents(uow.conn, [incident.id]))[incident.id]
    check_contest(
        inquiry=await contests.under_inquiry(uow.conn, incident.id),
        set_aside=any(one.stands is False for one in known),
        until=last_day(incident.confirmed_on, (await CONTROL_RULES.of(uow)).limits.appeal, org.calendar),
        today=uow.today,
    )
    decider = _decider(uow, org, incident, named)
    if decider is None:
        raise NoFreeLeader("every leader of the bureau has a part in it: write to the bureau above")
    given = Contest(
        new_id("ic"), incident.id, incident.bureau_id, uow.principal.actor, command.grounds, uow.now
    )
    if not await contests.add(uow.conn, given):
        raise ContestRefused("you contested this incident before")
    await participant.add(uow.conn, incident.bureau_id, incident.id, [(decider, "DECIDER")], uow.now)
    await uow.audit("incident.contested", "Incident", incident.id)
    return incident.id


async def decide_contest(uow: Uow, command: DecideContest) -> str:
    """Return the incident's id. Raises NotFound, Invalid, ContestRefused."""
    contest = await contests.lock(uow.conn, command.contest_id)
    incident, org, named = await _case(uow, contest.incident_id)
    decider = _decider(uow, org, incident, named)
    POLICY.require(uow.principal, "decideContest", _resource(incident, named, decider))
    if not command.reasons.strip():
        raise Invalid("give the reasons of your decision", path=("reasons",))
    known = (await contests.of_incidents(uow.conn, [incident.id]))[incident.id]
    if contest.stands is not None or any(one.stands is False for one in known):
        raise ContestRefused("this contest is decided, or the incident is set aside already")
    await contests.decide(
        uow.conn,
        contest.id,
        by=uow.principal.actor,
        at=uow.now,
        stands=command.stands,
        reasons=command.reasons,
    )
    await uow.audit("incident.contest_decided", "Incident", incident.id, {"stands": command.stands})
    if not command.stands:
        await _set_aside(uow, incident, command.reasons)
    return incident.id


async def _case(uow: Uow, incident_id: str) -> tuple[Incident, Org, Sequence[str]]:
    incident = await incidents.get(uow.conn, incident_id)
    acts = await incidents.acts(uow.conn, incident.id)
    return incident, await load_org(uow.conn, incident.bureau_id), [one.person_id for one in acts]


def _decider(uow: Uow, org: Org, incident: Incident, named: Sequence[str]) -> str | None:
    """Nobody decides about what they verified, or are named in."""
    return free_leader(org, [*named, incident.confirmed_by], uow.today)


def _resource(incident: Incident, named: Sequence[str], decider: str | None) -> Resource:
    """An incident that the actor sees: who is named in it, and who decides about a contest."""
    return Resource(
        "ContestedIncident",
        incident.id,
        {"bureau": incident.bureau_id, "named": list(named), "decider": decider},
    )


async def _set_aside(uow: Uow, incident: Incident, reasons: str) -> None:
    """The alert is over, and everybody who counted the incident hears of it."""
    await uow.emit(incident.id, incident_set_aside(incident, uow.today))
    ended = {"incident_id": incident.id, "reasons": reasons}
    await uow.schedule("incident_set_aside", f"incident:{incident.id}", uow.now, ended)


async def on_incident_set_aside(uow: Uow, timer: Timer) -> None:
    """The decider may not see the alert: the service itself closes it."""
    incident = await incidents.get(uow.conn, timer.payload["incident_id"])
    alert = await alerts.lock(uow.conn, incident.alert_id)
    if alert.state is AlertState.CLOSED:
        return
    state = move(alert.state, AlertState.CLOSED)
    await alerts.set_state(uow.conn, alert.id, state, uow.now)
    act = alerts.AlertAct(
        alert.id, uow.now, uow.principal.actor, "SET_ASIDE", state, timer.payload["reasons"]
    )
    await alerts.add_act(uow.conn, alert.bureau_id, act)
