"""`plumbline-audit` from end to end, as somebody outside the suite uses it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from plumbline_shared import audit
from plumbline_shared.audit.checkpoint import Signer
from plumbline_shared.audit.cli import main
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.principal import system
from plumbline_shared.runtime import SHARED_MIGRATIONS


async def fill(db: Database, count: int, clock: ManualClock, signer: Signer) -> str:
    async with db.transaction(system("D01")) as conn:
        for number in range(count):
            await audit.append(
                conn,
                actor="system",
                action="CLOSE",
                object_type="Matter",
                object_id=str(number),
                bureau_id="D01",
                at=clock.now(),
                detail={},
            )
    await audit.sequence_all(db)
    note = await audit.sign_tree(db, clock, signer)
    assert note is not None
    return note


async def test_keygen_export_verify_proof(
    database_urls_for: Any, clock: ManualClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = await database_urls_for(("audit_cli", [SHARED_MIGRATIONS]))
    main(["keygen", str(tmp_path / "key.pem"), "--log", "plumbline/test"])
    key = capsys.readouterr().out.strip()
    signer = Signer.load("plumbline/test", tmp_path / "key.pem")
    db = await Database.connect(urls.app, max_size=2)
    (tmp_path / "older").write_text(await fill(db, 3, clock, signer), encoding="utf-8")
    await fill(db, 4, clock, signer)
    await db.close()

    files = [str(tmp_path / name) for name in ("export.jsonl", "older", "newer")]
    await run_in_thread(["export", files[0], "--database", urls.app, "--checkpoint", files[2]])
    main(["verify", files[0], "--checkpoint", files[1], "--checkpoint", files[2], "--key", key])
    assert (
        "HOLDS: plumbline/test, 7 entries, 0 erased; 3 → 7 append-only; signatures hold"
        in capsys.readouterr().out
    )
    main(["proof", files[0], "--seq", "4", "--checkpoint", files[2], "--key", key])
    assert json.loads(capsys.readouterr().out)["entry"]["seq"] == 4

    export = tmp_path / "export.jsonl"
    export.write_text(export.read_text(encoding="utf-8").replace("CLOSE", "OPEN", 1), encoding="utf-8")
    with pytest.raises(SystemExit, match="DOES NOT HOLD"):
        main(["verify", files[0], "--checkpoint", files[1], "--checkpoint", files[2], "--key", key])


async def run_in_thread(arguments: list[str]) -> None:
    """The command starts its own event loop, as it does in a shell."""
    await asyncio.to_thread(main, arguments)
