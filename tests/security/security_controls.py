"""Case flow, a bureau's own controls: drafted by those who propose rules, approved by the head (§5.3, SoD-6)."""

from case_flow.rules import GUIDE_RULES
from plumbline_shared.clock import local_date
from security_world import World

SOURCE = """
citation: {source: D01-2026-3}
controls:
  - item: REGISTRATION-PENALTY
    step: propose
    control:
      id: CT-LOCAL
      phase: EX_ANTE
      action: WARN
      when: "true"
      message: {zh: 请核对, en: Look again}
      citation: {source: D01-2026-3, locator: Art 1}
authority:
  - item: PAYMENT
    step: decide
    citation: {source: D01-2026-3, locator: Art 2}
    rows:
      - {from_fen: 0, below_fen: 100000, role: REVIEWER}
      - {from_fen: 100000, role: SECTION_CHIEF}
"""
PAYMENT = """
item: PAYMENT
version: 1
name: {zh: 退付, en: Payment}
citation: {source: a rule}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, next: decide}
  - {code: decide, name: {zh: 定, en: Decide}, role: [REVIEWER, SECTION_CHIEF], unit: POLICY, decides: true, end: true}
"""
# Rules & forms, propose and edit: R4, R6, R7, R8.
PROPOSERS = {"ma-qing", "chen-gang", "sun-hao", "pan-yu", "luo-fang", "legal-clerk"}
# The same roles of other bureaus, for their own bureau.
OF_THEIR_OWN = {"D02.ma-qing", "D02.chen-gang", "D02.all", "C01.city-lead"}


async def own_controls(world: World) -> None:
    await world.do("huang-zhen", "publishItem", {"source": PAYMENT})
    made = await world.step("luo-fang", "draftControlSet", {"source": SOURCE}, "version", allowed=PROPOSERS)
    # R1 approves what somebody else drafted.
    wanted = {"version": made["version"], "effectiveFrom": local_date(world.clock.now()).isoformat()}
    await world.step("huang-zhen", "approveControlSet", wanted, allowed={"huang-zhen"})
    await own_rules(world)
    await beyond(world)


async def own_rules(world: World) -> None:
    draft = {"kind": "GUIDE", "source": GUIDE_RULES.shipped_source()}
    made = await world.step("luo-fang", "draftRules", draft, "version", allowed=PROPOSERS | OF_THEIR_OWN)
    wanted = {"effectiveFrom": local_date(world.clock.now()).isoformat(), "kind": "GUIDE", **made}
    wanted.pop("userErrors", None)
    await world.step("huang-zhen", "approveRules", wanted, allowed={"huang-zhen"})


async def beyond(world: World) -> None:
    wanted = {"item": "PAYMENT", "title": "Linjiang Foundry"}
    accepted = await world.do("wu-yan", "acceptMatter", wanted, "matter { id }")
    said = {"matterId": accepted["matter"]["id"], "outcome": "APPROVED", "payload": {"amount_fen": 100000}}
    held = await world.do("lin-jie", "decideMatter", said, "result { ... on Hold { id } }")
    # Whoever was held passes it on.
    await world.step("lin-jie", "passToAuthority", {"holdId": held["result"]["id"]}, allowed={"lin-jie"})
