"""Branches through the subgraph: every open step with its people, and the applicant's view of all stages."""

from case_flow.use_cases.publish_item import PublishItem, publish_item
from plumbline_shared.principal import system

ITEM = """
item: JOINT
version: 1
name: {zh: 会办, en: Joint}
citation: {source: a rule}
limit: {length: 20, citation: {source: a rule}}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, split: [law, look]}
  - {code: law, name: {zh: 法, en: Law}, role: LEGAL_OFFICER, unit: LEGAL, budget: 5, requires: [opinion], next: say}
  - {code: look, name: {zh: 查, en: Look}, role: INVESTIGATOR, unit: TO-3, requires: [report], next: say}
  - {code: say, name: {zh: 定, en: Say}, role: SECTION_CHIEF, unit: POLICY, join: take, end: true}
"""
OPEN = """
query ($id: ID!) { matter(id: $id) { step { code } handlers { id } openSteps {
  step { code name { zh en } } unit { id } handlers { id } stageDueOn pendingSignatures { step } } } }
"""
STATUS = (
    "query ($r: String!, $c: String!) { matterByReceipt(receiptNo: $r, code: $c) { stages { zh } missing } }"
)
ACCEPT = """
mutation ($input: AcceptMatterInput!) {
  acceptMatter(input: $input) { matter { id } receiptNo receiptCode userErrors { code } }
}
"""
ADVANCE = (
    "mutation ($input: AdvanceMatterInput!) { advanceMatter(input: $input) { userErrors { code message } } }"
)


async def test_every_open_step_is_told_with_its_people(graph):
    await graph.bureau.run(system("D01"), publish_item, PublishItem(ITEM))
    given = {"clientMutationId": "a", "item": "JOINT", "title": "x"}
    done = (await graph.ask("wu-yan", ACCEPT, input=given))["acceptMatter"]
    matter = done["matter"]["id"]
    found = (await graph.ask("li-wei", OPEN, id=matter))["matter"]
    assert [one["step"]["code"] for one in found["openSteps"]] == ["law", "look"]
    assert [one["unit"]["id"] for one in found["openSteps"]] == ["D01.LEGAL", "D01.TO-3"]
    assert [one["handlers"] for one in found["openSteps"]] == [[{"id": "D01.luo-fang"}], []]
    assert found["handlers"] == [{"id": "D01.luo-fang"}]
    status = (await graph.ask("wu-yan", STATUS, r=done["receiptNo"], c=done["receiptCode"]))[
        "matterByReceipt"
    ]
    assert status == {"stages": [{"zh": "法"}, {"zh": "查"}], "missing": ["opinion", "report"]}
    work = {"clientMutationId": "b", "matterId": matter, "step": "look", "payload": {"report": "r"}}
    assert (await graph.ask("li-wei", ADVANCE, input=work))["advanceMatter"]["userErrors"] == []
    again = {**work, "clientMutationId": "c"}
    [refused] = (await graph.ask("li-wei", ADVANCE, input=again))["advanceMatter"]["userErrors"]
    assert refused["code"] == "STEP_OUT_OF_ORDER"
    assert "law" in refused["message"]
