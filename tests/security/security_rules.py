"""The register's rules: catalogues, processes and their reform, segregation, self-checks, handbooks."""

from typing import Any

from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import system
from risk_registry.documents.bpmn import Bound, export_bpmn
from risk_registry.domain.catalogue import plain
from risk_registry.domain.processes import Graph
from risk_registry.testing import description, put_point
from risk_registry.testing_reform import AT, GONE, NEW, OLD, PROCESS, REGULATION, YEAR
from security_world import World

TODAY = "2026-04-01"
# Rules & forms: R1 approves, R4 proposes, R8 edits; each for the own bureau, and D02.all is legal officer of D02.
CHAIR = {"huang-zhen", "ma-qing"}
KEEPERS = {*CHAIR, "luo-fang", "legal-clerk"}
HEADS = {"D02.huang-zhen", "D02.ma-qing", "C01.city-head", "C01.city-lead"}
ELSEWHERE = {*HEADS, "D02.all"}
# Templates: R1, and R30 who carries them to other bureaus.
TEMPLATES = {"huang-zhen", "D02.huang-zhen", "D02.all", "C01.city-head", "C01.rollout"}
OVERSEE = {*KEEPERS, "bai-xue", "auditor"}


async def rules(world: World) -> None:
    """From the catalogue to the handbook."""
    await catalogue(world)
    await process(world)
    await reform(world)
    await segregation(world)
    await self_checks(world)
    await handbook(world)
    await schemes(world)
    await disclosure(world)


async def catalogue(world: World) -> None:
    await world.step("huang-zhen", "loadCataloguePack", {"name": "hall"}, allowed=TEMPLATES)
    hall = {"urn": "urn:plumbline:hall", "version": "2010.3", "effectiveFrom": TODAY}
    await world.step("huang-zhen", "adoptCatalogue", hall, allowed=KEEPERS | ELSEWHERE)
    regulation = entry("REGULATION", "REG-RELIEF", plain(REGULATION))
    made = await world.step(
        "luo-fang", "recordCatalogueEntry", regulation, "draftId", allowed=KEEPERS | ELSEWHERE
    )
    # SoD-6: R1 approves, who did not write it.
    draft = {"draftId": made["draftId"], "accepted": True, "reason": "办法可行"}
    await world.step("huang-zhen", "decideCatalogueEntry", draft, allowed={"huang-zhen"})
    body = {"title_zh": "二次复核", "family": "EXTERNAL", "phase": "EX_POST", "basis": "REG-RELIEF#3"}
    made = await world.do("luo-fang", "recordCatalogueEntry", entry("CONTROL", "CT-SECOND", body), "draftId")
    await world.do("huang-zhen", "decideCatalogueEntry", {**draft, "draftId": made["draftId"]})
    # R9 tests controls, and discipline's officers.
    test = {"control": "CT-SECOND", "aspect": "DESIGN", "evidence": "查阅办法"}
    await world.everybody("testControl", test, allowed={"auditor", "bai-xue"})
    template = {"urn": "urn:plumbline:ours", "version": "1", "title": "临江"}
    await world.everybody("exportTemplate", template, allowed=TEMPLATES)
    points = {"urn": "urn:plumbline:hall"}
    await world.everybody("proposeCataloguePoints", points, allowed=CHAIR | HEADS)


def entry(kind: str, code: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "code": code, "body": body, "effectiveFrom": TODAY}


def graph(given: Graph) -> dict[str, Any]:
    """A graph as the API takes it."""
    keys = ("code", "function", "post", "monitor", "basis", "procedure")
    steps = [{"title": one.title_zh, **{key: getattr(one, key) for key in keys}} for one in given.steps]
    return {"title": given.title_zh, "steps": steps, "limitDays": given.limit_days}


async def process(world: World) -> None:
    # R6 and R2 draft in their own domain, besides those who keep the rules; R1 approves what others wrote (SoD-6).
    drafters = {*KEEPERS, "chen-gang", "zhou-min"}
    old = {"process": PROCESS, "ownerUnit": "D01.POLICY", "graph": graph(OLD)}
    elsewhere = {"INVALID_INPUT"}
    made = await world.step(
        "chen-gang", "draftProcessVersion", old, "processVersion { id }", allowed=drafters, also=elsewhere
    )
    version = {"versionId": made["processVersion"]["id"]}
    file = {"process": "BY-FILE", "ownerUnit": "D01.POLICY", "bpmn": bpmn()}
    await world.everybody("importProcessBpmn", file, allowed=drafters, also=elsewhere)
    await world.everybody("reviseProcessDraft", {**version, "graph": graph(OLD)}, allowed=drafters)
    done = {**version, "effectiveFrom": TODAY}
    await world.step("huang-zhen", "publishProcessVersion", done, allowed={"huang-zhen"})
    async with world.runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.TO-5.administrator"], "D01.POLICY", process=PROCESS, step=GONE[0])
        world.made["point that moves"] = await put_point(conn, "RP-R-1", RiskGrade.MEDIUM, text, YEAR, AT)


def bpmn() -> str:
    """The old process as a diagram's file."""
    return export_bpmn(Bound(OLD)).decode()


async def reform(world: World) -> None:
    new = {"process": PROCESS, "ownerUnit": "D01.POLICY", "graph": graph(NEW)}
    made = await world.do("chen-gang", "draftProcessVersion", new, "processVersion { id }")
    version = {"versionId": made["processVersion"]["id"]}
    point = {**version, "pointId": world.made["point that moves"]}
    move = {**point, "kind": "TRANSFERRED_TO_POST", "toStep": "accept", "receiver": "HALL.window-23"}
    drafters = {*KEEPERS, "chen-gang", "zhou-min"}
    await world.step("chen-gang", "disposeRiskPoint", move, allowed=drafters)
    # The receiving post accepts, nobody for it (scenario 7).
    await world.step("wu-yan", "acceptTransfer", point, allowed={"wu-yan"})
    day = {**version, "effectiveFrom": "2026-06-01"}
    await world.everybody("publishProcessVersion", day, allowed={"huang-zhen"})


async def segregation(world: World) -> None:
    for code, function, power in (("A", "REVIEW", "SUPERVISION"), ("B", "APPROVE", "EXECUTION")):
        body = {
            "title_zh": code,
            "power": power,
            "function": function,
            "posts": ["POLICY.reviewer"],
            "process": "R",
        }
        await world.do("luo-fang", "recordCatalogueEntry", entry("DUTY", f"DUTY-{code}", body))
    await world.step("huang-zhen", "scanSegregation", {}, allowed=CHAIR | HEADS)
    found = (await world.ask("huang-zhen", "{ segregationFindings { id } }"))["segregationFindings"]
    remedy = {"findingId": found[0]["id"], "state": "ASSIGNED", "note": "调整分工", "dueOn": "2026-05-01"}
    await world.everybody("remedySegregation", remedy, allowed=KEEPERS)
    exception = {
        "rule": "SOD-REVIEW-APPROVE",
        "personId": "D01.lin-jie",
        "control": "CT-SECOND",
        "reason": "编制不足",
        "expiresOn": "2026-05-01",
    }
    # Another bureau knows no such person.
    await world.everybody("grantSegregationException", exception, allowed=CHAIR, also={"INVALID_INPUT"})


async def self_checks(world: World) -> None:
    cycle = {"title": "排查", "dueOn": "2026-06-30"}
    made = await world.step("huang-zhen", "openIdentificationCycle", cycle, "id", allowed=CHAIR | HEADS)
    one = {"cycleId": made["id"]}
    # R24, self-check: the own post, in three steps and whole.
    duty = {"code": "D-1", "title": "定额核定"}
    step = {**one, "post": "TO-5.administrator", "step": "DUTIES", "lines": [duty]}
    await world.everybody("saveIdentificationStep", step, allowed={"he-jun"})
    item = {"title": "x", "process": "p", "step": "s", "cause": "c"}
    own = {**one, "post": "TO-5.administrator", "items": [item]}
    await world.everybody("submitSelfCheck", own, allowed={"he-jun"})
    advice = {**one, "pointIds": [world.made["point that moves"]], "advice": "双人复核"}
    given = await world.step("bai-xue", "givePreventionAdvice", advice, "id", allowed=OVERSEE)
    outcome = {"adviceId": given["id"], "outcome": "CONTROL", "reference": "CT-SECOND"}
    await world.everybody("decidePreventionAdvice", outcome, allowed=CHAIR)
    await world.everybody("moveIdentificationCycle", {**one, "stage": "ASSESS"}, allowed=CHAIR)


async def handbook(world: World) -> None:
    # Register read: whoever reads every point in it.
    wanted = {"scope": "POST", "subject": "D01.TO-5.administrator"}
    readers = {*OVERSEE, "he-jun", "pan-yu", "tang-li"}
    await world.everybody("issueRiskHandbook", wanted, allowed=readers, also={"INVALID_INPUT"})
    # Rules & forms: R1 approves, each head for the own bureau.
    rule = {"cycleMonths": 6, "volumePoints": 500, "volumeDiagrams": 60, "citation": "D01"}
    heads = {"huang-zhen", "D02.huang-zhen", "C01.city-head"}
    await world.everybody("chooseHandbookRule", rule, allowed=heads)


async def schemes(world: World) -> None:
    # The method of grading is kept by those who keep the register: R1 and R4.
    scheme = {
        "name": "ours",
        "family": "S2_HIGH_MEDIUM_LOW",
        "method": "MATRIX",
        "mediumFrom": 3,
        "highFrom": 4,
        "quorum": 7,
        "citation": "D01",
        "grid": ["LLLLM", "LLLMH", "LLMHH", "LMHHH", "MHHHH"],
    }
    await world.step("huang-zhen", "publishGradingScheme", scheme, allowed=CHAIR | HEADS)
    chosen = {"version": "D01.ours", "effectiveFrom": "2027-01-01"}
    # Another bureau has no such scheme; whoever published it does not adopt it (SoD-6).
    await world.everybody(
        "adoptGradingScheme",
        chosen,
        allowed={"ma-qing", "huang-zhen"},
        but={"huang-zhen": "SOD_AUTHOR_APPROVES"},
        also={"INVALID_INPUT"},
    )


async def disclosure(world: World) -> None:
    # Disclosure publish: R1 approves, each head for the own bureau.
    heads = {"huang-zhen", "D02.huang-zhen", "C01.city-head"}
    # The other bureaus have nothing to show yet.
    nothing = {"D02.huang-zhen": "INVALID_INPUT", "C01.city-head": "INVALID_INPUT"}
    shown = await world.step("huang-zhen", "publishPublicView", {}, "snapshotId", allowed=heads, but=nothing)
    taken_back = {"snapshotId": shown["snapshotId"], "reason": "有误"}
    await world.everybody("withdrawPublicView", taken_back, allowed={"huang-zhen"})
