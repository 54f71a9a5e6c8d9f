"""Give people of one's own reach a lesson or a pledge by hand (requirements 5.3, Education: assign)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from education.domain.curriculum import Curriculum, Trigger
from education.policies import POLICY, officer_resource
from education.storage.curricula import current_curricula
from education.use_cases.open_batch import Cause, open_batch

MOST_PERSONS = 500


class AssignCurriculum(msgspec.Struct, frozen=True):
    """Everybody named gets the current version of the curriculum, due from today."""

    curriculum: str
    person_ids: list[str]
    reason: str


class CurriculumAssigned(msgspec.Struct, frozen=True):
    """The new assignments, in the order of the persons."""

    batch_id: str
    assignment_ids: list[str]


async def assign_curriculum(uow: Uow, command: AssignCurriculum) -> CurriculumAssigned:
    """Refuses with NOT_FOUND for any person out of reach and INVALID_INPUT; all get it or nobody."""
    bureau_id = uow.principal.bureau_id
    if bureau_id is None:
        raise absent("bureau")
    if not 1 <= len(command.person_ids) <= MOST_PERSONS:
        raise Invalid(f"name 1 to {MOST_PERSONS} persons", path=("personIds",))
    if not command.reason.strip():
        raise Invalid("say why", path=("reason",))
    learners = await _learners(uow, bureau_id, command.person_ids)
    cause = Cause(Trigger.ASSIGNED, new_id("ec"), bureau_id, uow.today, reason=command.reason.strip())
    made = await open_batch(uow, cause, learners, [await _curriculum(uow, command.curriculum)])
    await uow.audit("assign_curriculum", "Batch", made[0].batch_id, {"curriculum": command.curriculum})
    return CurriculumAssigned(made[0].batch_id, [one.id for one in made])


async def _learners(uow: Uow, bureau_id: str, persons: list[str]) -> dict[str, str]:
    """Person → first unit today. Raises NotFound for anybody whom the caller may not assign."""
    org = await load_org(uow.conn, bureau_id)
    learners: dict[str, str] = {}
    for person in persons:
        units = org.units_of(person, uow.today)
        if not units:
            raise absent("Officer")
        POLICY.require(uow.principal, "assign", officer_resource(person, units[0], bureau_id))
        learners[person] = units[0]
    return learners


async def _curriculum(uow: Uow, code: str) -> Curriculum:
    found = [one for one in await current_curricula(uow.conn, uow.today) if one.code == code]
    if not found:
        raise Invalid("there is no such curriculum: see `curricula`", path=("curriculum",))
    return found[0]
