"""May the caller do the step, and as whose hands does it count?"""

from collections.abc import Sequence

from plumbline_org.storage.load import load_org
from plumbline_shared.use_case import Uow

from case_flow.domain import hands
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.matter import Matter
from case_flow.principal import ACTS
from case_flow.storage import delegated_act


async def own_hands(uow: Uow, definition: ItemDefinition, matter: Matter, step: Step) -> tuple[str, ...]:
    """Those for whom the caller acts by delegation at the step. Raises Recused, SeparationOfDuties.

    The bureau is read only for somebody to whom something is delegated.
    """
    acts = any(scope.startswith(ACTS) for scope in uow.principal.scopes)
    org = await load_org(uow.conn, matter.bureau_id) if acts else None
    return hands.require_free(definition, matter, step, org, [uow.principal.actor], uow.today)


async def note_hands(uow: Uow, matter: Matter, step: str, grantors: Sequence[str]) -> None:
    """Leave the trace of an act by delegation: a row for each grantor, and one in the audit log."""
    if not grantors:
        return
    actor = uow.principal.actor
    await delegated_act.add(uow.conn, matter, step, actor, grantors, uow.now)
    await uow.audit("actByDelegation", "Matter", matter.id, {"step": step, "for": list(grantors)})
