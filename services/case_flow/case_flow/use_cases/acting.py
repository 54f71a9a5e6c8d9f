"""What every act on a matter begins and ends with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plumbline_org.model import Org
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Unauthenticated
from plumbline_shared.use_case import Uow

from case_flow.domain import clock, transitions
from case_flow.domain.definition import ItemDefinition, Step
from case_flow.domain.eligibility import had_part, sole_candidates, unit_of
from case_flow.domain.errors import NotEligible, NotHandler
from case_flow.domain.matter import Matter
from case_flow.storage import item as items
from case_flow.storage import matter as matters
from case_flow.use_cases.assign_by_rule import assign_by_rule
from case_flow.use_cases.check_authority import governed
from case_flow.use_cases.check_eligibility import check_eligibility
from case_flow.use_cases.route_sign_off import is_sign_off, route_sign_off


@dataclass
class RecordedUow(Uow):
    """Acts of a record, many in one transaction. `known`: matters as it left them; it holds their row locks."""

    known: dict[str, Matter] = field(default_factory=dict[str, Matter])


def remember(uow: Uow, matter: Matter) -> None:
    """Within a record, spare the next act on this matter its read."""
    if isinstance(uow, RecordedUow):
        uow.known[matter.id] = matter


async def load(uow: Uow, matter_id: str, step: str = "") -> tuple[Matter, ItemDefinition]:
    """The matter as the caller may see it, with the version of its item that it runs on; `step` in focus if open.

    While branches are open acts on them wait for each other, so that none is refused for another's. Raises NotFound.
    """
    known = uow.known.get(matter_id) if isinstance(uow, RecordedUow) else None
    matter = known or await matters.get(uow.conn, matter_id)
    if matter.others and matter.live:
        matter = await matters.get_alone(uow.conn, matter_id)
    return matter.focused(step), (await items.get(uow.conn, matter.bureau_id, matter.item_hash)).definition


def person(uow: Uow) -> str:
    """The person who acts. Raises Unauthenticated for anybody else."""
    if uow.principal.person_id is None:
        raise Unauthenticated("this needs a person: send a bearer token of an officer")
    return uow.principal.person_id


def require_part(uow: Uow, matter: Matter) -> None:
    """Raise NotHandler unless the caller worked on the matter or is chief of a unit that had it."""
    if not had_part(uow.principal, matter):
        raise NotHandler("this is for whoever works on the matter, or the chief of a unit that had it")


async def org_of(uow: Uow, matter: Matter) -> Org:
    """The bureau as the replica knows it."""
    return await load_org(uow.conn, matter.bureau_id)


async def opened(
    definition: ItemDefinition,
    matter: Matter,
    org: Org,
    uow: Uow,
    unit_id: str | None = None,
    stated: Mapping[str, Any] | None = None,
) -> Matter:
    """The matter with each newly open step placed: in the hands of whoever alone can do it, else in the unit's queue.

    Somebody with overdue education on a HIGH point gets nothing by itself (scenario 5). Where authority goes by the
    amount, the step is for whoever decides it; `stated` is what the step before says, which is not stored yet.
    """
    after, definition = matter, await governed(uow, definition, matter, stated)
    for one in matter.open_steps:
        if not one.placed:
            after = await _placed(definition, after.focused(one.step), org, uow, unit_id)
    return after.focused(matter.step or "")


async def _placed(
    definition: ItemDefinition, matter: Matter, org: Org, uow: Uow, unit_id: str | None
) -> Matter:
    step = definition.by_code[matter.step or ""]
    unit = unit_id or unit_of(step, matter.bureau_id, matter.office_id, matter.unit_id)
    due_on = clock.stage_due(definition, matter, step.code, org.calendar)
    queued = transitions.into_queue(matter, step, unit, due_on or matter.due_on)
    if is_sign_off(step):
        people = await route_sign_off(uow, definition, queued, step, org)
    elif step.assign is not None:
        people = await assign_by_rule(uow, definition, queued, step, step.assign, org)
    else:
        people = sole_candidates(definition, queued, step, unit, org, uow.today)
    if not people or not await _free(uow, people, step):
        return queued
    return transitions.into_hands(queued, people)


async def _free(uow: Uow, people: tuple[str, ...], step: Step) -> bool:
    try:
        await check_eligibility(uow, people, step.point)
    except NotEligible:
        return False
    return True
