"""Matters through the subgraph: as their handlers, leaders, strangers and the applicant see them."""

import pytest

ACCEPT = """
mutation ($input: AcceptMatterInput!) {
  acceptMatter(input: $input) {
    matter { id receiptNo state dueOn stageDueOn step { code name { zh en } } unit { id } deadline { remaining citation { text } } }
    receiptNo receiptCode userErrors { code message path }
  }
}
"""
ASSIGN = "mutation ($input: AssignWorkInput!) { assignWork(input: $input) { matter { handlers { id } } userErrors { code } } }"
ADVANCE = """
mutation ($input: AdvanceMatterInput!) {
  advanceMatter(input: $input) {
    result { __typename ... on Matter { state step { code } pendingSignatures { waitingFor { id } } rowVersion } ... on Hold { code } }
    warnings waitingFor { id } userErrors { code message }
  }
}
"""
CO_SIGN = """
mutation ($input: CoSignStepInput!) {
  coSignStep(input: $input) { result { ... on Matter { state step { code } handlers { id } } } userErrors { code } }
}
"""
TRANSFER = (
    "mutation ($input: TransferMatterInput!) { transferMatter(input: $input) { slipId userErrors { code } } }"
)
MATTER = """
query ($id: ID!) {
  matter(id: $id) {
    id title state lateWorkingDays custody { unit { id } inTransit inTransitTo { id } } slips { id dueOn }
    steps { step signers { id } dueOn inBudget } clocks { clock event dueOn } withExtension { extensionDays dueOn }
  }
}
"""
ENTITY = "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Matter { id title } } }"
STATUS = """
query ($receiptNo: String!, $code: String!) {
  matterByReceipt(receiptNo: $receiptNo, code: $code) {
    receiptNo state stage { en } responsibleUnit responsibleRoles dueOn missing late outcome reason
  }
}
"""
WORK = """
query ($first: Int!, $after: String) {
  myWork(first: $first, after: $after) {
    nodes { matter { id } step dueOn mine } pageInfo { hasNextPage endCursor }
  }
}
"""
PAIR = ["D01.li-wei", "D01.zhao-qiang"]


class Asker:
    """Ask for one field, as somebody of the cast."""

    def __init__(self, graph):
        self.graph, self.bureau = graph, graph.bureau

    async def ask(self, name, query, **variables):
        return next(iter((await self.graph.ask(name, query, **variables)).values()))

    async def act(self, name, mutation, **given):
        return await self.ask(name, mutation, input={"clientMutationId": f"{name}-{given}", **given})

    async def accept(self, **given):
        office = {"item": "RELIEF-APPROVAL", "title": "Linjiang Foundry", "officeId": "D01.TO-3", **given}
        done = await self.act("wu-yan", ACCEPT, **office)
        assert done["userErrors"] == []
        return done


@pytest.fixture
async def asker(graph):
    await graph.bureau.publish("relief_approval")
    return Asker(graph)


async def test_acceptance_answers_with_the_clock_and_a_receipt(asker):
    done = await asker.accept()
    matter = done["matter"]
    assert (matter["state"], matter["dueOn"], matter["stageDueOn"]) == ("IN_HAND", "2026-04-30", "2026-04-16")
    assert matter["step"] == {"code": "investigate", "name": {"zh": "调查", "en": "Investigate"}}
    assert matter["deadline"]["remaining"] == 20
    assert "129号" in matter["deadline"]["citation"]["text"]
    again = await asker.accept()
    assert again["receiptNo"] == done["receiptNo"]


async def test_the_applicant_sees_stage_and_post_but_no_person(asker):
    done = await asker.accept()
    status = await asker.ask("wu-yan", STATUS, receiptNo=done["receiptNo"], code=done["receiptCode"].lower())
    assert status["stage"] == {"en": "Investigate"}
    assert (status["responsibleUnit"], status["responsibleRoles"]) == ("D01.TO-3", ["INVESTIGATOR"])
    assert (status["missing"], status["late"], status["dueOn"]) == (["report"], False, "2026-04-30")
    assert await asker.ask("wu-yan", STATUS, receiptNo=done["receiptNo"], code="WRONG23456") is None
    assert await asker.ask("wu-yan", STATUS, receiptNo="D02-x", code=done["receiptCode"]) is None
    await asker.bureau.at("2026-05-02 09:00")
    late = await asker.ask("wu-yan", STATUS, receiptNo=done["receiptNo"], code=done["receiptCode"])
    assert late["late"] is True


async def test_a_step_goes_through_signatures_to_the_next_unit(asker):
    matter = (await asker.accept())["matter"]["id"]
    assigned = await asker.act("sun-hao", ASSIGN, matterId=matter, step="investigate", people=PAIR)
    assert [one["id"] for one in assigned["matter"]["handlers"]] == PAIR
    refused = await asker.act(
        "li-wei", ADVANCE, matterId=matter, step="investigate", payload={"report": "IR-1"}
    )
    assert (refused["result"], refused["userErrors"][0]["code"]) == (None, "CO_SIGNER_MISSING")
    first = await asker.act(
        "li-wei", ADVANCE, matterId=matter, step="investigate", payload={"report": "IR-1"}, coSigners=PAIR[1:]
    )
    assert first["result"]["__typename"] == "Matter"
    assert first["waitingFor"] == [{"id": PAIR[1]}] == first["result"]["pendingSignatures"]["waitingFor"]
    signed = await asker.act("zhao-qiang", CO_SIGN, matterId=matter, step="investigate")
    assert signed["result"]["step"] == {"code": "review"}
    assert signed["result"]["handlers"] == [{"id": "D01.lin-jie"}]
    await asker.act("li-wei", TRANSFER, matterId=matter, paperBarcode="PB-1")
    seen = await asker.ask("lin-jie", MATTER, id=matter)
    assert seen["custody"] == {
        "unit": {"id": "D01.TO-3"}, "inTransit": True, "inTransitTo": {"id": "D01.POLICY"},
    }  # fmt: skip
    assert [(one["step"], one["inBudget"]) for one in seen["steps"]] == [
        ("accept", None),
        ("investigate", True),
    ]
    assert seen["withExtension"] == {"extensionDays": 10, "dueOn": "2026-05-18"}


@pytest.mark.parametrize(
    ("name", "sees"),
    [("wu-yan", True), ("sun-hao", True), ("li-wei", True), ("tang-li", True), ("qian-lu", True), ("huang-zhen", True),
     ("zhou-min", True), ("chen-gang", False), ("he-jun", False), ("pan-yu", False), ("operator-07", False)],
)  # fmt: skip
async def test_a_matter_at_an_office_is_seen_by_those_whom_the_matrix_names(asker, name, sees):
    matter = (await asker.accept())["matter"]["id"]
    assert bool(await asker.ask(name, MATTER, id=matter)) is sees
    [entity] = await asker.ask(name, ENTITY, r=[{"__typename": "Matter", "id": matter}])
    assert bool(entity) is sees
    assert await asker.ask(name, MATTER, id="mt_none") is None


async def test_the_inbox_is_paged_by_due_date_and_shows_queues_to_those_who_can_claim(asker):
    ids = []
    for day, number in (("2026-04-01", 1), ("2026-04-02", 2), ("2026-04-03", 3)):
        await asker.bureau.at(f"{day} 10:00")
        ids.append((await asker.accept(title=f"Firm {number}"))["matter"]["id"])
    first = await asker.ask("li-wei", WORK, first=2)
    rest = await asker.ask("li-wei", WORK, first=2, after=first["pageInfo"]["endCursor"])
    assert [one["matter"]["id"] for one in (*first["nodes"], *rest["nodes"])] == ids
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert {one["mine"] for one in first["nodes"]} == {False}
    assert (await asker.ask("he-jun", WORK, first=5))["nodes"] == []
    await asker.act("sun-hao", ASSIGN, matterId=ids[0], step="investigate", people=PAIR)
    mine = await asker.ask("li-wei", WORK, first=1)
    assert mine["nodes"] == [
        {"matter": {"id": ids[0]}, "step": "investigate", "dueOn": "2026-04-16", "mine": True}
    ]


async def test_a_cursor_that_is_not_ours_is_bad_input(asker):
    assert await asker.graph.refusal("li-wei", WORK, first=1, after="x") == "INVALID_INPUT"


async def test_the_deadline_preview_uses_the_engine(asker):
    query = """
    query ($rule: String!, $start: Date!, $bureau: ID!) {
      deadlinePreview(ruleId: $rule, start: $start, bureau: $bureau) { dueOn provisional length unit }
    }
    """
    shown = await asker.ask("wu-yan", query, rule="RELIEF-APPROVAL.limit", start="2026-04-01", bureau="D01")
    assert shown == {"dueOn": "2026-04-30", "provisional": False, "length": 20, "unit": "WORKING_DAY"}
    beyond = await asker.ask("wu-yan", query, rule="RELIEF-APPROVAL.limit", start="2026-12-25", bureau="D01")
    assert beyond["provisional"] is True
    assert (
        await asker.ask("wu-yan", query, rule="RELIEF-APPROVAL.limit", start="2026-04-01", bureau="D02")
        is None
    )


async def test_items_are_listed_and_a_faulty_one_is_refused_with_its_lines(asker):
    publish = """
    mutation ($input: PublishItemInput!) {
      publishItem(input: $input) { item { code version } userErrors { code message } }
    }
    """
    listed = await asker.ask("li-wei", "{ items { nodes { code version limitDays steps { code } } } }")
    assert [(one["code"], one["limitDays"]) for one in listed["nodes"]] == [("RELIEF-APPROVAL", 20)]
    faulty = await asker.act("huang-zhen", publish, source="item: X\nversion: 1\nstepps: []\n")
    assert faulty["userErrors"][0]["code"] == "INVALID_DEFINITION"
    assert "line 3" in faulty["userErrors"][0]["message"]
    refused = await asker.act("li-wei", publish, source="item: X")
    assert refused["userErrors"][0]["code"] == "NOT_FOUND"
    assert await asker.ask("li-wei", '{ item(code: "NONE") { code } }') is None
