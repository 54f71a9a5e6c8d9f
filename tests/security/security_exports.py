"""Case flow, event logs: anybody who serves in the bureau has one written of what they see."""

from security_cast import PEOPLE
from security_world import World


async def exports(world: World) -> None:
    # Every reader of matters (5.3, Matter read): what goes into it is decided matter by matter.
    wanted = {"item": "INVOICE-QUANTITY-INCREASE", "form": "OCEL"}
    await world.step("huang-zhen", "requestLogExport", wanted, allowed=set(PEOPLE))
