"""A limit is extended: asked for by HR, decided by the head, with a special audit in its place (SoD-12; 财会〔2012〕21号)."""

from datetime import date

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.database import identify
from plumbline_shared.errors import Conflict, Invalid, Refused
from plumbline_shared.ids import new_id
from plumbline_shared.policy import absent
from plumbline_shared.principal import system
from plumbline_shared.use_case import Uow

from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.rotation import Rotation, add_months
from risk_registry.domain.wording import checked
from risk_registry.policies import POLICY
from risk_registry.policies.rotation import rotation_resource
from risk_registry.publications_rotation import extended
from risk_registry.storage import rotation as stored
from risk_registry.storage.catalogue import entries_on
from risk_registry.storage.rotation_rules import rule_on
from risk_registry.use_cases.check_rotation import recheck_person
from risk_registry.use_cases.rotations_of import rotations_on


class OwnRotation(Refused):
    """Nobody decides about the own post, nor about what they asked for themselves."""

    code = "SOD_OWN_ROTATION"


class ExtensionTooLong(Refused):
    """The extension goes beyond what the rule allows, or there was one already."""

    code = "EXTENSION_TOO_LONG"


class ExtensionDecided(Conflict):
    """There is a decision already."""

    code = "EXTENSION_DECIDED"


class AskExtension(msgspec.Struct, frozen=True):
    """`control` is the special audit: a control in force, carried out by `audit_on`."""

    person_id: str
    post: str
    extended_until: date
    reason: str
    control: str
    audit_on: date


class DecideExtension(msgspec.Struct, frozen=True):
    """The head's decision with its reason."""

    extension_id: str
    approved: bool
    reason: str


class ExtensionKept(msgspec.Struct, frozen=True):
    """The extension."""

    id: str


async def ask_extension(uow: Uow, command: AskExtension) -> ExtensionKept:
    """Refuses with NOT_FOUND, INVALID_INPUT or EXTENSION_TOO_LONG."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    POLICY.require(uow.principal, "ask_extension", rotation_resource("new", bureau, command.person_id))
    reason = _reason(command.reason)
    await identify(uow.conn, system(bureau))
    one = await _rotation(uow, bureau, command)
    await _check(uow, bureau, command, one)
    held = one.tenure
    asked = stored.AskedExtension(
        new_id("re"), held.id, held.person_id, held.post_id, held.unit_id, one.due_on, command.extended_until,
        reason, command.control, command.audit_on, by, uow.now,
    )  # fmt: skip
    await stored.add_extension(uow.conn, bureau, asked)
    await uow.audit("ask_extension", "Rotation", held.id, {"extension": asked.id})
    return ExtensionKept(asked.id)


async def decide_extension(uow: Uow, command: DecideExtension) -> ExtensionKept:
    """Refuses with NOT_FOUND, INVALID_INPUT, SOD_OWN_ROTATION or EXTENSION_DECIDED."""
    bureau, by = uow.principal.bureau_id or "", uow.principal.actor
    POLICY.require(uow.principal, "decide_extension", rotation_resource(command.extension_id, bureau))
    found = await stored.extensions(uow.conn, bureau, command.extension_id)
    if not found:
        raise absent("Rotation")
    asked, reason = found[0], _reason(command.reason)
    if uow.principal.person_id == asked.person_id or by == asked.requested_by:
        raise OwnRotation("somebody else decides about this post")
    if command.approved and asked.extended_until < uow.today:
        raise Invalid("the extension would have ended: ask for another", path=("extensionId",))
    if not await stored.decide(uow.conn, bureau, asked.id, command.approved, reason, by, uow.today, uow.now):
        raise ExtensionDecided("this extension is decided")
    await uow.audit("decide_extension", "Rotation", asked.rotation_id, {"approved": command.approved})
    if command.approved:
        await identify(uow.conn, system(bureau))
        await _grant(uow, bureau, asked)
    return ExtensionKept(asked.id)


async def _grant(uow: Uow, bureau: str, asked: stored.AskedExtension) -> None:
    org = await load_org(uow.conn, bureau)
    for one in await rotations_on(uow.conn, org, uow.today, [asked.person_id]):
        if one.tenure.id == asked.rotation_id:
            await stored.tell(uow.conn, bureau, one.tenure, "EXTENDED", asked.id, uow.today, uow.now)
    await uow.emit(asked.rotation_id, extended(bureau, asked, uow.today), bureau_id=bureau)
    await recheck_person(uow, org, asked.person_id)


async def _rotation(uow: Uow, bureau: str, command: AskExtension) -> Rotation:
    org = await load_org(uow.conn, bureau)
    post = command.post if command.post.startswith(f"{bureau}.") else f"{bureau}.{command.post}"
    for one in await rotations_on(uow.conn, org, uow.today, [command.person_id]):
        if one.tenure.post_id == post:
            return one
    raise Invalid("the person does not hold this post, or it has no limit", path=("post",))


async def _check(uow: Uow, bureau: str, command: AskExtension, one: Rotation) -> None:
    if not max(one.due_on, uow.today) < command.extended_until:
        raise Invalid("an extension ends after today and after the limit", path=("extendedUntil",))
    rule = await rule_on(uow.conn, bureau, uow.today)
    if one.extension or command.extended_until > add_months(one.due_on, rule.extension_months):
        raise ExtensionTooLong(
            f"one extension of at most {rule.extension_months} months after {one.due_on}",
            path=("extendedUntil",),
        )
    if not uow.today <= command.audit_on <= command.extended_until:
        raise Invalid("the special audit is carried out before the extension ends", path=("auditOn",))
    if not await entries_on(uow.conn, bureau, uow.today, [EntryKind.CONTROL], command.control):
        raise Invalid("name a control in force as the special audit (SoD-12)", path=("control",))


def _reason(text: str) -> str:
    if not checked(text, "reason").strip():
        raise Invalid("give the reasons", path=("reason",))
    return text
