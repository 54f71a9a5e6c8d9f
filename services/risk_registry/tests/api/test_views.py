"""The register by person, process and regulation; shares of a process; conduct and what stops it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.domain.catalogue import Body, EntryKind, plain
from risk_registry.domain.conduct import NotABlock
from risk_registry.domain.decomposition import by_person, by_post
from risk_registry.domain.processes import Graph, Step, StepFunction
from risk_registry.domain.workbook import write_register
from risk_registry.packs import shipped
from risk_registry.storage.points import whole_register
from risk_registry.testing import declaring, description, put_point, row, sheet
from risk_registry.testing_reform import HEAD, LEGAL, OLD, old_version, regulation
from risk_registry.use_cases.import_register import ImportRegister, import_register
from risk_registry.use_cases.keep_catalogue import (
    AdoptCatalogue,
    LoadPack,
    RecordEntry,
    adopt_catalogue,
    load_pack,
    record,
)

As = Callable[[str], Principal]
Ask = Callable[..., Any]
YEAR, DAY, AT = date(2026, 1, 1), date(2026, 4, 1), datetime(2026, 1, 1, tzinfo=UTC)
DISCIPLINE, CLERK, CHIEF = "D01.ma-qing", "D01.lin-jie", "D01.chen-gang"
PIVOT = """
query ($axis: PivotAxis!) { registerPivot(axis: $axis) {
  key title person { id } pointCount grades { grade count } points { code }
} }
"""
SHARES = """
query ($id: ID!) { powerDecomposition(versionId: $id) {
  steps unansweredSteps
  byPost { post { id } steps percent powers concentrated }
  byPerson { person { id } steps percent powers concentrated }
} }
"""
CONDUCT = "query ($only: Boolean) { conductRules(prohibited: $only) { code prohibited controls blocked } }"
COVERAGE = (
    "{ controlCoverage { clauses bareClauses clausesPercent generalControls { control regulations } } }"
)
BLOCK: dict[str, Any] = {
    "title_zh": "回避核验", "family": "SYSTEM", "phase": "IN_PROCESS", "basis": "REG-RELIEF#2",
    "nodes": [{"process": "RELIEF-APPROVAL", "step": "investigate"}],
}  # fmt: skip


@pytest_asyncio.fixture
async def version(runtime: Runtime, act_as: As) -> AsyncIterator[str]:
    """A process in force, one point on a step of it and one on a process without a version."""
    found = await old_version(runtime, act_as)
    async with runtime.db.transaction(system("D01")) as conn:
        placed = description(["D01.POLICY.reviewer"], process="RELIEF-APPROVAL", step="review")
        await put_point(conn, "RP-A", RiskGrade.HIGH, placed, YEAR, AT)
        loose = description(["D01.POLICY.chief"], process="OTHER", step="x")
        await put_point(conn, "RP-B", RiskGrade.LOW, loose, YEAR, AT)
    yield found


@pytest.fixture
def ask(runtime: Runtime, act_as: As, graphql: RunGraphQL) -> Ask:
    async def run(who: str, query: str, **variables: Any) -> Any:
        answer = await graphql(runtime, act_as(who), query, variables)
        assert "errors" not in answer, answer["errors"]
        return next(iter(answer["data"].values()))

    return run


def shipped_rule(code: str) -> Body:
    return next(each.body for each in shipped()["regulations"].entries if each.code == code)


def codes(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {row["key"]: [point["code"] for point in row["points"]] for row in rows}


@pytest.mark.usefixtures("version")
async def test_the_register_is_turned_by_each_of_three_axes(ask: Ask) -> None:
    rows = await ask(HEAD, PIVOT, axis="PERSON")
    assert codes(rows) == {CHIEF: ["RP-B"], CLERK: ["RP-A"]}
    assert [row["person"]["id"] for row in rows] == [CHIEF, CLERK]
    processes = await ask(HEAD, PIVOT, axis="PROCESS")
    assert codes(processes) == {"OTHER": ["RP-B"], "RELIEF-APPROVAL": ["RP-A"]}
    assert [row["title"] for row in processes] == ["OTHER", "减免税审批"]
    regulations = await ask(HEAD, PIVOT, axis="REGULATION")
    assert codes(regulations) == {"": ["RP-B"], "REG-RELIEF": ["RP-A"]}
    assert regulations[1]["title"] == "减免税管理办法"
    assert {each["grade"]: each["count"] for each in regulations[1]["grades"]} == {
        "LOW": 0,
        "MEDIUM": 0,
        "HIGH": 1,
    }


@pytest.mark.usefixtures("version")
async def test_the_register_is_turned_by_what_enforcement_does(
    runtime: Runtime, act_as: As, ask: Ask
) -> None:
    """征管查减免罚 (S1-035): a process of two activities has its points under both."""
    head = act_as(HEAD)
    await runtime.execute(head, load_pack, LoadPack("hanzhong"))
    await runtime.execute(head, adopt_catalogue, AdoptCatalogue("urn:plumbline:hanzhong", "2010.3", DAY))
    async with runtime.db.transaction(system("D01")) as conn:
        for code, process in (("RP-C", "减免税·审批"), ("RP-D", "行政处罚·决定")):
            placed = description(["D01.POLICY.chief"], process=process, step="办理")
            await put_point(conn, code, RiskGrade.LOW, placed, YEAR, AT)
    found = await ask(HEAD, PIVOT, axis="ACTIVITY")
    assert codes(found) == {
        "": ["RP-A", "RP-B"], "EXEMPT": ["RP-C"], "PENALISE": ["RP-D"], "REDUCE": ["RP-C"],
    }  # fmt: skip
    assert [each["title"] for each in found] == ["", "免 Exempt", "罚 Penalise", "减 Reduce"]


@pytest.mark.usefixtures("version")
async def test_a_pivot_shows_nobody_more_than_the_register_does(ask: Ask) -> None:
    for axis in ("PERSON", "PROCESS", "REGULATION"):
        seen = {
            who: codes(await ask(who, PIVOT, axis=axis))
            for who in (HEAD, CLERK, "D01.wu-bin", "D02.huang-zhen")
        }
        assert {code for found in seen[CLERK].values() for code in found} == {"RP-A"}
        assert seen["D01.wu-bin"] == seen["D02.huang-zhen"] == {}


@pytest.mark.usefixtures("version")
async def test_a_control_ties_its_point_to_its_regulation_for_those_who_see_it(
    runtime: Runtime, act_as: As, ask: Ask
) -> None:
    bound = RecordEntry(EntryKind.CONTROL, "CT-1", {**BLOCK, "points": ["RP-B"]}, DAY)
    await runtime.execute(act_as(LEGAL), record, bound)
    assert codes(await ask(HEAD, PIVOT, axis="REGULATION")) == {"REG-RELIEF": ["RP-A", "RP-B"]}
    assert codes(await ask(CLERK, PIVOT, axis="REGULATION")) == {"REG-RELIEF": ["RP-A"]}


async def test_shares_of_a_process_by_post_and_for_overseers_by_officer(ask: Ask, version: str) -> None:
    found = await ask(DISCIPLINE, SHARES, id=version)
    assert (found["steps"], found["unansweredSteps"]) == (12, [])
    largest = found["byPost"][0]
    assert (largest["post"]["id"], len(largest["steps"]), largest["percent"]) == (
        "D01.TO-5.administrator",
        7,
        58.3,
    )
    assert {each["post"]["id"]: each["powers"] for each in found["byPost"]}["D01.LEAD.deputy-1"] == [
        "DECISION"
    ]
    assert sorted(code for each in found["byPost"] for code in each["steps"]) == sorted(
        s.code for s in OLD.steps
    )
    clerk = next(each for each in found["byPerson"] if each["person"]["id"] == CLERK)
    assert (clerk["steps"], clerk["powers"], clerk["concentrated"]) == (["review"], ["SUPERVISION"], False)
    assert (await ask(CHIEF, SHARES, id=version))["byPerson"] == found["byPerson"], "it owns the process"
    other = await ask("D01.wu-bin", SHARES, id=version)
    assert (other["byPost"], other["byPerson"]) == (found["byPost"], None)


@given(st.data())
def test_every_step_is_in_exactly_one_share_and_two_powers_in_one_hand_are_named(data: st.DataObject) -> None:
    functions = data.draw(st.lists(st.sampled_from(StepFunction), min_size=1, max_size=9))
    posts = data.draw(
        st.lists(st.sampled_from(["", "a", "b", "c"]), min_size=len(functions), max_size=len(functions))
    )
    steps = tuple(
        Step(f"s{at}", "x", function, post=post)
        for at, (function, post) in enumerate(zip(functions, posts, strict=True))
    )
    graph = Graph("g", steps, 1)
    shares = by_post(graph)
    assert sorted(code for each in shares for code in each.steps) == sorted(step.code for step in steps)
    assert sum(each.percent for each in shares) == pytest.approx(100, abs=0.3)
    for each in shares:
        assert each.concentrated == (len({graph.by_code[code].power for code in each.steps}) > 1)
    both = by_person(graph, {"a": ["x"], "b": ["x"]})
    assert sum(len(each.steps) for each in both) == sum(post in ("a", "b") for post in posts)


@pytest.mark.usefixtures("version")
async def test_prohibited_conduct_is_stopped_by_a_control_that_blocks_and_by_nothing_less(
    runtime: Runtime, act_as: As, ask: Ask
) -> None:
    legal, head = act_as(LEGAL), act_as(HEAD)
    await runtime.execute(head, load_pack, LoadPack("conduct"))
    await runtime.execute(head, adopt_catalogue, AdoptCatalogue("urn:plumbline:conduct", "2026.1", DAY))
    reminder = {**BLOCK, "phase": "EX_ANTE"}
    for code, body in (("CT-BLOCK", BLOCK), ("CT-REMIND", reminder)):
        await runtime.execute(legal, record, RecordEntry(EntryKind.CONTROL, code, body, DAY))

    async def bind(code: str, control: str, **said: Any) -> None:
        known = await ask(HEAD, "{ catalogueEntries(kind: CONDUCT) { code body } }")
        body = next(each["body"] for each in known if each["code"] == code)
        given_ = RecordEntry(EntryKind.CONDUCT, code, {**body, "controls": [control], **said}, DAY)
        await runtime.execute(legal, record, given_)

    with pytest.raises(NotABlock):
        await bind("MZ-05", "CT-REMIND")
    with pytest.raises(Invalid):
        await bind("MZ-05", "CT-NONE")
    await bind("MZ-05", "CT-BLOCK")
    await bind("ZB-04", "CT-REMIND", lessons=["传递单管理"])
    rules = {each["code"]: each for each in await ask(HEAD, CONDUCT)}
    assert (len(rules), rules["MZ-05"]["blocked"], rules["MZ-06"]["blocked"]) == (15, True, False)
    assert {each["prohibited"] for each in await ask(CLERK, CONDUCT, only=True)} == {True}
    seen = {each["code"]: each for each in await ask(CLERK, CONDUCT)}
    assert (len(seen), seen["MZ-05"]["controls"], seen["MZ-05"]["blocked"]) == (15, None, None)
    bodies = [each["body"] for each in await ask(CLERK, "{ catalogueEntries(kind: CONDUCT) { body } }")]
    assert {tuple(each["controls"]) for each in bodies} == {()}


async def test_the_regulation_library_is_used_and_its_clauses_without_a_node_are_counted(
    runtime: Runtime, act_as: As, ask: Ask
) -> None:
    head = act_as(HEAD)
    await runtime.execute(head, load_pack, LoadPack("regulations"))
    await runtime.execute(head, adopt_catalogue, AdoptCatalogue("urn:plumbline:regulations", "2010.2", DAY))
    found = await ask(HEAD, COVERAGE)
    assert (found["clauses"], len(found["bareClauses"]), found["clausesPercent"]) == (98, 98, 0)
    general = {each["control"]: each["regulations"] for each in found["generalControls"]}
    assert (len(general), general["WORK_RULES"]) == (5, ["REG-01-01"])
    body = {**plain(shipped_rule("REG-01-01")), "general": None}
    await runtime.execute(act_as(LEGAL), record, RecordEntry(EntryKind.REGULATION, "REG-01-01", body, DAY))
    later = await ask(HEAD, COVERAGE)
    gaps = [each["control"] for each in later["generalControls"] if not each["regulations"]]
    assert gaps == ["WORK_RULES"]
    node = {**BLOCK, "basis": "REG-03-01#1"}
    await runtime.execute(act_as(LEGAL), record, RecordEntry(EntryKind.CONTROL, "CT-2", node, DAY))
    after = await ask(HEAD, COVERAGE)
    assert set(found["bareClauses"]) - set(after["bareClauses"]) == {"REG-03-01#1"}


@pytest.mark.usefixtures("version")
async def test_processes_and_powers_without_a_unit_of_education_are_named_to_everybody(
    runtime: Runtime, act_as: As, ask: Ask
) -> None:
    """S1-026: one unit at least about each; links count from their day, and a draft is no process yet."""
    legal = act_as(LEGAL)
    power = {"title_zh": "减免税审批权", "basis": "REG-RELIEF#3"}
    await runtime.execute(legal, record, RecordEntry(EntryKind.POWER, "PW-1", power, DAY))
    query = "{ registerEducation { processes bareProcesses powers barePowers percent } }"
    bare = {"processes": 1, "bareProcesses": ["RELIEF-APPROVAL"], "powers": 1, "barePowers": ["PW-1"]}
    assert await ask(CLERK, query) == {**bare, "percent": 0}
    unit = {
        "title_zh": "时限与保管",
        "lessons": ["TIME_LIMITS_AND_CUSTODY"],
        "processes": ["RELIEF-APPROVAL"],
    }
    await runtime.execute(legal, record, RecordEntry(EntryKind.EDUCATION_UNIT, "EU-1", unit, DAY))
    assert await ask(HEAD, query) == {**bare, "bareProcesses": [], "percent": 50}
    assert (await ask("D02.huang-zhen", query))["processes"] == 0
    for wrong in ({"lessons": []}, {"processes": []}):
        command = RecordEntry(EntryKind.EDUCATION_UNIT, "EU-2", {**unit, **wrong}, DAY)
        with pytest.raises(Invalid):
            await runtime.execute(legal, record, command)


async def test_a_point_has_its_item_and_its_power_above_it(runtime: Runtime, act_as: As, ask: Ask) -> None:
    """S2-007, S2-009: item → point and power → point, in by the sheet, out by the graph and by the sheet."""
    await regulation(runtime, act_as)
    for kind, code, body in [
        (EntryKind.RISK_ITEM, "RI-1", {"title_zh": "减免税审批失当"}),
        (EntryKind.POWER, "PW-1", {"title_zh": "减免税审批权", "basis": "REG-RELIEF#3"}),
    ]:
        await runtime.execute(act_as(LEGAL), record, RecordEntry(kind, code, body, DAY))
    rows = [row(item="RI-1", power="PW-1"), row(code="RP-X-1")]
    await runtime.execute(
        act_as(HEAD), import_register, ImportRegister("r.csv", sheet(rows, declaring(rows)), DAY)
    )
    for axis, code, title in (("ITEM", "RI-1", "减免税审批失当"), ("POWER", "PW-1", "减免税审批权")):
        found = await ask(HEAD, PIVOT, axis=axis)
        assert codes(found) == {"": ["RP-X-1"], code: ["RP-RELIEF-TIME-02"]}
        assert found[1]["title"] == title
    listed = await ask(HEAD, "{ riskPoints(first: 5) { nodes { item power } } }")
    assert listed["nodes"] == [{"item": "RI-1", "power": "PW-1"}, {"item": "", "power": ""}]
    async with runtime.db.read(system("D01")) as conn:
        register = await whole_register(conn, "D01", DAY)
    back = ImportRegister("b.xlsx", write_register(register), DAY)
    again = await runtime.execute(act_as(HEAD), import_register, back)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)
