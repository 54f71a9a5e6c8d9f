"""Give the verification of an alert to somebody: nobody was found for it, or whoever was does not come to it."""

from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.alert import Alert, check_verifier
from case_flow.domain.leaders import free_leader
from case_flow.domain.recipients import Basis, Viewer
from case_flow.domain.verification import after_assignment, check_open, check_role
from case_flow.rules import CONTROL_RULES
from case_flow.storage import alert as alerts


class AssignVerification(msgspec.Struct, frozen=True):
    """Who verifies from now on, and why not whoever it was."""

    alert_id: str
    verifier_id: str
    reason: str


async def assign_verification(uow: Uow, command: AssignVerification) -> str:
    """Return the alert's id; the limit of the grade runs anew from today.

    Raises NotFound, Invalid, AlertStateRefused, NotAVerifier, VerifierIsSubject or VerifierOfOwnUnit.
    """
    alert = await alerts.lock(uow.conn, command.alert_id)
    org = await load_org(uow.conn, alert.bureau_id)
    POLICY.require(uow.principal, "assignVerifier", _resource(alert, org, uow.today))
    check_open(alert.state, verified=alert.verify_due is not None)
    if not command.reason.strip():
        raise Invalid("say why the verification is given to somebody", path=("reason",))
    chosen = command.verifier_id
    if chosen in (uow.principal.person_id, alert.verifier) or org.person(chosen) is None:
        raise Invalid(
            "name an officer of the bureau who is neither you nor the one it waits for", path=("verifierId",)
        )
    check_role(org.roles_of(chosen, uow.today), alert.grade)
    check_verifier(
        chosen,
        assigned_to=chosen,
        subjects=frozenset(alert.subject_ids),
        units_of_person=frozenset(org.units_of(chosen, uow.today)),
        concerned_units=frozenset(alert.unit_ids),
    )
    limit = (await CONTROL_RULES.of(uow)).limits.verify[alert.grade]
    due = add_days(org.calendar, limit.unit, uow.today, limit.length).on
    state = after_assignment(alert.state)
    await alerts.assign(uow.conn, alert.id, state, chosen, due)
    await alerts.add_viewers(uow.conn, alert, [Viewer(chosen, Basis.VERIFIER)], uow.now)
    act = alerts.AlertAct(alert.id, uow.now, uow.principal.actor, "ASSIGNED", state, command.reason)
    await alerts.add_act(uow.conn, alert.bureau_id, act)
    await uow.cancel_timers(alert.id, "alert_unverified")
    await uow.schedule("alert_unverified", alert.id, end_of_day(due))
    await uow.audit("alert.assigned", "Alert", alert.id, {"verifier": chosen})
    return alert.id


def _resource(alert: Alert, org: Org, on: date) -> Resource:
    """The verification of an alert that the actor sees."""
    return Resource(
        "Verification",
        alert.id,
        {"bureau": alert.bureau_id, "assigner": free_leader(org, alert.subject_ids, on)},
    )
