"""The service's own key: given by a file, never invented in production."""

import asyncio
from pathlib import Path

import pytest
from complaints.domain.receipt import Receipt
from complaints.settings import ComplaintsSettings
from complaints.vault import open_vault
from complaints.vault.vault import WAITING_LOOKUPS
from plumbline_shared.errors import Unavailable
from plumbline_shared.settings import SettingsError


def settings(**changes: object) -> ComplaintsSettings:
    return ComplaintsSettings(database_url="postgresql://nowhere/x", **changes)  # type: ignore[arg-type]


def test_production_needs_the_file(tmp_path: Path) -> None:
    for wrong in (
        settings(),
        settings(vault_key_file=str(tmp_path / "none")),
        settings(data_dir=str(tmp_path)),
    ):
        with pytest.raises(SettingsError):
            open_vault(wrong)
    short = tmp_path / "short"
    short.write_bytes(b"x" * 31)
    with pytest.raises(SettingsError):
        open_vault(settings(vault_key_file=str(short)))


def test_the_demonstration_makes_one_and_keeps_it(tmp_path: Path) -> None:
    demo = settings(mode="demo", data_dir=str(tmp_path / "files"))
    first = open_vault(demo).key("x")
    assert open_vault(demo).key("x") == first
    assert (tmp_path / "files" / "vault.key").stat().st_mode & 0o077 == 0


def test_labels_give_unrelated_keys() -> None:
    box = open_vault(settings(mode="test"))
    assert len({box.key("a"), box.key("b"), box.mac("a", b""), box.mac("a", b"x")}) == 4


async def test_too_many_callers_are_turned_away_and_the_worker_is_not() -> None:
    box = open_vault(settings(mode="test"))
    receipt = Receipt("00000000", "0" * 16)
    callers = [asyncio.create_task(box.check_secret(receipt, bytes(16))) for _ in range(WAITING_LOOKUPS)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await box.check_secret(receipt, bytes(16))
    worker = asyncio.create_task(box.hash_secret(receipt, bytes(16)))
    for caller in callers[1:]:
        caller.cancel()
    assert await worker == await callers[0]
    assert await box.check_secret(receipt, bytes(16)) == await worker
