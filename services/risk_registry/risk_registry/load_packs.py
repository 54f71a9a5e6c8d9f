"""Load packs that ship into the registry's catalogues: each whole, and a second time without effect.

python -m risk_registry.load_packs --bureau D01 [PACK …]
"""

import argparse
import asyncio
import os
from collections.abc import Sequence

from plumbline_shared import settings as environment
from plumbline_shared.principal import system
from plumbline_shared.process import close_runtime, open_runtime
from plumbline_shared.runtime import Runtime

from risk_registry.app import definition
from risk_registry.packs import shipped
from risk_registry.use_cases.keep_catalogue import Kept, LoadPack, load_pack


async def load(runtime: Runtime, bureau_id: str, names: Sequence[str]) -> list[Kept]:
    """Each pack in a transaction of its own; the bureau is the one in whose audit log it is written."""
    return [await runtime.execute(system(bureau_id), load_pack, LoadPack(name)) for name in names]


async def _run(bureau_id: str, names: Sequence[str]) -> None:
    runtime = await open_runtime(definition, environment.load(definition.settings, os.environ))
    try:
        for kept in await load(runtime, bureau_id, names):
            print(f"{kept.id}: {kept.entries} entries")
    finally:
        await close_runtime(runtime)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bureau", required=True)
    parser.add_argument("packs", nargs="*", help="all of them by default")
    options = parser.parse_args()
    asyncio.run(_run(options.bureau, options.packs or list(shipped())))


if __name__ == "__main__":
    main()
