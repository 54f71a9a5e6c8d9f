"""Classify a point that a draft touches, and take over a transferred one (S1-131, S1-132)."""

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.places import absolute
from risk_registry.domain.reform import Disposition, DispositionKind, Tightened
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY, disposition_resource
from risk_registry.storage.dispositions import accept, classify, dispositions_of
from risk_registry.storage.processes import load_versions, lock_process
from risk_registry.use_cases.draft_process import VersionPublished, draft_of
from risk_registry.use_cases.panel import point_of


class DisposePoint(msgspec.Struct, frozen=True):
    """REDUCED names what was tightened, DISSOLVED gives a reason, TRANSFERRED_TO_POST a receiver; the last counts."""

    version_id: str
    point_id: str
    kind: DispositionKind
    to_step: str = ""
    receiver: str = ""
    tightened: Tightened | None = None
    reason: str = ""


class AcceptTransfer(msgspec.Struct, frozen=True):
    """A holder of the receiving post takes the point over."""

    version_id: str
    point_id: str


class Disposed(msgspec.Struct, frozen=True):
    """The draft and the point."""

    version_id: str
    point_id: str


class NothingToAccept(Conflict):
    """Only a transfer is accepted."""

    code = "NOTHING_TO_ACCEPT"


async def dispose_point(uow: Uow, command: DisposePoint) -> Disposed:
    """Refuses with NOT_FOUND, VERSION_PUBLISHED, INVALID_INPUT."""
    version = await draft_of(uow, command.version_id)
    await lock_process(uow.conn, version.bureau_id, version.process)
    point = await point_of(uow, command.point_id, uow.today)
    if point.description.process != version.process:
        raise Invalid("the point belongs to another process", path=("pointId",))
    given = Disposition(
        point=point.id,
        kind=command.kind,
        from_step=point.description.step,
        to_step=command.to_step,
        receiver=absolute(version.bureau_id, command.receiver),
        tightened=command.tightened,
        reason=checked(command.reason, "reason"),
    )
    await _check(uow, version.bureau_id, given)
    await classify(uow.conn, version.bureau_id, version.id, given, uow.principal.actor, uow.now)
    await uow.audit("dispose_point", "RiskPoint", point.id, {"kind": command.kind, "version": version.id})
    return Disposed(version.id, point.id)


async def _check(uow: Uow, bureau: str, given: Disposition) -> None:
    transfer = given.kind is DispositionKind.TRANSFERRED_TO_POST
    if transfer != bool(given.receiver):
        raise Invalid("a transfer, and only a transfer, names the receiving post", path=("receiver",))
    if transfer and (await load_org(uow.conn, bureau)).post(given.receiver) is None:
        raise Invalid("there is no such post in this bureau", path=("receiver",))
    if (given.kind is DispositionKind.REDUCED) != (given.tightened is not None):
        raise Invalid("a reduction, and only a reduction, says what was tightened", path=("tightened",))
    if given.kind is DispositionKind.DISSOLVED and not given.reason.strip():
        raise Invalid("say why the risk is gone", path=("reason",))


async def accept_transfer(uow: Uow, command: AcceptTransfer) -> Disposed:
    """Refuses with NOT_FOUND, NOTHING_TO_ACCEPT, VERSION_PUBLISHED. A second acceptance changes nothing."""
    bureau = uow.principal.bureau_id or ""
    chosen = (await dispositions_of(uow.conn, command.version_id)).get(command.point_id)
    if chosen is None:
        raise absent("Disposition")
    POLICY.require(
        uow.principal, "accept", disposition_resource(chosen.sequence, bureau, "", chosen.receiver)
    )
    if chosen.kind is not DispositionKind.TRANSFERRED_TO_POST:
        raise NothingToAccept("this point is not transferred")
    await identify(uow.conn, system(bureau))
    version = (await load_versions(uow.conn, bureau, [command.version_id]))[0]
    await lock_process(uow.conn, bureau, version.process)
    if version.effective_from is not None:
        raise VersionPublished("this version is published")
    if (await dispositions_of(uow.conn, version.id))[command.point_id].sequence != chosen.sequence:
        raise NothingToAccept("the classification changed meanwhile: look again")
    await identify(uow.conn, uow.principal)
    await accept(uow.conn, bureau, chosen, uow.principal.actor, uow.now)
    await uow.audit("accept_transfer", "RiskPoint", command.point_id, {"version": version.id})
    return Disposed(version.id, command.point_id)
