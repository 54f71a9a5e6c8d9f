"""Who is told whose fines differ (S2-020): those who watch, and each officer the own line."""

from typing import Any

import asyncpg
import pytest
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from plumbline_shared.testing.databases import DatabaseUrls

ASK = """{ fineVariance(since: "2026-04-01", until: "2026-05-01") {
  officer { id } violationPoint fines others mean difference standsOut citation { text } } }"""
DECIDED = """
with matter_ids as (select $1::text as id), assessed as (
  insert into penalty_assessment select id, 'D01', 'LATE', 'ORGANISATION', 'T1', 1, 0, 1000, $3, 'ORDINARY', 'OFFICE',
         false, 'p', $4 from matter_ids
)
insert into decision_document select id, 'D01', $1, array[$2, 'D01.witness'], $2, $4 from matter_ids
"""


@pytest.fixture
async def fined(bureau: WorkedBureau, bureau_urls: DatabaseUrls) -> WorkedBureau:
    """Five light fines of He Jun, five heavy ones of Wu Yan, and one of hers that was set aside."""
    await bureau.publish("registration_penalty")
    owner = await asyncpg.connect(bureau_urls.owner)
    matter = ""
    fens = [("he-jun", 10 * number) for number in range(5)] + [
        ("wu-yan", 900 + number) for number in range(6)
    ]
    for who, fen in fens:
        accepted = AcceptMatter("REGISTRATION-PENALTY", "late", office_id="D01.TO-5")
        matter = (await bureau.do("he-jun", accept_matter, accepted)).matter_id
        await owner.execute(DECIDED, matter, f"D01.{who}", fen, bureau.clock.now())
    aside = "insert into penalty_act values ('pa_1', $1, 'D01', 'OVERTURNED', $2, 'D01.huang-zhen', $3)"
    await owner.execute(aside, matter, bureau.clock.now().date(), bureau.clock.now())
    await owner.close()
    return bureau


@pytest.mark.parametrize("who", ["huang-zhen", "ma-qing", "bai-xue"])
async def test_who_watches_is_told_whose_fines_differ(graph: Any, fined: WorkedBureau, who: str) -> None:
    found = (await graph.ask(who, ASK))["fineVariance"]
    lines = {one["officer"]["id"]: one for one in found}
    assert set(lines) == {"D01.he-jun", "D01.wu-yan", "D01.witness"}
    light = lines["D01.he-jun"]
    assert (light["fines"], light["others"], light["standsOut"]) == (5, 5, True)
    assert float(light["difference"]) < 0
    assert light["mean"] == "0.020"
    assert lines["D01.wu-yan"]["fines"] == 5
    assert lines["D01.witness"]["difference"] is None


async def test_an_officer_sees_the_own_line_and_others_nothing(graph: Any, fined: WorkedBureau) -> None:
    own = (await graph.ask("he-jun", ASK))["fineVariance"]
    assert [one["officer"]["id"] for one in own] == ["D01.he-jun"]
    assert (await graph.ask("chen-gang", ASK))["fineVariance"] == []
