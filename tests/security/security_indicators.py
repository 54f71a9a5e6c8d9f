"""Indicators: who drafts, who activates and who retires them."""

from typing import Any

import msgspec
from risk_registry.indicator_packs import shipped_indicators
from risk_registry.testing_alerts import ended, raised, receive
from security_rules import ELSEWHERE, KEEPERS
from security_world import World

BASIS = "REG-RELIEF#3"


async def indicators(world: World) -> None:
    """After the rules: REG-RELIEF is in force."""
    shipped = shipped_indicators()["DEADLINE-MISSED"]
    body: dict[str, Any] = {**msgspec.to_builtins(shipped), "basis": BASIS}
    draft = {"code": "DEADLINE-MISSED", "body": body}
    made = await world.step("luo-fang", "draftIndicator", draft, "versionId", allowed=KEEPERS | ELSEWHERE)
    world.made["Indicator"] = version = made["versionId"]
    active = {"versionId": version, "effectiveFrom": "2026-04-01"}
    await world.step("huang-zhen", "activateIndicator", active, allowed={"huang-zhen"})
    await alert(world)
    # Rules & forms, proposed by who keeps them; nothing was judged yet, so there is nothing to tune.
    better = {"versionId": version, "body": body, "reason": "误报过多"}
    unproved = dict.fromkeys(KEEPERS, "TUNING_NOT_SUGGESTED")
    await world.everybody("proposeIndicatorTuning", better, allowed=KEEPERS, but=unproved)
    # R1 approves what ships, each for the own bureau.
    pack = {"effectiveFrom": "2026-04-01"}
    heads = {"huang-zhen", "D02.huang-zhen", "C01.city-head"}
    await world.everybody("loadIndicators", pack, allowed=heads)
    # Another bureau has no such indicator: absent.
    end = {"code": "DEADLINE-MISSED", "retiredFrom": "2026-12-31", "reason": "并入新指标"}
    await world.everybody("retireIndicator", end, allowed={"huang-zhen"})
    again = await world.do("luo-fang", "draftIndicator", draft, "versionId")
    world.made["draft indicator"] = again["versionId"]


async def alert(world: World) -> None:
    """A missed deadline of POLICY; the ledger resolves it to its line."""
    now = world.clock.now()
    await receive(world.runtime, raised("al_1", now, due_on="2026-03-31"), now)
    world.made["Alert"] = "al_1"
    # S2-053: confirmed, it asks whether a rule is missing.
    await receive(world.runtime, ended("al_1", now), now)
    ask = "{ regulationGaps { nodes { id } } }"
    (found,) = (await world.ask("luo-fang", ask))["regulationGaps"]["nodes"]
    world.made["RegulationGap"] = found["id"]
    body = {"title_zh": "当日签收", "family": "PROCESS", "phase": "IN_PROCESS", "basis": BASIS}
    rule = {"kind": "CONTROL", "code": "CT-SLIP", "body": body}
    answer = {"gapId": found["id"], "missing": True, "advice": "无签收规定", "proposal": rule}
    await world.step("luo-fang", "answerRegulationGap", answer, allowed=KEEPERS)
    # Rules & forms: R1 approves, who did not propose it (SoD-6).
    decision = {"gapId": found["id"], "accepted": True, "reason": "同意", "effectiveFrom": "2026-04-02"}
    await world.everybody("decideRegulationGap", decision, allowed={"huang-zhen"})
    # S2-047: who manages the point answers what was proved, or the discipline lead.
    put_right = {"alertId": "al_1", "deficiency": "EXECUTION_DEVIATION", "correction": "补办签收"}
    await world.step("chen-gang", "answerDeviation", put_right, allowed={"chen-gang", "ma-qing"})
