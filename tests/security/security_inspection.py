"""Case flow, an inspection run from its plan to its end (scenario 6)."""

from case_flow.domain.draw import commitment
from case_flow.domain.inspection import ReportKind
from case_flow.rules import INSPECTION_RULES
from security_world import World

LEGAL = {"luo-fang", "legal-clerk"}
KEEPERS = {
    "LEGAL_OFFICER": ("luo-fang", LEGAL),
    "DISCIPLINE_LEAD": ("ma-qing", {"ma-qing"}),
    "SUPERVISION_OFFICE": ("gu-ping", {"gu-ping", "supervision-2"}),
}
PLAN = {
    "code": "INS-2026-07",
    "leadUnitId": "D01.LEGAL",
    "periodFrom": "2025-01-01",
    "periodTo": "2025-12-31",
    "reportDueOn": "2026-08-31",
    "strata": [{"code": "HOUSEHOLD", "quota": 1}],
}
UNITS = [{"stratum": "HOUSEHOLD", "unit": "H-1", "officeId": "D01.TO-3"}]
PAIR = {"inspector", "inspector-2"}


async def inspection(world: World) -> None:
    # R8 leads the inspection (S1-149); another bureau has no such unit.
    made = await world.step(
        "luo-fang", "planInspection", PLAN, "run { id }", allowed=LEGAL, also={"INVALID_INPUT"}
    )
    world.made["InspectionRun"] = made["run"]["id"]
    run = {"runId": world.made["InspectionRun"]}
    for role, (name, allowed) in KEEPERS.items():
        sealed = {**run, "role": role, "commitment": commitment(run["runId"], 1, role, name)}
        await world.step(name, "commitDrawSeed", sealed, allowed=allowed)
    await world.step("luo-fang", "freezeInspectionFrame", {**run, "units": UNITS}, allowed=LEGAL)
    for role, (name, allowed) in KEEPERS.items():
        others = dict.fromkeys(allowed - {name}, "DRAW_SEED")
        secret = {**run, "role": role, "secret": name}
        await world.step(name, "revealDrawSeed", secret, allowed=allowed, but=others)
    await world.step("luo-fang", "drawInspectionSample", run, allowed=LEGAL)
    await world.step("luo-fang", "startFieldwork", run, allowed=LEGAL)
    await reported(world, run)


async def reported(world: World, run: dict[str, str]) -> None:
    answers = [{"aspect": aspect, "result": "IN_ORDER"} for aspect in INSPECTION_RULES.shipped().aspects]
    file = {**run, "unit": "H-1"}
    await world.step("inspector", "reportInspectedFile", {**file, "answers": answers}, allowed=PAIR)
    first = {"inspector": "REPORT_INCOMPLETE"}
    await world.step("inspector-2", "signFileReport", file, allowed=PAIR, but=first)
    for kind in ReportKind:
        await world.step(
            "luo-fang", "submitRunReport", {**run, "kind": kind.value, "text": "July"}, allowed=LEGAL
        )
    # R1: the bureau decides before anything follows (S1-069).
    await world.step("huang-zhen", "adjudicateInspection", {**run, "orders": []}, allowed={"huang-zhen"})
    await world.step("luo-fang", "closeInspection", run, allowed=LEGAL)
