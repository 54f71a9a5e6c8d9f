"""`python tests/bench [NAME|all] [OPTION …]`: each bench in a process of its own, one table at the end."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "var" / "bench"
BENCHES = {
    "gateway": "requests/s and latency of the gateway, its memory, a join of the real services, a subgraph's CPU",
    "step": "a step of a matter through the use case, the subgraph and the gateway, beside its own statements run bare",
    "events": "commit to the consumer's commit, and how fast a backlog drains",
    "intake": "hotline posts with sealing, idempotency and audit row",
    "caseflow_scale": "a step, an inbox page and due timers as the tables of case flow fill, up to four million matters",
    "replay": "a log of 150,000 cases and one of a million events in one case, beside a bare parse",
    "segregation": "incompatible duties of a province of 30,000 officers, each bureau in a transaction of its own",
    "registry": "a national register of 2.2 million points: lists, histories, counts, imports, handbooks",
}


TOGETHER = {"registry": ["segregation", "registry"]}
"""What one name runs where it is more than one: both measure the risk registry."""


def main() -> int:
    """0 when every bench ran and nothing failed in it."""
    (names, options), console = _wanted(), Console()
    failed, asked = list[str](), "--help" in options
    for number, name in enumerate(names, start=1):
        console.print(
            f"[{number}/{len(names)}] {name}: {BENCHES[name]} (load {os.getloadavg()[0]:.2f})", markup=False
        )
        began = time.monotonic()
        command = [sys.executable, HERE / f"{name}.py", *options]
        status = subprocess.run(command, stdout=None if asked else subprocess.DEVNULL, check=False)
        console.print(f"      {time.monotonic() - began:.0f} s", markup=False)
        if status.returncode:
            failed.append(name)
    ran = [name for name in names if name not in failed]
    if not asked:
        console.print(_table([line for name in ran for line in _lines(name)]))
    if failed:
        console.print(f"failed: {', '.join(failed)}", style="red")
    return 1 if failed else 0


def _wanted() -> tuple[list[str], list[str]]:
    """Which benches, and the options that only one of them knows."""
    parser = argparse.ArgumentParser(
        prog="make bench BENCH=",
        description="Measure. Every figure stands beside its floor, taken in the same run.",
        epilog="\n".join(f"  {name:<15}{what}" for name, what in BENCHES.items())
        + '\n\noptions of one of them: make bench BENCH=caseflow_scale ARGS="--help"',
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("bench", nargs="?", default="all", choices=["all", *BENCHES], metavar="BENCH")
    parser.add_argument("options", nargs=argparse.REMAINDER, metavar="…")
    given = parser.parse_args()
    if given.options and given.bench == "all":
        parser.error("options are those of one bench: name it")
    if given.bench == "all":
        return list(BENCHES), []
    return [given.bench] if given.options else TOGETHER.get(given.bench, [given.bench]), given.options


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (OUT / f"{name}.jsonl").read_text().splitlines()]


def _table(lines: list[dict[str, Any]]) -> Table:
    table = Table(caption=f"load {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores; lines in var/bench/")
    for heading in ("bench", "case"):
        table.add_column(heading)
    for heading in ("value", "floor", "ratio"):
        table.add_column(heading, justify="right")
    table.add_column("unit")
    table.add_column("aim")
    for line in lines:
        figures = [_number(line[name]) for name in ("value", "floor", "ratio")]
        table.add_row(line["bench"], line["case"], *figures, line["unit"], _aim(line))
    return table


def _aim(line: Mapping[str, Any]) -> str:
    """What the figure should be, as the bench says it; a bare number is one of the same unit."""
    if "target_ratio" in line:
        return f"ratio {line['target_ratio']}"
    return str(line.get("aim") or _number(line.get("target")))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,}"


if __name__ == "__main__":
    sys.exit(main())
