"""Case flow, a reform (scenario 7 of §7): running matters go to another version of their item."""

from security_world import World


async def reform(world: World) -> None:
    """Rules & forms, templates: R1 approves them; R30 and the heads of other bureaus have no such item."""
    world.made["ProgrammeDashboard"] = "D01:2026"
    entry = {"itemCode": "RELIEF-APPROVAL", "toVersion": 1, "dryRun": False}
    await world.everybody("migrateMatters", entry, allowed={"huang-zhen"})
