"""Opening what is sealed: content by one officer's key, the informant's identity by two."""

import asyncio
from datetime import timedelta

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from complaints.domain.errors import KeyExists, NoSealingKey, NotTwoKeys, TooManyAttempts
from complaints.domain.intake import Person
from complaints.policies import POLICY, clearance_resource
from complaints.storage.keys import Part, add_officer_key, officer_key, own_wrap, public_keys
from complaints.storage.openings import (
    Opening,
    add_opening,
    approve_opening,
    count_failures,
    lock_opening,
    mark_read,
)
from complaints.storage.reports import read_content, read_identity
from complaints.use_cases.file_report import Content
from complaints.use_cases.handle_report import handled_report, note_step
from complaints.vault import vault
from complaints.vault.officers import make_officer_key, unlock, unwrap, wrap
from complaints.vault.payload import binding, join, unseal
from complaints.vault.vault import sealed_id

ATTEMPTS, WITHIN = 5, timedelta(hours=1)


class MakeKey(msgspec.Struct, frozen=True):
    """The officer's passphrase; it is stored nowhere."""

    passphrase: str


class OpenContent(msgspec.Struct, frozen=True):
    """Read a report's content."""

    report_id: str
    passphrase: str


class RequestIdentity(msgspec.Struct, frozen=True):
    """Ask for the informant's identity, with the reason."""

    report_id: str
    reason: str


class OpenIdentity(msgspec.Struct, frozen=True):
    """Agree to a request, or read after the other officer agreed."""

    opening_id: str
    passphrase: str


async def make_key(uow: Uow, command: MakeKey) -> str:
    """One key pair an officer. Raises NotFound for who has no sealed clearance, WeakPassphrase, KeyExists."""
    person, bureau = uow.principal.person_id, uow.principal.bureau_id
    if person is None or bureau is None:
        raise absent("officer")
    POLICY.require(uow.principal, "makeKey", clearance_resource(bureau))
    key = await asyncio.to_thread(make_officer_key, person, command.passphrase)
    if not await add_officer_key(uow.conn, bureau, key, uow.today):
        raise KeyExists("you have a key already: it opens the cases that were sealed for you")
    await uow.audit("MAKE_SEALING_KEY", "Person", person)
    return person


async def open_content(uow: Uow, command: OpenContent) -> Content:
    """Raises NotFound, WrongPassphrase, NoSealingKey. The reading is in the sealed log before it is answered."""
    report = await handled_report(uow, command.report_id)
    key = await _unwrapped(uow, report.id, Part.CONTENT, await _private(uow, command.passphrase))
    sealed = await read_content(uow.conn, report.id)
    await note_step(uow, report.id, report.bureau_id, "READ_CONTENT")
    plain = unseal(key, binding(Part.CONTENT, report.id), sealed or b"")
    return msgspec.json.decode(plain, type=Content)


async def request_identity(uow: Uow, command: RequestIdentity) -> str:
    """Ask a second officer. Raises NotFound, NotTwoKeys for who holds no first share (or nobody is named)."""
    report = await handled_report(uow, command.report_id)
    me = uow.principal.actor
    if await own_wrap(uow.conn, report.id, me, Part.IDENTITY_FIRST) is None:
        raise NotTwoKeys(
            "you hold no share of this identity: the report is anonymous, or another officer asks"
        )
    opening_id = sealed_id("io")
    reason = vault().seal_own("opening-reason", opening_id, command.reason.encode())
    await add_opening(uow.conn, Opening(opening_id, report.id, report.bureau_id, me, uow.now, reason))
    await note_step(uow, report.id, report.bureau_id, "REQUEST_IDENTITY")
    return opening_id


async def approve_identity(uow: Uow, command: OpenIdentity) -> str:
    """Pass the second share to the requester alone. Raises NotFound, NotTwoKeys, WrongPassphrase."""
    opening, me = await _opening(uow, command.opening_id), uow.principal.actor
    if opening.requested_by == me or opening.approved_by is not None:
        raise NotTwoKeys("another officer has to agree, once")
    share = await _unwrapped(
        uow, opening.report_id, Part.IDENTITY_SECOND, await _private(uow, command.passphrase)
    )
    public = (await public_keys(uow.conn, [opening.requested_by]))[opening.requested_by]
    passed = wrap(share, public, binding("OPENING", opening.id))
    await approve_opening(uow.conn, opening.id, me, uow.now, passed)
    await note_step(uow, opening.report_id, opening.bureau_id, "APPROVE_IDENTITY")
    return opening.id


async def open_identity(uow: Uow, command: OpenIdentity) -> Person:
    """The requester reads, once. Raises NotFound, NotTwoKeys, WrongPassphrase."""
    opening = await _opening(uow, command.opening_id)
    if opening.requested_by != uow.principal.actor or opening.share is None:
        raise NotTwoKeys("only who asked may read, once, after another officer agreed")
    private = await _private(uow, command.passphrase)
    first = await _unwrapped(uow, opening.report_id, Part.IDENTITY_FIRST, private)
    key = join(first, unwrap(opening.share, private, binding("OPENING", opening.id)))
    sealed = await read_identity(uow.conn, opening.report_id)
    await mark_read(uow.conn, opening.id, uow.now)
    await note_step(uow, opening.report_id, opening.bureau_id, "READ_IDENTITY")
    return msgspec.json.decode(
        unseal(key, binding("IDENTITY", opening.report_id), sealed or b""), type=Person
    )


async def note_wrong_passphrase(uow: Uow, command: OpenContent | OpenIdentity) -> None:
    """In a transaction of its own: the one that was refused leaves nothing behind. Raises NotFound."""
    if isinstance(command, OpenContent):
        report = await handled_report(uow, command.report_id)
        await note_step(uow, report.id, report.bureau_id, "WRONG_PASSPHRASE")
        return
    opening = await _opening(uow, command.opening_id)
    await note_step(uow, opening.report_id, opening.bureau_id, "WRONG_PASSPHRASE")


async def _opening(uow: Uow, opening_id: str) -> Opening:
    opening = await lock_opening(uow.conn, opening_id)
    if opening is None:
        raise absent("IdentityOpening")
    return opening


async def _private(uow: Uow, passphrase: str) -> X25519PrivateKey:
    key = await officer_key(uow.conn, uow.principal.actor)
    if key is None:
        raise NoSealingKey("you have no sealing key: make one first; it opens what is sealed from then on")
    if await count_failures(uow.conn, uow.principal.actor, uow.now - WITHIN) >= ATTEMPTS:
        raise TooManyAttempts("five wrong passphrases within the hour: wait, and mind who uses your account")
    return await asyncio.to_thread(unlock, key, passphrase)


async def _unwrapped(uow: Uow, report_id: str, part: Part, private: X25519PrivateKey) -> bytes:
    wrapped = await own_wrap(uow.conn, report_id, uow.principal.actor, part)
    if wrapped is None:
        raise NoSealingKey("this case was not sealed for your key")
    return unwrap(wrapped, private, binding(part, report_id))
