"""The service's own key and everything derived from it; and the bounded pool that does slow hashing."""

import asyncio
import hmac
import os
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from plumbline_shared.errors import Unavailable
from plumbline_shared.settings import SettingsError

from complaints.domain.receipt import Receipt
from complaints.settings import ComplaintsSettings
from complaints.vault.payload import KEY_BYTES, binding, seal, unseal

# 64 MiB and three passes: about 0.17 s a guess (argon2id, RFC 9106 §4, second choice).
_PASSES, _KIB, _LANES = 3, 65_536, 1
WAITING_LOOKUPS = 16


class Vault:
    """Every key is an HMAC of the master key under a label, so none of them gives away another."""

    def __init__(self, master: bytes) -> None:
        self._master = master
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="receipts", initializer=_step_back)
        self._waiting = 0

    def key(self, label: str) -> bytes:
        """A derived key of 32 bytes."""
        return hmac.digest(self._master, label.encode(), "sha256")

    def mac(self, label: str, data: bytes) -> bytes:
        """A keyed fingerprint: without the key, a guess cannot be confirmed."""
        return hmac.digest(self.key(label), data, "sha256")

    def pseudonym(self, case_id: str) -> str:
        """How the audit log names a sealed case."""
        return self.mac("audit", case_id.encode()).hex()[:32]

    def seal_own(self, part: str, case_id: str, plain: bytes) -> bytes:
        """Seal what the service itself may read again: complaint text and contact, and answers."""
        return seal(self.key(f"own|{part}|{case_id}"), binding(part, case_id), plain)

    def unseal_own(self, part: str, case_id: str, sealed: bytes) -> bytes:
        """Raises Unsealable."""
        return unseal(self.key(f"own|{part}|{case_id}"), binding(part, case_id), sealed)

    async def hash_secret(self, receipt: Receipt, salt: bytes) -> bytes:
        """argon2id of the peppered secret, for the worker, who waits for his turn."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._hash, receipt, salt)

    async def check_secret(self, receipt: Receipt, salt: bytes) -> bytes:
        """The same for a caller. Raises Unavailable when too many callers wait."""
        if self._waiting >= WAITING_LOOKUPS:
            raise Unavailable("many receipts are being checked at the moment; try again in a minute")
        self._waiting += 1
        try:
            return await self.hash_secret(receipt, salt)
        finally:
            self._waiting -= 1

    def _hash(self, receipt: Receipt, salt: bytes) -> bytes:
        peppered = self.mac("receipt", f"{receipt.locator}|{receipt.secret}".encode())
        return hash_secret_raw(peppered, salt, _PASSES, _KIB, _LANES, KEY_BYTES, Type.ID)


def _step_back() -> None:
    """Hashing yields to whoever waits for an answer (priorities are per thread on Linux; elsewhere: no change)."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)


def new_receipt() -> Receipt:
    """24 random digits."""
    digits = f"{secrets.randbelow(10**24):024d}"
    return Receipt(digits[:8], digits[8:])


def sealed_id(prefix: str) -> str:
    """A random id: a time-ordered one would tell when the call came."""
    return f"{prefix}_{secrets.token_hex(16)}"


_open: Vault | None = None
_for_tests = os.urandom(KEY_BYTES)


def open_vault(settings: ComplaintsSettings) -> Vault:
    """Open the vault of this process with its master key. Raises SettingsError."""
    global _open
    _open = Vault(_master_key(settings))
    return _open


def vault() -> Vault:
    """The vault of this process. Raises Unavailable before `startup` has opened it."""
    if _open is None:
        raise Unavailable("the vault is not open")
    return _open


def _master_key(settings: ComplaintsSettings) -> bytes:
    name = settings.vault_key_file or (f"{settings.data_dir}/vault.key" if settings.data_dir else "")
    if not name:
        if settings.mode == "test":
            return _for_tests
        raise SettingsError("VAULT_KEY_FILE is not set: without it nothing can be sealed")
    file = Path(name)
    if not file.exists() and settings.mode != "production":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(os.urandom(KEY_BYTES))
    if not file.exists() or len(key := file.read_bytes()) != KEY_BYTES:
        raise SettingsError(f"VAULT_KEY_FILE: {file} has to hold {KEY_BYTES} random bytes")
    return key
