"""Scores: R19 enters, and a second person of R19 confirms; nobody else writes."""

from performance.subscriptions import SUBSCRIPTIONS
from plumbline_contracts.case_flow.v1 import IncidentConfirmed
from plumbline_shared.events import EventMeta, subject_of
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow
from security_cast import ORGS
from security_world import World

UNIT = '{ unitScore(unitId: "D01.POLICY", year: 2026) { entries { id } } }'
OFFICE = {"gu-ping", "supervision-2"}


async def play(world: World) -> None:
    """POLICY missed a time limit: minus two points, which the supervision office takes back."""
    await world.open(*ORGS.values())
    await _missed(world)
    (entry,) = (await world.ask("huang-zhen", UNIT))["unitScore"]["entries"]
    world.made |= {"ScoreEntry": entry["id"], "Unit": "D01.POLICY", "Person": "D01.lin-jie"}
    # Score, enter: R19 B.
    wanted = {"entryId": entry["id"], "reason": "申诉成立"}
    asked = await world.step("gu-ping", "reverseScoreEntry", wanted, "reversal { id }", allowed=OFFICE)
    # SoD-5: whoever enters does not confirm.
    decision = {"reversalId": asked["reversal"]["id"], "confirm": True}
    await world.everybody("decideScoreReversal", decision, allowed=OFFICE - {"gu-ping"})


async def _missed(world: World) -> None:
    event = IncidentConfirmed(
        incident_id="in_1",
        bureau_id="D01",
        kind="TIME_LIMIT_MISSED",
        unit_id="D01.POLICY",
        occurred_on="2026-03-02",
    )
    now, who = world.clock.now(), system("D01")
    async with world.runtime.db.transaction(who) as conn:
        meta = EventMeta("ev-1", subject_of(event), "in_1", 1, now, "D01")
        await SUBSCRIPTIONS[type(event)](Uow(conn, who, now, meta), event)
