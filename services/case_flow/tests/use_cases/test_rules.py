"""A bureau's own rules: one drafts, another approves, from their day on they count; and what ships before (SoD-6)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_flow.rules import INSPECTION_RULES, KINDS, PENALTY_RULES
from case_flow.testing import WorkedBureau
from case_flow.use_cases.keep_rules import approve_rules, draft_rules
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import system
from plumbline_shared.rules import ApproveRules, DraftRules, RulesApproved, RulesAuthorApproves

OWN = PENALTY_RULES.shipped_source().replace("unit: CALENDAR_DAY, length: 15, citation: \"行政处罚法 Art 67\"",
                                             "unit: CALENDAR_DAY, length: 10, citation: \"D01\"")  # fmt: skip
RULES = """query ($on: Date) { caseFlowRules(kind: "PENALTY", asOf: $on) {
  kind label(lang: EN) shipped own { version effectiveFrom author { id } approvedBy { id } } versions { version } } }"""


async def pays_within(bureau: WorkedBureau, code: str = "D01") -> int:
    async with bureau.db.read(system(code)) as conn:
        return (await PENALTY_RULES.on(conn, code, bureau.clock.now().date())).limits.pay.length


async def test_a_version_counts_from_its_day_on_and_for_its_bureau_alone(bureau: WorkedBureau) -> None:
    assert await bureau.do("ma-qing", draft_rules, DraftRules("PENALTY", OWN)) == 1
    assert await pays_within(bureau) == 15
    await bureau.do("huang-zhen", approve_rules, ApproveRules("PENALTY", 1, date(2026, 4, 3)))
    await bureau.at("2026-04-02 23:00")
    assert await pays_within(bureau) == 15
    await bureau.at("2026-04-03 09:00")
    assert (await pays_within(bureau), await pays_within(bureau, "D02")) == (10, 15)
    await bureau.do("ma-qing", draft_rules, DraftRules("PENALTY", PENALTY_RULES.shipped_source()))
    await bureau.do("huang-zhen", approve_rules, ApproveRules("PENALTY", 2, date(2026, 4, 3)))
    assert await pays_within(bureau) == 15


async def test_nobody_approves_the_own_draft_or_twice_or_for_a_day_that_is_past(bureau: WorkedBureau) -> None:
    await bureau.do("ma-qing", draft_rules, DraftRules("PENALTY", OWN))
    approval = ApproveRules("PENALTY", 1, date(2026, 4, 1))
    with pytest.raises(NotFound):
        await bureau.do("ma-qing", approve_rules, approval)
    with pytest.raises(Invalid):
        await bureau.do("huang-zhen", approve_rules, ApproveRules("PENALTY", 1, date(2026, 3, 31)))
    with pytest.raises(NotFound):
        await bureau.do("huang-zhen", approve_rules, ApproveRules("PENALTY", 7, date(2026, 4, 1)))
    await bureau.do("huang-zhen", approve_rules, approval)
    with pytest.raises(RulesApproved):
        await bureau.do("huang-zhen", approve_rules, approval)


async def test_a_head_who_also_leads_discipline_does_not_approve_what_she_drafted(
    bureau: WorkedBureau,
) -> None:
    head = bureau.who("huang-zhen")
    both = replace(head, roles=head.roles | {"DISCIPLINE_LEAD"})
    await bureau.run(both, draft_rules, DraftRules("PENALTY", OWN))
    with pytest.raises(RulesAuthorApproves):
        await bureau.run(both, approve_rules, ApproveRules("PENALTY", 1, date(2026, 4, 1)))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("id: [", "PENALTY"),
        (OWN.replace("limitation_years: 5", "limitation_years: five"), "limitation_years"),
        (OWN.replace("limitation_years: 5", "limitation_yeras: 5"), "limitation_yeras"),
        (OWN.replace("  NOTICE_MISSING_TO_PARTY:", "  NOTICE_MISSING:"), "holds.NOTICE_MISSING_TO_PARTY"),
    ],
)
async def test_a_faulty_text_says_where(bureau: WorkedBureau, source: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        await bureau.do("ma-qing", draft_rules, DraftRules("PENALTY", source))


async def test_a_kind_that_there_is_not_names_those_there_are(bureau: WorkedBureau) -> None:
    with pytest.raises(Invalid, match="PENALTY"):
        await bureau.do("ma-qing", draft_rules, DraftRules("PENALTIES", OWN))


async def test_rules_are_read_as_of_a_day_with_their_hands(graph: Any, bureau: WorkedBureau) -> None:
    await bureau.do("ma-qing", draft_rules, DraftRules("PENALTY", OWN))
    await bureau.do("huang-zhen", approve_rules, ApproveRules("PENALTY", 1, date(2026, 4, 3)))
    before = (await graph.ask("wu-yan", RULES, on="2026-04-02"))["caseFlowRules"][0]
    assert (before["own"], before["label"], before["versions"]) == (None, "Penalties", [{"version": 1}])
    after = (await graph.ask("wu-yan", RULES, on="2026-04-03"))["caseFlowRules"][0]
    hands = (after["own"]["author"]["id"], after["own"]["approvedBy"]["id"])
    assert (after["own"]["version"], hands) == (1, ("D01.ma-qing", "D01.huang-zhen"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_ships_is_a_first_draft(kind: str) -> None:
    assert KINDS[kind].parse(KINDS[kind].shipped_source()) == KINDS[kind].shipped()


def test_a_text_may_have_more_than_what_ships() -> None:
    more = INSPECTION_RULES.shipped_source()
    assert INSPECTION_RULES.parse(more + "\n# ours\n") == INSPECTION_RULES.shipped()
