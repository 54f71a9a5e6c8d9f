"""Save one of the three steps by which an officer finds the risks of an own post (S1-047)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from risk_registry.domain.identification import Line, Saved, Step, check_lines
from risk_registry.domain.places import absolute
from risk_registry.domain.self_checks import Stage
from risk_registry.domain.wording import checked
from risk_registry.storage.identification import add_step, latest, steps_of
from risk_registry.storage.self_checks import cycles
from risk_registry.use_cases.self_check import WrongStage


class SaveStep(msgspec.Struct, frozen=True):
    """All lines of one step of one own post; a later saving takes the place of an earlier one, which stays."""

    cycle_id: str
    post: str
    step: Step
    lines: list[Line]


class StepSaved(msgspec.Struct, frozen=True):
    """The number of the saving."""

    id: int


async def save_step(uow: Uow, command: SaveStep) -> StepSaved:
    """Refuses with NOT_FOUND, WRONG_STAGE, IDENTIFICATION_ORDER, INVALID_INPUT."""
    bureau, person = uow.principal.bureau_id or "", uow.principal.person_id or ""
    cycle = next(iter(await cycles(uow.conn, bureau, command.cycle_id)), None)
    org = await load_org(uow.conn, bureau)
    post = absolute(bureau, command.post)
    if cycle is None or post not in org.posts_of(person, uow.today):
        raise absent("Post")
    if cycle.stage is not Stage.IDENTIFY:
        raise WrongStage("this cycle takes no more self-checks")
    lines = tuple(_checked(line) for line in command.lines)
    before = latest(await steps_of(uow.conn, bureau, cycle.id, person, post))
    check_lines(command.step, lines, before)
    place = (person, post, org.posts[post].unit_id)
    number = await add_step(uow.conn, bureau, cycle.id, place, Saved(command.step, lines, uow.now))
    await uow.audit("save_step", "Cycle", cycle.id, {"step": command.step, "lines": len(lines)})
    return StepSaved(number)


def _checked(line: Line) -> Line:
    return Line(**{name: checked(str(said), name, 300) for name, said in msgspec.to_builtins(line).items()})
