"""Officers declare their kin in the bureau; HR records and withdraws (公务员法 Art 74, 76)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Invalid
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.avoidance import Relation
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import kin_resource
from risk_registry.storage import kin as stored
from risk_registry.use_cases.check_avoidance import check_avoidance


class DeclareKin(msgspec.Struct, frozen=True):
    """Without `person_id` the relation is one's own."""

    kin_id: str
    relation: Relation
    person_id: str = ""


class WithdrawKin(msgspec.Struct, frozen=True):
    """A declaration that no longer holds, and why."""

    declaration_id: str
    reason: str


class KinKept(msgspec.Struct, frozen=True):
    """The declaration."""

    id: str


async def declare_kin(uow: Uow, command: DeclareKin) -> KinKept:
    """Refuses with NOT_FOUND or INVALID_INPUT. A relation that is declared already is the first declaration."""
    bureau, person = uow.principal.bureau_id or "", command.person_id or uow.principal.person_id or ""
    POLICY.require(uow.principal, "declare", kin_resource("new", bureau, person))
    by = uow.principal.actor
    await identify(uow.conn, system(bureau))
    org = await load_org(uow.conn, bureau)
    if person == command.kin_id or not {person, command.kin_id} <= org.persons.keys():
        raise Invalid("name another officer of this bureau", path=("kinId",))
    known = await stored.kin(uow.conn, bureau, person)
    for each in known:
        if {each.person_id, each.kin_id} == {person, command.kin_id} and each.relation is command.relation:
            return KinKept(each.id)
    declared = stored.Kin(new_id("kd"), person, command.kin_id, command.relation, by, uow.now)
    await stored.add_kin(uow.conn, bureau, declared)
    await uow.audit("declare_kin", "Kin", declared.id)
    await check_avoidance(uow, org, person)
    return KinKept(declared.id)


async def withdraw_kin(uow: Uow, command: WithdrawKin) -> KinKept:
    """Refuses with NOT_FOUND or INVALID_INPUT."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "withdraw", kin_resource(command.declaration_id, bureau))
    reason = checked(command.reason, "reason").strip()
    if not reason:
        raise Invalid("say why the declaration no longer holds", path=("reason",))
    found = await stored.kin(uow.conn, bureau, id_=command.declaration_id)
    if not found:
        raise absent("Kin")
    await stored.withdraw(uow.conn, bureau, found[0].id, reason, uow.principal.actor, uow.now)
    await uow.audit("withdraw_kin", "Kin", found[0].id)
    await identify(uow.conn, system(bureau))
    await check_avoidance(uow, await load_org(uow.conn, bureau), found[0].person_id)
    return KinKept(found[0].id)
