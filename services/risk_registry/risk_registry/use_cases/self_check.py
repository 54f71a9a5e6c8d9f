"""Everybody looks, everybody learns: cycles, self-checks that propose points, advice that is decided (S1-049, S1-071…072)."""

from datetime import date

import msgspec
from plumbline_contracts.risk_registry.v1 import SelfCheckSubmitted
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.identification import risks
from risk_registry.domain.places import absolute
from risk_registry.domain.points import point_id
from risk_registry.domain.self_checks import Advice, Cycle, Reached, SelfCheck, Stage
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, finding_resource, rules_resource
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.identification import latest, steps_of
from risk_registry.storage.self_checks import (
    add_advice,
    add_check,
    add_cycle,
    add_stage,
    advice_of,
    cycles,
    decide_advice,
)
from risk_registry.use_cases.enter_proposed import (
    CheckItem,
    check_item,
    enter_proposed,
    new_code,
    text_of,
)

OUTCOMES = ("CONTROL", "TASK", "DECLINED")
MAX_ITEMS = 50


class CheckedBefore(Conflict):
    """This post was checked in this cycle."""

    code = "SELF_CHECK_SUBMITTED"


class WrongStage(Conflict):
    """The stages follow one another, and self-checks belong to the first."""

    code = "WRONG_STAGE"


class AdviceDecided(Conflict):
    """Advice is decided once."""

    code = "ADVICE_DECIDED"


class OpenCycle(msgspec.Struct, frozen=True):
    """A round of identification with its last day."""

    title: str
    due_on: date


class MoveCycle(msgspec.Struct, frozen=True):
    """On to the next stage."""

    cycle_id: str
    stage: Stage


class SubmitSelfCheck(msgspec.Struct, frozen=True):
    """`items` may be empty only with the express word that nothing was found, or where the saved steps give them."""

    cycle_id: str
    post: str
    items: list[CheckItem]
    nothing_found: bool = False
    from_steps: bool = False


class GiveAdvice(msgspec.Struct, frozen=True):
    """What a group concludes from the points of a cycle."""

    cycle_id: str
    points: list[str]
    advice: str


class DecideAdvice(msgspec.Struct, frozen=True):
    """CONTROL and TASK name what became of it, DECLINED says why not."""

    advice_id: str
    outcome: str
    reference: str = ""
    reason: str = ""


class CycleDone(msgspec.Struct, frozen=True):
    """The cycle, self-check or advice, and points that were proposed."""

    id: str
    points: list[str] = []


async def open_cycle(uow: Uow, command: OpenCycle) -> CycleDone:
    """Refuses with NOT_FOUND, INVALID_INPUT."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "run_cycle", rules_resource(bureau))
    if command.due_on < uow.today:
        raise Invalid(f"the last day is {uow.today} or later", path=("dueOn",))
    first = Reached(Stage.IDENTIFY, uow.now, uow.principal.actor)
    cycle = Cycle(new_id("ic"), checked(command.title, "title", 200), uow.today, command.due_on, (first,))
    await add_cycle(uow.conn, bureau, cycle)
    await uow.audit("open_cycle", "Cycle", cycle.id)
    return CycleDone(cycle.id)


async def move_cycle(uow: Uow, command: MoveCycle) -> CycleDone:
    """Refuses with NOT_FOUND, WRONG_STAGE."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "run_cycle", rules_resource(bureau))
    cycle = await _cycle(uow, command.cycle_id)
    if command.stage is not cycle.stage.following:
        raise WrongStage(f"after {cycle.stage} comes {cycle.stage.following or 'nothing'}")
    await add_stage(uow.conn, bureau, cycle.id, Reached(command.stage, uow.now, uow.principal.actor))
    await uow.audit("move_cycle", "Cycle", cycle.id, {"stage": command.stage})
    return CycleDone(cycle.id)


async def submit_self_check(uow: Uow, command: SubmitSelfCheck) -> CycleDone:
    """Refuses with NOT_FOUND, WRONG_STAGE, SELF_CHECK_SUBMITTED, IDENTIFICATION_ORDER, INVALID_INPUT.

    Late is better than never.
    """
    bureau, person = uow.principal.bureau_id or "", uow.principal.person_id or ""
    cycle = await _cycle(uow, command.cycle_id)
    if cycle.stage is not Stage.IDENTIFY:
        raise WrongStage("this cycle takes no more self-checks")
    org = await load_org(uow.conn, bureau)
    post = absolute(bureau, command.post)
    if post not in org.posts_of(person, uow.today):
        raise absent("Post")
    if command.from_steps:
        found = await _from_steps(uow, cycle.id, post)
        command = msgspec.structs.replace(command, items=[*command.items, *found])
    _check_items(command)
    await identify(uow.conn, system(bureau))
    texts = [(new_code(), text_of(org, post, item, "自查 self-check")) for item in command.items]
    points = [point_id(bureau, code) for code, _text in texts]
    check = SelfCheck(
        new_id("sc"),
        cycle.id,
        person,
        post,
        org.posts[post].unit_id,
        tuple(points),
        command.nothing_found,
        uow.now,
    )
    if not await add_check(uow.conn, bureau, check):
        raise CheckedBefore("you checked this post in this cycle: propose further points in the next")
    await enter_proposed(uow, bureau, texts, "self-check")
    await uow.emit(check.id, _submitted(bureau, check, uow.today), bureau_id=bureau)
    await uow.audit("submit_self_check", "SelfCheck", check.id, {"points": len(points)})
    return CycleDone(check.id, points)


async def give_advice(uow: Uow, command: GiveAdvice) -> CycleDone:
    """Refuses with NOT_FOUND, INVALID_INPUT."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "read", finding_resource("new", bureau))
    cycle = await _cycle(uow, command.cycle_id)
    if not command.advice.strip():
        raise Invalid("say what to do", path=("advice",))
    text = checked(command.advice, "advice")
    given = Advice(new_id("pa"), cycle.id, tuple(command.points), text, uow.principal.actor, "", "", "")
    await add_advice(uow.conn, bureau, given, uow.now)
    await uow.audit("give_advice", "Advice", given.id)
    return CycleDone(given.id)


async def decide(uow: Uow, command: DecideAdvice) -> CycleDone:
    """Refuses with NOT_FOUND, ADVICE_DECIDED, INVALID_INPUT."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "run_cycle", rules_resource(bureau))
    if not await advice_of(uow.conn, bureau, command.advice_id):
        raise absent("Advice")
    if command.outcome not in OUTCOMES:
        raise Invalid(f"one of: {', '.join(OUTCOMES)}", path=("outcome",))
    needed = command.reason if command.outcome == "DECLINED" else command.reference
    if not needed.strip():
        raise Invalid("name the control or task it became, or say why it is declined", path=("reference",))
    done = await decide_advice(
        uow.conn, bureau, command.advice_id, command.outcome, checked(command.reference, "reference"),
        checked(command.reason, "reason"), uow.principal.actor, uow.now,
    )  # fmt: skip
    if not done:
        raise AdviceDecided("this advice is decided already")
    await uow.audit("decide_advice", "Advice", command.advice_id, {"outcome": command.outcome})
    return CycleDone(command.advice_id)


async def _cycle(uow: Uow, id_: str) -> Cycle:
    found = next(iter(await cycles(uow.conn, uow.principal.bureau_id or "", id_)), None)
    if found is None:
        raise absent("Cycle")
    return found


async def _from_steps(uow: Uow, cycle_id: str, post: str) -> list[CheckItem]:
    """The risks of the three steps (S1-047); a power is kept where the bureau's catalogue has it."""
    bureau, person = uow.principal.bureau_id or "", uow.principal.person_id or ""
    saved = latest(await steps_of(uow.conn, bureau, cycle_id, person, post))
    known = {code for code, _body in await bodies_on(uow.conn, bureau, uow.today, EntryKind.POWER)}
    return [
        CheckItem(line.title, line.process, line.place, line.cause, power=line.of if line.of in known else "")
        for line in risks(saved)
    ]


def _check_items(command: SubmitSelfCheck) -> None:
    if bool(command.items) == command.nothing_found:
        raise Invalid("give the risks you see, or say that you found none", path=("items",))
    if len(command.items) > MAX_ITEMS:
        raise Invalid(f"at most {MAX_ITEMS} risks", path=("items",))
    for index, item in enumerate(command.items):
        check_item(item, "items", index)


def _submitted(bureau: str, check: SelfCheck, today: date) -> SelfCheckSubmitted:
    return SelfCheckSubmitted(
        check_id=check.id,
        bureau_id=bureau,
        cycle_id=check.cycle_id,
        person_id=check.person,
        unit_id=check.unit,
        post_id=check.post,
        point_ids=check.points,
        submitted_on=today.isoformat(),
    )
