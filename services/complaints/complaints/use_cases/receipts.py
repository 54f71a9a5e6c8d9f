"""Receipts: issue at intake, harden afterwards, check when somebody comes back with one."""

import hmac
import os

from plumbline_shared.database import Database
from plumbline_shared.principal import system
from plumbline_shared.timers import Timer
from plumbline_shared.use_case import Uow

from complaints.domain.receipt import Receipt, parse_receipt
from complaints.storage.receipts import CaseKind, StoredReceipt, add_receipt, find_receipt, harden_receipt
from complaints.vault import vault
from complaints.vault.payload import Unsealable
from complaints.vault.vault import new_receipt

HARDEN = "harden_receipt"
_SALT = 16
_NOBODY = Receipt("00000000", "0000000000000000")


async def issue_receipt(uow: Uow, kind: CaseKind, case_id: str, bureau_id: str) -> Receipt:
    """A receipt that nobody else has. Its secret is sealed now and hashed by the next worker."""
    while True:
        receipt = new_receipt()
        fresh = vault().seal_own("receipt", receipt.locator, receipt.secret.encode())
        row = StoredReceipt(receipt.locator, bureau_id, kind, case_id, os.urandom(_SALT), fresh, None)
        if await add_receipt(uow.conn, row, HARDEN, uow.now):
            return receipt


async def on_harden_receipt(uow: Uow, timer: Timer) -> None:
    """Replace the sealed secret by its argon2id hash: slow on purpose, so it is not done while a caller waits."""
    row = await find_receipt(uow.conn, timer.ref)
    if row is None or row.fresh is None:
        return
    secret = vault().unseal_own("receipt", row.locator, row.fresh).decode()
    await harden_receipt(
        uow.conn, row.locator, await vault().hash_secret(Receipt(row.locator, secret), row.salt)
    )


async def resolve_receipt(db: Database, text: str) -> StoredReceipt | None:
    """The receipt's row if it holds. A wrong secret, an unknown locator and nonsense cost the same time."""
    given = parse_receipt(text) or _NOBODY
    async with db.read(system()) as conn:
        row = await find_receipt(conn, given.locator)
    hashed = await vault().check_secret(given, row.salt if row else bytes(_SALT))
    return row if row is not None and _holds(row, given, hashed) else None


def _holds(row: StoredReceipt, given: Receipt, hashed: bytes) -> bool:
    if row.hash is not None:
        return hmac.compare_digest(row.hash, hashed)
    try:
        fresh = vault().unseal_own("receipt", row.locator, row.fresh or b"")
    except Unsealable:
        return False
    return hmac.compare_digest(fresh, given.secret.encode())
