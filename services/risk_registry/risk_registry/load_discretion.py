"""Put discretion standards in force: those that ship, or a table of published tiers; every bad row is named.

python -m risk_registry.load_discretion --bureau D01 --effective-from 2026-07-01 [demo] [published] [TABLE.csv …]
"""

import argparse
import asyncio
import os
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from plumbline_shared import settings as environment
from plumbline_shared.errors import PlumblineError
from plumbline_shared.principal import system
from plumbline_shared.process import close_runtime, open_runtime

from risk_registry.app import definition
from risk_registry.discretion_packs import CODES, BadRows, shipped_standard, standard_of_table
from risk_registry.use_cases.load_discretion import LoadStandard, load_standard


def standard_named(name: str, effective_from: date) -> LoadStandard:
    """A pack by its name or a table by its file name. Raises BadRows, Invalid, TooLarge or OSError."""
    if name in CODES:
        return LoadStandard(CODES[name], shipped_standard(name), effective_from, f"pack:{name}")
    file = Path(name)
    code = re.sub(r"[^A-Z0-9]+", "-", file.stem.upper()).strip("-")
    return LoadStandard(
        code, standard_of_table(file.name, file.read_bytes()), effective_from, f"file:{file.name}"
    )


async def _run(bureau_id: str, commands: Sequence[LoadStandard]) -> None:
    runtime = await open_runtime(definition, environment.load(definition.settings, os.environ))
    try:
        for command in commands:
            kept = await runtime.execute(system(bureau_id), load_standard, command)
            print(f"{kept.standard_id} version {kept.version}: {len(command.body.points)} violation points")
    finally:
        await close_runtime(runtime)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when everything is in force, 1 when something was refused and nothing of it kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bureau", required=True)
    parser.add_argument("--effective-from", required=True, type=date.fromisoformat)
    parser.add_argument("standards", nargs="+", metavar="demo|published|TABLE")
    options = parser.parse_args(arguments)
    try:
        commands = [standard_named(name, options.effective_from) for name in options.standards]
        asyncio.run(_run(options.bureau, commands))
    except (BadRows, PlumblineError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
