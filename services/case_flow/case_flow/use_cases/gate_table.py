"""Which gates and holds this service has: the one place where steps meet the holds of in-process control."""

from collections.abc import Mapping

from plumbline_shared.use_case import Uow

from case_flow.domain.definition import Control, Step
from case_flow.domain.errors import ControlBlocked
from case_flow.domain.matter import Matter
from case_flow.use_cases.gates import Gate

GATES: Mapping[str, Gate] = {}


async def hold_step(uow: Uow, matter: Matter, step: Step, control: Control) -> str:
    """Raise the hold of a control on a step and return its id."""
    raise ControlBlocked(control.message.en, control=control.id)


async def settle_step(uow: Uow, matter: Matter, step: Step) -> Matter:
    """A step passes its controls: an open hold on it is corrected by that. Returns the matter as it is then."""
    return matter
