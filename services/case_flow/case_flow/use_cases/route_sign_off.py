"""The duty director of the day signs; whoever took part already is passed over for the next on the roster (S1-100)."""

from plumbline_org.model import Org
from plumbline_org.roles import Role
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.hands import barrier
from case_flow.domain.matter import Matter
from case_flow.storage import sign_off
from case_flow.storage.sign_off import Routed

NOT_SERVING = "NOT_SERVING"


def is_sign_off(step: Step) -> bool:
    """Whether the step belongs to the duty director."""
    return str(Role.DUTY_DIRECTOR) in step.roles


async def route_sign_off(
    uow: Uow, definition: ItemDefinition, matter: Matter, step: Step, org: Org
) -> tuple[str, ...]:
    """The first of today's roster who is separate from the earlier steps; nobody when the roster is exhausted."""
    routed = roster(definition, matter, step, org, uow)
    await sign_off.add(uow.conn, matter.bureau_id, matter.id, step.code, uow.today, uow.now, routed)
    return tuple(one.person_id for one in routed if one.refusal is None)


def roster(definition: ItemDefinition, matter: Matter, step: Step, org: Org, uow: Uow) -> list[Routed]:
    """Those passed over, each with the code, and last whoever is asked."""
    gone = list[Routed]()
    for one in org.duty_directors(uow.today):
        person = org.person(one)
        refusal = None
        if person is None or not person.serves(uow.today):
            refusal = NOT_SERVING
        else:
            refusal = barrier(definition, matter, step, org, one, uow.today)
        gone.append(Routed(one, refusal))
        if refusal is None:
            break
    return gone
