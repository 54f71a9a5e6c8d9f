"""Case flow, running work: signers added and taken off, work withdrawn and urged, interests declared."""

from datetime import timedelta

from case_flow.testing_running import ALL_SIGN
from plumbline_shared.clock import SHANGHAI
from security_world import World

PAIR = ("li-wei", "zhao-qiang")
LEADERS_OF_TO_3 = ("sun-hao", "tang-li", "huang-zhen")


async def running(world: World) -> None:
    await tomorrow(world)
    await world.do("huang-zhen", "publishItem", {"source": ALL_SIGN})
    await signers(world)


async def tomorrow(world: World) -> None:
    today = world.clock.now().astimezone(SHANGHAI).date()
    await world.at(f"{today + timedelta(days=1)} 09:00")


async def taken_in(world: World) -> str:
    wanted = {"item": "SIGNED", "title": "Linjiang Foundry"}
    accepted = await world.do("wu-yan", "acceptMatter", wanted, "matter { id }")
    return accepted["matter"]["id"]


async def signers(world: World) -> None:
    step = {"matterId": await taken_in(world), "step": "look"}
    await world.do("li-wei", "advanceMatter", {**step, "coSigners": ["D01.zhao-qiang"]})
    # Matter handle: whoever signs, or the chief of the unit; they get as far as asking whether that person may.
    more = {**step, "person": "D01.he-jun", "reason": "熟悉企业情况"}
    await world.everybody(
        "addSigner",
        more,
        allowed=(*PAIR, "sun-hao"),
        but=dict.fromkeys((*PAIR, "sun-hao"), "NOT_ELIGIBLE"),
    )
    # R7, R2 in charge, R1: nobody who signs takes another signer off, and two must sign.
    less = {**step, "person": "D01.zhao-qiang", "reason": "外出培训"}
    await world.everybody(
        "removeSigner",
        less,
        allowed=LEADERS_OF_TO_3,
        but=dict.fromkeys(LEADERS_OF_TO_3, "SIGNER_REFUSED"),
    )
    await world.do("zhao-qiang", "coSignStep", step)
