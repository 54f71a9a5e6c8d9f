from datetime import date

import pytest
from plumbline_contracts.case_flow.v1 import AccountabilityForm, IncidentConfirmed, InquiryDecided, Part
from plumbline_org.principal import principal_of
from plumbline_org.testing import linjiang
from plumbline_shared.principal import ANONYMOUS, Principal

ORG = linjiang()
OTHER = linjiang("D02")
DAY = date(2026, 6, 4)


def of(who: str) -> Principal:
    return principal_of(ORG, f"D01.{who}", DAY)


CONFIRMED = IncidentConfirmed(
    incident_id="in_1",
    bureau_id="D01",
    kind="TIME_LIMIT_MISSED",
    unit_id="D01.POLICY",
    occurred_on="2026-05-01",
)
DECIDED = InquiryDecided(
    inquiry_id="iq_1",
    incident_id="in_1",
    bureau_id="D01",
    decided_on="2026-06-04",
    outcomes=[
        InquiryDecided.Outcome(
            person_id="D01.lin-jie",
            unit_id="D01.POLICY",
            part=Part.PART_PRIMARY,
            form=AccountabilityForm.ACCOUNTABILITY_FORM_WRITTEN_SELF_CRITICISM,
        )
    ],
)
UNIT = (
    '{ unitScore(unitId: "D01.POLICY", year: 2026) { total start cap entries { id points runningTotal } } }'
)
PERSON = '{ personScore(personId: "D01.lin-jie", year: 2026) { total cap entries { points } } }'


@pytest.fixture
async def scored(performance, receive):
    await receive(CONFIRMED, "ev-1")
    await receive(DECIDED, "ev-2")
    return performance


async def test_a_score_explains_every_entry(scored, graphql) -> None:
    query = """{ unitScore(unitId: "D01.POLICY", year: 2026) { unit { id } year start floor cap total entries {
      kind points runningTotal ruleSetVersion occurredOn evidenceEventId reversedById reason
      incident { id } unit { id } person { id } rule { code titleZh titleEn citation { text version } } } } }"""
    answer = await graphql(scored, of("chen-gang"), query)
    assert answer["data"]["unitScore"] == {
        "unit": {"id": "D01.POLICY"},
        "year": 2026,
        "start": "100",
        "floor": "0",
        "cap": "110",
        "total": "98.0",
        "entries": [
            {
                "kind": "POSTED",
                "points": "-2.0",
                "runningTotal": "98.0",
                "ruleSetVersion": "DEMO-2026",
                "occurredOn": "2026-05-01",
                "evidenceEventId": "ev-1",
                "reversedById": None,
                "reason": None,
                "incident": {"id": "in_1"},
                "unit": {"id": "D01.POLICY"},
                "person": None,
                "rule": {
                    "code": "SR-01",
                    "titleZh": "超过办理时限（已核查确认）",
                    "titleEn": "Time limit missed, confirmed",
                    "citation": {"text": "国税发〔2005〕42号 Art 20", "version": "DEMO-2026"},
                },
            }
        ],
    }


async def test_a_person_sees_the_own_score_with_the_running_total(scored, graphql) -> None:
    query = (
        '{ personScore(personId: "D01.lin-jie", year: 2026) { total cap entries { points runningTotal } } }'
    )
    answer = await graphql(scored, of("lin-jie"), query)
    assert answer["data"]["personScore"] == {
        "total": "96.0",
        "cap": "105",
        "entries": [{"points": "-2.0", "runningTotal": "98.0"}, {"points": "-2.0", "runningTotal": "96.0"}],
    }


VIEWERS = [
    ("huang-zhen", True, True),
    ("ma-qing", True, True),
    ("gu-ping", True, True),
    ("zhou-min", True, False),
    ("tang-li", False, False),
    ("chen-gang", True, False),
    ("sun-hao", False, False),
    ("lin-jie", False, True),
    ("bai-xue", False, False),
    ("wu-yan", False, False),
]


async def test_who_sees_which_score(scored, graphql) -> None:
    for who, unit, person in VIEWERS:
        assert ((await graphql(scored, of(who), UNIT))["data"]["unitScore"] is not None) is unit, who
        assert ((await graphql(scored, of(who), PERSON))["data"]["personScore"] is not None) is person, who


STRANGERS = [
    principal_of(OTHER, "D02.huang-zhen", DAY),
    principal_of(OTHER, "D02.lin-jie", DAY),
    ANONYMOUS,
    Principal("person"),
    Principal("client", bureau_id="D01"),
]


async def test_no_score_resolves_outside_its_bureau(scored, graphql) -> None:
    for who in STRANGERS:
        assert (await graphql(scored, who, UNIT))["data"] == {"unitScore": None}
        assert (await graphql(scored, who, PERSON))["data"] == {"personScore": None}


async def test_an_entry_resolves_as_an_entity_for_whom_it_is_visible(scored, graphql) -> None:
    answer = await graphql(scored, of("huang-zhen"), UNIT)
    reference = {"__typename": "ScoreEntry", "id": answer["data"]["unitScore"]["entries"][0]["id"]}
    query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on ScoreEntry { points } } }"
    seen = await graphql(scored, of("chen-gang"), query, {"r": [reference]})
    assert seen["data"]["_entities"] == [{"points": "-2.0"}]
    for who in (of("lin-jie"), of("sun-hao"), *STRANGERS):
        hidden = await graphql(scored, who, query, {"r": [reference]})
        assert hidden["data"]["_entities"] == [None]


async def test_units_and_persons_of_the_directory_carry_their_score(scored, graphql) -> None:
    query = """query($r: [_Any!]!) { _entities(representations: $r) {
      ... on Unit { score(year: 2026) { total } } ... on Person { score(year: 2026) { total } } } }"""
    references = [{"__typename": "Unit", "id": "D01.POLICY"}, {"__typename": "Person", "id": "D01.lin-jie"}]
    answer = await graphql(scored, of("huang-zhen"), query, {"r": references})
    assert answer["data"]["_entities"] == [{"score": {"total": "98.0"}}, {"score": {"total": "96.0"}}]
    answer = await graphql(scored, of("sun-hao"), query, {"r": references})
    assert answer["data"]["_entities"] == [{"score": None}, {"score": None}]
    foreign = principal_of(OTHER, "D02.huang-zhen", DAY)
    assert (await graphql(scored, foreign, query, {"r": references}))["data"]["_entities"] == [None, None]


async def test_a_unit_without_entries_has_the_start_and_an_unknown_one_nothing(scored, graphql) -> None:
    head = of("huang-zhen")
    query = "query($u: ID!, $y: Int!) { unitScore(unitId: $u, year: $y) { total entries { id } } }"
    empty = await graphql(scored, head, query, {"u": "D01.TO-5", "y": 2026})
    assert empty["data"]["unitScore"] == {"total": "100", "entries": []}
    for unit, year in (("D01.NONE", 2026), ("D02.POLICY", 2026), ("D01.POLICY", 2011)):
        assert (await graphql(scored, head, query, {"u": unit, "y": year}))["data"]["unitScore"] is None
    bad = await graphql(scored, head, query, {"u": "D01.POLICY", "y": 0})
    assert bad["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


REVERSE = """mutation($i: ReverseScoreEntryInput!) { reverseScoreEntry(input: $i) {
  reversal { id confirmed requestedBy { id } } userErrors { code path } } }"""
DECIDE = """mutation($i: DecideScoreReversalInput!) { decideScoreReversal(input: $i) {
  entry { points reversedById } userErrors { code } } }"""


async def test_a_reversal_is_entered_by_one_and_decided_by_another(scored, graphql) -> None:
    gu = of("gu-ping")
    second = Principal("person", "D01.deng-yi", "D01", frozenset({"SUPERVISION_OFFICE"}))
    entry = (await graphql(scored, gu, UNIT))["data"]["unitScore"]["entries"][0]["id"]
    command = {"clientMutationId": "1", "entryId": entry, "reason": "申诉成立"}
    answer = (await graphql(scored, gu, REVERSE, {"i": command}))["data"]["reverseScoreEntry"]
    assert answer["reversal"]["requestedBy"] == {"id": "D01.gu-ping"}
    assert answer["reversal"]["confirmed"] is None
    decision = {"clientMutationId": "2", "reversalId": answer["reversal"]["id"], "confirm": True}
    refused = (await graphql(scored, gu, DECIDE, {"i": decision}))["data"]["decideScoreReversal"]
    assert [one["code"] for one in refused["userErrors"]] == ["SOD_SAME_PERSON"]
    done = (await graphql(scored, second, DECIDE, {"i": decision}))["data"]["decideScoreReversal"]
    assert done["userErrors"] == []
    assert done["entry"]["reversedById"]
    score = (await graphql(scored, of("huang-zhen"), UNIT))["data"]["unitScore"]
    assert (score["total"], len(score["entries"])) == ("100.0", 2)


async def test_an_officer_cannot_reverse(scored, graphql) -> None:
    entry = (await graphql(scored, of("huang-zhen"), UNIT))["data"]["unitScore"]["entries"][0]["id"]
    command = {"clientMutationId": "1", "entryId": entry, "reason": "申诉"}
    answer = (await graphql(scored, of("chen-gang"), REVERSE, {"i": command}))["data"]["reverseScoreEntry"]
    assert [one["code"] for one in answer["userErrors"]] == ["NOT_FOUND"]
    assert answer["reversal"] is None
