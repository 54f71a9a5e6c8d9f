"""Form a standing supervision group, or compose it anew from a day on (S1-061, S1-062)."""

from datetime import date

import msgspec
from plumbline_org.model import Org
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.supervision import Capacity, GroupMember, SupervisionGroup, check_composition
from case_flow.rules import SUPERVISION_RULES
from case_flow.storage import supervision
from case_flow.supervision_access import group_resource

_DISCIPLINE = frozenset({Role.DISCIPLINE_LEAD, Role.DISCIPLINE_OFFICER})


class FormSupervisionGroup(msgspec.Struct, frozen=True):
    """The members of the group of a domain from a day on, today or later."""

    domain: str
    members: tuple[GroupMember, ...]
    effective_from: date


async def form_supervision_group(uow: Uow, command: FormSupervisionGroup) -> str:
    """Return the domain. Raises NotFound, Invalid, GroupComposition."""
    bureau, pack = uow.principal.bureau_id or "", (await SUPERVISION_RULES.of(uow))
    POLICY.require(uow.principal, "form", group_resource(bureau, command.domain))
    if command.domain not in pack.domains:
        raise Invalid(f"the domain is one of {', '.join(pack.domains)}", path=("domain",))
    if command.effective_from < uow.today:
        raise Invalid("a group is composed from today on, or from a later day", path=("effectiveFrom",))
    check_composition(command.members, pack.members_at_least)
    _check_members(await load_org(uow.conn, bureau), command)
    group = SupervisionGroup(
        bureau_id=bureau,
        domain=command.domain,
        version=await supervision.last_version(uow.conn, bureau, command.domain) + 1,
        members=command.members,
        effective_from=command.effective_from,
        formed_by=uow.principal.actor,
        formed_at=uow.now,
    )
    await supervision.add_group(uow.conn, group)
    await uow.audit(
        "supervision.group_formed", "SupervisionGroup", f"{bureau}.{group.domain}", {"version": group.version}
    )
    return group.domain


def _check_members(org: Org, command: FormSupervisionGroup) -> None:
    """Everybody serves in the bureau; who sits for discipline belongs to discipline."""
    on = command.effective_from
    for number, one in enumerate(command.members):
        person = org.person(one.person_id)
        if person is None or not person.serves(on):
            raise Invalid("nobody of this id serves in the bureau on that day", path=("members", number))
        if one.capacity is Capacity.DISCIPLINE and not _DISCIPLINE & org.roles_of(one.person_id, on):
            raise Invalid("this person is not of the discipline staff", path=("members", number, "capacity"))
