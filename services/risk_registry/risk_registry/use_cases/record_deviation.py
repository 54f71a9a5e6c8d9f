"""What an alert proved is a deviation of running power, and stays until it is answered (S2-047)."""

import msgspec
from plumbline_shared.clock import local_date
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from risk_registry.domain.control_tests import DeficiencyType
from risk_registry.domain.deviations import (
    DEVIATING,
    Deviation,
    DeviationAnswer,
    DeviationAnswered,
    answerers,
)
from risk_registry.domain.ledger import LedgerRow
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.alerts import deviation_resource
from risk_registry.storage.deviations import add_answer, add_deviation, deviations_of
from risk_registry.storage.ledger import lines_of, rows_of
from risk_registry.storage.points import load_points


class AnswerDeviation(msgspec.Struct, frozen=True):
    """Whether the rule or its execution fell short, and how it was put right."""

    alert_id: str
    deficiency: DeficiencyType
    correction: str


class DeviationKept(msgspec.Struct, frozen=True):
    """The alert that it comes from."""

    alert_id: str


async def record_deviation(uow: Uow, alert_id: str) -> None:
    """Keep the deviation of a row that has such an outcome, once, in whatever order row and outcome came."""
    row = (await rows_of(uow.conn, [alert_id])).get(alert_id)
    if row is None or row.outcome is None or row.outcome not in DEVIATING:
        return
    lines = (await lines_of(uow.conn, [alert_id]))[alert_id]
    found = Deviation(
        alert_id,
        row.alert.bureau_id,
        await _process(uow, row),
        row.unit_ids,
        row.outcome,
        answerers(lines),
        uow.now,
    )
    await add_deviation(uow.conn, found)


async def _process(uow: Uow, row: LedgerRow) -> str:
    id_, on = row.alert.point_id, local_date(row.alert.raised_at)
    point = (await load_points(uow.conn, row.alert.bureau_id, on, [id_])).get(id_)
    return point.description.process if point else row.domain


async def answer_deviation(uow: Uow, command: AnswerDeviation) -> DeviationKept:
    """Refuses with NOT_FOUND, INVALID_INPUT or DEVIATION_ANSWERED."""
    found = (await deviations_of(uow.conn, [command.alert_id])).get(command.alert_id)
    if found is None:
        raise absent("Deviation")
    POLICY.require(uow.principal, "answer", deviation_resource(found))
    correction = checked(command.correction, "correction").strip()
    if not correction:
        raise Invalid("say how it was put right", path=("correction",))
    answer = DeviationAnswer(command.deficiency, correction, uow.principal.actor, uow.now)
    if not await add_answer(uow.conn, found.bureau_id, found.alert_id, answer):
        raise DeviationAnswered("this deviation is answered")
    await uow.audit("answer_deviation", "Deviation", found.alert_id, {"deficiency": command.deficiency})
    return DeviationKept(found.alert_id)
