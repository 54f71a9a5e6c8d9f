"""`plumbline-audit`: export the log, and verify an export offline against two checkpoints."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import msgspec

from plumbline_shared.audit import log as table
from plumbline_shared.audit.checkpoint import BadCheckpoint, Signer, VerifierKey, make_key
from plumbline_shared.audit.entry import Entry
from plumbline_shared.audit.export import BadExport, inclusion, read_lines, verify, write_lines
from plumbline_shared.database import Database
from plumbline_shared.principal import system

PAGE = 5_000


class Proof(msgspec.Struct, frozen=True):
    """What `proof` prints; hashes in base64, siblings from the leaf upwards."""

    entry: Entry
    leaf: bytes
    proof: Sequence[bytes]
    checkpoint: str


def main(arguments: list[str] | None = None) -> None:
    """Run a command; what does not hold ends with one line and status 1."""
    options = _parser().parse_args(arguments)
    try:
        sys.stdout.write(options.run(options))
    except (BadCheckpoint, BadExport) as error:
        sys.exit(f"DOES NOT HOLD: {error}")
    except (OSError, ValueError, asyncpg.PostgresError) as error:
        sys.exit(f"plumbline-audit: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plumbline-audit", description="The audit log, outside the suite.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    keygen = commands.add_parser("keygen", help="make a signing key and print its verifier key")
    keygen.add_argument("file", type=Path)
    keygen.add_argument("--log", required=True, help="the log's name, such as plumbline/complaints")
    keygen.set_defaults(run=_keygen)
    export = commands.add_parser("export", help="write all sequenced entries as JSON lines")
    export.add_argument("out", type=Path)
    export.add_argument("--database", default=os.environ.get("DATABASE_URL"), help="else DATABASE_URL")
    export.add_argument("--checkpoint", type=Path, help="also write the newest checkpoint to this file")
    export.set_defaults(run=_export)
    check = commands.add_parser("verify", help="hold an export against two checkpoints, offline")
    check.add_argument("export", type=Path)
    check.add_argument("--checkpoint", type=Path, action="append", required=True, help="give it twice")
    check.add_argument("--key", help="the log's verifier key: then the signatures are checked too")
    check.set_defaults(run=_verify)
    proof = commands.add_parser("proof", help="prove that one entry is in the log, from an export")
    proof.add_argument("export", type=Path)
    proof.add_argument("--seq", type=int, required=True)
    proof.add_argument("--checkpoint", type=Path, required=True)
    proof.add_argument("--key")
    proof.set_defaults(run=_proof)
    return parser


def _keygen(options: argparse.Namespace) -> str:
    make_key(options.file)
    return f"{Signer.load(options.log, options.file).verifier}\n"


def _export(options: argparse.Namespace) -> str:
    if not options.database:
        raise ValueError("name the database: --database or DATABASE_URL")
    size, newest = asyncio.run(_export_from(options.database, options.out))
    if options.checkpoint is not None:
        if newest is None:
            raise ValueError("no checkpoint was signed yet: set AUDIT_KEY_FILE")
        options.checkpoint.write_text(newest[1], encoding="utf-8")
    return f"{size} entries in {options.out}\n"


async def _export_from(url: str, out: Path) -> tuple[int, tuple[int, str] | None]:
    db = await Database.connect(url, max_size=1)
    try:
        async with db.read(system()) as conn:
            size = await table.tree_size(conn)
            newest = await table.newest_checkpoint(conn)
            with out.open("wb") as lines:
                for first in range(0, size, PAGE):
                    entries = await table.read_entries(conn, first, min(first + PAGE, size))
                    lines.writelines(write_lines(entries))
    finally:
        await db.close()
    return size, newest


def _verify(options: argparse.Namespace) -> str:
    if len(options.checkpoint) != 2:
        raise ValueError(
            "give --checkpoint twice: an older one, kept out of the operator's hands, and a newer one"
        )
    older, newer = (file.read_text(encoding="utf-8") for file in options.checkpoint)
    key = VerifierKey.parse(options.key) if options.key else None
    found = verify(read_lines(options.export), older, newer, key)
    signed = "signatures hold" if key else "signatures NOT checked (no --key)"
    return (
        f"HOLDS: {found.newer.origin}, {found.entries} entries, {found.erased} erased; "
        f"{found.older.size} → {found.newer.size} append-only; {signed}\n"
    )


def _proof(options: argparse.Namespace) -> str:
    key = VerifierKey.parse(options.key) if options.key else None
    note = options.checkpoint.read_text(encoding="utf-8")
    entries = list(read_lines(options.export))
    point = verify(entries, note, note, key).newer
    seq: int = options.seq
    leaf, proof = inclusion(entries, seq, point.size)
    body = Proof(entries[seq], leaf, proof, note)
    return msgspec.json.format(msgspec.json.encode(body)).decode() + "\n"


if __name__ == "__main__":
    main()
