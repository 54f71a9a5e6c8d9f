"""The drawing of an item through the subgraph: read, published, refused with its elements."""

from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.principal import system

DRAWING = "query ($code: String!) { item(code: $code) { hash bpmn picture } }"
PUBLISH = """
mutation ($input: PublishItemInput!) {
  publishItem(input: $input) { item { code version hash } userErrors { code message } }
}
"""


async def test_an_item_is_drawn_and_its_drawing_is_the_same_version(graph):
    await graph.bureau.publish("relief_approval")
    found = (await graph.ask("li-wei", DRAWING, code="RELIEF-APPROVAL"))["item"]
    assert "减免税审批" in found["picture"]
    assert "Investigate" in found["picture"]
    same = {"clientMutationId": "a", "source": found["bpmn"]}
    done = (await graph.ask("huang-zhen", PUBLISH, input=same))["publishItem"]
    assert done["userErrors"] == []
    assert done["item"]["hash"] == found["hash"]


async def test_a_new_version_is_drawn_in_an_editor_and_published(graph):
    await graph.bureau.publish("relief_approval")
    text = (await graph.ask("li-wei", DRAWING, code="RELIEF-APPROVAL"))["item"]["bpmn"]
    newer = text.replace("version: 1", "version: 2").replace('name="审核"', 'name="复审"')
    done = await graph.ask("huang-zhen", PUBLISH, input={"clientMutationId": "a", "source": newer})
    assert done["publishItem"]["item"]["version"] == 2
    wrong = newer.replace("unit: POLICY", "unit: NOWHERE").replace("version: 2", "version: 3")
    done = await graph.ask("huang-zhen", PUBLISH, input={"clientMutationId": "b", "source": wrong})
    [error] = done["publishItem"]["userErrors"]
    assert error["code"] == "INVALID_DEFINITION"
    assert "element step_review" in error["message"]
    assert "element step_approve" in error["message"]


async def test_a_drawing_is_for_readers_of_the_item(graph):
    await graph.bureau.run(system("D01"), publish_item, PublishItem("""
item: ONE
version: 1
name: {zh: 一, en: One}
citation: {source: a rule}
steps: [{code: a, name: {zh: 甲, en: A}, role: REVIEWER, end: true}]
"""))  # fmt: skip
    refused = await graph.ask("li-wei", PUBLISH, input={"clientMutationId": "a", "source": "<a/>"})
    assert refused["publishItem"]["item"] is None
    assert refused["publishItem"]["userErrors"][0]["code"] == "NOT_FOUND"
