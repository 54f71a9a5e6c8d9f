"""Flow diagrams and BPMN of a version: steps, ways, and only those risk points that the reader may see."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.principal import Principal
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import RunGraphQL
from risk_registry.documents.diagram import SIZE, WIDEST_PRINT, dot_of
from risk_registry.documents.drawing import svg
from risk_registry.documents.workshop import workshop
from risk_registry.domain.processes import Graph, Step, StepFunction
from risk_registry.testing_reform import CHIEF, HEAD, OLD, nine_points, old_version
from risk_registry.use_cases.draft_process import DraftProcess, draft_process

As = Callable[[str], Principal]
SVG = "{http://www.w3.org/2000/svg}"
ASK = """
query ($id: ID!) { processDiagram(versionId: $id) { svg sha256 pointCount } processBpmn(versionId: $id) }
"""
IMPORT = """
mutation ($file: String!) { importProcessBpmn(input: {
  clientMutationId: "b", process: "RELIEF-APPROVAL", ownerUnit: "D01.POLICY", bpmn: $file
}) { processVersion { number steps { code } } risks { step points } userErrors { code } } }
"""


@pytest_asyncio.fixture
async def version(runtime: Runtime, act_as: As) -> AsyncIterator[str]:
    found = await old_version(runtime, act_as)
    await nine_points(runtime)
    yield found
    await workshop().close()


async def ask(runtime: Runtime, graphql: RunGraphQL, who: Principal, version: str) -> Any:
    answer = await graphql(runtime, who, ASK, {"id": version})
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


async def test_a_diagram_has_every_step_and_way_and_word_beside_colour(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, version: str
) -> None:
    data = await ask(runtime, graphql, act_as(HEAD), version)
    root = ET.fromstring(data["processDiagram"]["svg"])  # noqa: S314
    kinds = [each.get("class") for each in root.iter(f"{SVG}g")]
    assert (kinds.count("node"), kinds.count("edge")) == (len(OLD.steps), len(OLD.steps) - 1)
    words = [each.text for each in root.iter(f"{SVG}text")]
    assert sum(each == "中 medium × 1" for each in words) == 5
    assert sum(each == "中 medium × 2" for each in words) == 2
    assert data["processDiagram"]["pointCount"] == 9


async def test_a_step_names_its_post_as_people_do(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, version: str
) -> None:
    drawn = (await ask(runtime, graphql, act_as(HEAD), version))["processDiagram"]["svg"]
    words = {each.text for each in ET.fromstring(drawn).iter(f"{SVG}text")}  # noqa: S314
    assert {"reviewer (POLICY.reviewer)", "administrator (TO-5.administrator)"} <= words
    assert not any(word and word.startswith("D01.") for word in words)


@given(st.lists(st.text("税务a", min_size=1, max_size=12), min_size=1, max_size=12))
def test_a_diagram_from_left_to_right_fits_its_page_at_full_size(titles: list[str]) -> None:
    steps = tuple(Step(f"s{at}", title, StepFunction.EXECUTE) for at, title in enumerate(titles))
    dot = dot_of("P", Graph("t", steps, 5), [], {})
    drawn = SIZE.search(svg(dot).decode())
    assert drawn
    if "rankdir=LR" in dot:
        assert int(drawn[1]) <= WIDEST_PRINT + 20, "its margins"
    else:
        assert int(drawn[2]) > int(drawn[1])


async def test_a_step_whose_title_has_no_glyph_is_not_drawn_with_a_box(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, version: str
) -> None:
    named = replace(OLD.steps[0], title_zh="受理🦄")
    given = DraftProcess("UNICORN", "D01.POLICY", replace(OLD, steps=(named, *OLD.steps[1:])))
    drafted = await runtime.execute(act_as(CHIEF), draft_process, given)
    answer = await graphql(runtime, act_as(CHIEF), ASK, {"id": drafted.version_id})
    assert [each["message"] for each in answer["errors"]] == ["the font has no glyph for: 🦄"]
    assert (await ask(runtime, graphql, act_as(CHIEF), version))["processDiagram"]["svg"]


async def test_who_sees_no_point_sees_the_steps_alone(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, version: str
) -> None:
    data = await ask(runtime, graphql, act_as("D01.wu-bin"), version)
    assert data["processDiagram"]["pointCount"] == 0
    assert "RP-R" not in data["processDiagram"]["svg"] + data["processBpmn"]
    answer = await graphql(runtime, act_as("D02.huang-zhen"), ASK, {"id": version})
    assert answer["errors"]


async def test_a_draft_from_the_exported_file_has_the_same_steps_and_says_its_risks(
    runtime: Runtime, act_as: As, graphql: RunGraphQL, version: str
) -> None:
    file = (await ask(runtime, graphql, act_as(CHIEF), version))["processBpmn"]
    answer = await graphql(runtime, act_as(CHIEF), IMPORT, {"file": file})
    done = answer["data"]["importProcessBpmn"]
    assert done["userErrors"] == []
    assert [each["code"] for each in done["processVersion"]["steps"]] == [each.code for each in OLD.steps]
    assert sum(len(each["points"]) for each in done["risks"]) == 9
    bad = await graphql(runtime, act_as(CHIEF), IMPORT, {"file": "<a/>"})
    assert bad["data"]["importProcessBpmn"]["userErrors"] == [{"code": "INVALID_INPUT"}]
