"""Bench of the replay: a log of the shape of a large public one, beside a bare parse of the same file."""

import argparse
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any

from lxml import etree

OUT = Path(__file__).parents[2] / "var" / "bench" / "replay.jsonl"
CASES = 150_000
EVENTS_OF_ONE = 1_000_000
ACTIVITIES = ("Create", "Send", "Notify", "Penalty", "Credit", "Pay", "Appeal", "Judge")
LENGTHS = (2, 2, 3, 5, 5, 5, 4, 4, 4, 3)

DEFINITION = """
item: BENCH-REPLAY
version: 1
name: {zh: 测速, en: Bench}
order: FREE
time_zone: Europe/Rome
citation: {source: a made log}
steps: [{code: Create}, {code: Send}, {code: Notify}, {code: Penalty}, {code: Credit}, {code: Pay}, {code: Appeal}, {code: Judge}]
main_path: [Create, Send]
checks:
  same_person: [[Create, Pay]]
  precedence: [[Send, Notify]]
  required: [Pay]
  forbidden_after: [[Pay, Credit]]
  time_limit: [{id: ninety, from: Create, to: Send, length: 90}, {id: whole, from: Create, to: "@last", length: 360}]
"""


def main() -> int:
    """0 when every case ran; the figures are in var/bench/replay.jsonl."""
    parser = argparse.ArgumentParser(prog="make bench BENCH=replay ARGS=", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES, help="of two to five events (default 150,000)")
    parser.add_argument("--events-of-one", type=int, default=EVENTS_OF_ONE, help="default 1,000,000")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as name:
        folder = Path(name)
        (folder / "definition.yaml").write_text(DEFINITION, encoding="utf-8")
        shapes: dict[str, Callable[[IO[str]], int]] = {
            f"{options.cases:,} cases": partial(_many_cases, options.cases),
            "one case": partial(_one_case, options.events_of_one),
        }
        lines = [line for case, shape in shapes.items() for line in _case(folder, case, shape)]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    for line in lines:
        print(
            f"{line['case']:<32}{line['value']:>10,} {line['unit']:<9} floor {line['floor']} ratio {line['ratio']}"
        )
    return 0


def _case(folder: Path, case: str, shape: Callable[[IO[str]], int]) -> list[dict[str, Any]]:
    log = folder / "log.xes.gz"
    with gzip.open(log, "wt", compresslevel=3, encoding="utf-8") as out:
        out.write('<log xes.version="1849.2016" xmlns="http://www.xes-standard.org/">')
        _say(f"{case}: the log is made")
        events = shape(out)
        out.write("</log>")
    _say(f"{case}: {events:,} events parsed and thrown away")
    floor = events / _parsed(log)
    _say(f"{case}: replayed")
    seconds, megabytes = _replayed(log, folder)
    value = events / seconds
    return [
        _line(f"{case}, {events:,} events", round(value), "events/s", round(floor), round(value / floor, 3)),
        _line(f"{case}, peak memory", megabytes, "MB", None, None) | {"aim": "< 400 MB"},
    ]


def _line(case: str, value: int, unit: str, floor: int | None, ratio: float | None) -> dict[str, Any]:
    return {"bench": "replay", "case": case, "value": value, "unit": unit, "floor": floor, "ratio": ratio}


def _say(line: str) -> None:
    print(f"      {line}", file=sys.stderr, flush=True)


def _parsed(log: Path) -> float:
    """Seconds for a bare parse that only throws every event away."""
    began = time.perf_counter()
    with gzip.open(log) as stream:
        for _, element in etree.iterparse(stream, tag=("{*}event", "{*}trace")):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return time.perf_counter() - began


def _replayed(log: Path, folder: Path) -> tuple[float, int]:
    """Seconds and peak memory of the command as a user runs it, without a database."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command: Sequence[str | Path] = (
        *(sys.executable, "-m", "case_flow.cli", "replay", log, "--mode", "observe"),
        *("--definition", folder / "definition.yaml", "--report", folder / "report.json"),
    )
    began = time.perf_counter()
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def _many_cases(cases: int, out: IO[str]) -> int:
    dice, events = random.Random(7), 0
    for case in range(cases):
        at = datetime(2006, 1, 1, tzinfo=UTC) + timedelta(days=dice.randrange(2_000))
        out.write(f'<trace><string key="concept:name" value="A{case}"/>')
        for number in range(dice.choice(LENGTHS)):
            at += timedelta(days=dice.randrange(60), seconds=dice.randrange(30_000))
            usual = dice.random() < 0.8
            official = f"{dice.randrange(150)}" if number == 0 or dice.random() < 0.3 else ""
            out.write(_event(ACTIVITIES[number] if usual else dice.choice(ACTIVITIES), at, official))
            events += 1
        out.write("</trace>\n")
    return events


def _one_case(number: int, out: IO[str]) -> int:
    dice, start = random.Random(8), datetime(2006, 1, 1, tzinfo=UTC)
    out.write('<trace><string key="concept:name" value="long"/>')
    for _ in range(number):
        at = start + timedelta(seconds=dice.randrange(100_000_000))
        out.write(_event(dice.choice(ACTIVITIES), at, f"{dice.randrange(150)}"))
    out.write("</trace>\n")
    return number


def _event(activity: str, at: datetime, official: str) -> str:
    who = f'<string key="org:resource" value="{official}"/>' if official else ""
    return (
        f'<event>{who}<string key="concept:name" value="{activity}"/>'
        f'<date key="time:timestamp" value="{at.isoformat(timespec="milliseconds")}"/>'
        '<string key="lifecycle:transition" value="complete"/><float key="amount" value="35.0"/></event>'
    )


if __name__ == "__main__":
    sys.exit(main())
