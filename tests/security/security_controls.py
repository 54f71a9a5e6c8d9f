"""Case flow, a bureau's own controls: drafted by those who propose rules, approved by the head (§5.3, SoD-6)."""

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
"""
# Rules & forms, propose and edit: R4, R6, R7, R8.
PROPOSERS = {"ma-qing", "chen-gang", "sun-hao", "pan-yu", "luo-fang", "legal-clerk"}


async def own_controls(world: World) -> None:
    made = await world.step("luo-fang", "draftControlSet", {"source": SOURCE}, "version", allowed=PROPOSERS)
    # R1 approves what somebody else drafted.
    wanted = {"version": made["version"], "effectiveFrom": local_date(world.clock.now()).isoformat()}
    await world.step("huang-zhen", "approveControlSet", wanted, allowed={"huang-zhen"})
