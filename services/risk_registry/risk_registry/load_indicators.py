"""Put the indicators that ship in force, with the regulations that they cite; a second time without effect.

python -m risk_registry.load_indicators --bureau D01 --effective-from 2026-01-01
"""

import argparse
import asyncio
import os
from datetime import date

from plumbline_shared import settings as environment
from plumbline_shared.principal import system
from plumbline_shared.process import close_runtime, open_runtime

from risk_registry.app import definition
from risk_registry.use_cases.load_indicators import LoadIndicators, load_indicators


async def _run(bureau_id: str, effective_from: date) -> None:
    runtime = await open_runtime(definition, environment.load(definition.settings, os.environ))
    try:
        done = await runtime.execute(system(bureau_id), load_indicators, LoadIndicators(effective_from))
        print(f"{done.indicators} indicators, {done.activated} new")
    finally:
        await close_runtime(runtime)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bureau", required=True)
    parser.add_argument("--effective-from", required=True, type=date.fromisoformat)
    options = parser.parse_args()
    asyncio.run(_run(options.bureau, options.effective_from))


if __name__ == "__main__":
    main()
