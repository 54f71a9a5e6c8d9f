"""Case flow, running work: signers added and taken off, work withdrawn and urged, interests declared."""

from datetime import timedelta

from case_flow.testing_running import ALL_SIGN
from plumbline_shared.clock import SHANGHAI
from security_cast import PEOPLE, VIEWERS
from security_world import World

PAIR = ("li-wei", "zhao-qiang")
LEADERS_OF_TO_3 = ("sun-hao", "tang-li", "huang-zhen")


async def running(world: World) -> None:
    await tomorrow(world)
    await world.do("huang-zhen", "publishItem", {"source": ALL_SIGN})
    await signers(world)
    await interests(world)
    await withdrawals(world)
    await services(world)
    await outside(world)


async def tomorrow(world: World) -> None:
    today = world.clock.now().astimezone(SHANGHAI).date()
    await world.at(f"{today + timedelta(days=1)} 09:00")


async def taken_in(world: World) -> tuple[str, dict[str, str]]:
    """A new matter, and what its applicant asks with."""
    wanted = {"item": "SIGNED", "title": "Linjiang Foundry"}
    accepted = await world.do("wu-yan", "acceptMatter", wanted, "matter { id } receiptNo receiptCode")
    receipt = {"receiptNo": accepted["receiptNo"], "code": accepted["receiptCode"]}
    return accepted["matter"]["id"], receipt


async def signers(world: World) -> None:
    step = {"matterId": (await taken_in(world))[0], "step": "look"}
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


async def interests(world: World) -> None:
    matter, receipt = await taken_in(world)
    # O: everybody declares their own, and sees the bureau's matters no wider for it.
    known = {"relation": "KIN", "reason": "嫂子是股东", "party": "江东食品厂"}
    bureaus = {*PEOPLE, *(one for one in VIEWERS if one.startswith(("D02.", "C01.")))}
    kept = await world.step("li-wei", "declareInterest", known, "interestId", allowed=bureaus)
    # R1 and R4, who read it; never whose it is.
    over = {"interestId": kept["interestId"], "reason": "股份已转让"}
    await world.everybody("endInterest", over, allowed={"huang-zhen", "ma-qing"})
    # Matter handle: whoever works on it writes down what the party asks; the party itself, with receipt and
    # code. A wrong code counts against its number (tests/api/test_receipt_door.py); what is no number keeps nothing.
    ask = {"officer": "三所李姓调查员", "grounds": "与竞争对手有亲属关系"}
    await world.everybody("requestRecusal", {**ask, "matterId": matter}, allowed={"wu-yan", "sun-hao"})
    await world.everybody("requestRecusalByReceipt", {**ask, **receipt, "receiptNo": "D01-0"}, allowed=())
    asked = await world.step(
        "anonymous", "requestRecusalByReceipt", {**ask, **receipt}, "requestId", allowed=VIEWERS
    )
    decision = {"requestId": asked["requestId"], "upheld": True, "people": ["D01.li-wei"], "reason": "属实"}
    await world.everybody("decideRecusal", decision, allowed={"huang-zhen"})
    about_head = {**decision, "people": ["D01.huang-zhen"]}
    await world.everybody("decideRecusal", about_head, allowed={"ma-qing"})


async def withdrawals(world: World) -> None:
    matter, receipt = await taken_in(world)
    step = {"matterId": matter}
    # R15, R7, R2 in charge and R1 oversee it; the applicant has receipt and code.
    await world.step("tang-li", "urgeMatter", step, allowed=(*LEADERS_OF_TO_3, "qian-lu"))
    await world.everybody("urgeByReceipt", {**receipt, "receiptNo": "D01-0"}, allowed=())
    await world.everybody("urgeByReceipt", receipt, allowed=VIEWERS)
    await world.do("li-wei", "claimWork", {**step, "step": "look"})
    # Whoever has it, and R7: with the applicant's letter; the applicant themselves.
    wanted = {**step, "reason": "已缴清", "statement": "撤回申请书"}
    await world.everybody("withdrawMatter", wanted, allowed={"li-wei", "sun-hao"})
    await world.everybody("withdrawByReceipt", {**receipt, "receiptNo": "D01-0", "reason": "x"}, allowed=())
    await world.step("anonymous", "withdrawByReceipt", {**receipt, "reason": "已缴清"}, allowed=VIEWERS)


async def services(world: World) -> None:
    matter, _receipt = await taken_in(world)
    served = {
        "matterId": matter,
        "kind": "SUPPLEMENT_NOTICE",
        "documentNo": "补正〔2026〕1号",
        "manner": "DIRECT",
        "recipient": "财务负责人",
        "evidence": "送达回证 12",
    }
    # Whoever worked on it, and the chief of a unit that had it.
    await world.step("wu-yan", "serveDocument", served, allowed={"wu-yan", "sun-hao"})


async def outside(world: World) -> None:
    today = world.clock.now().astimezone(SHANGHAI).date().isoformat()
    found = {
        "decisionNo": "减免〔2026〕77号",
        "unitId": "D01.POLICY",
        "decidedOn": today,
        "source": "核心征管",
    }
    # The tax core system, and whoever audits: R5 and R9, each for the own bureau.
    reporters = {"core-tax", "bai-xue", "auditor", "D02.all"}
    await world.step("auditor", "reportDecision", found, allowed=reporters)
