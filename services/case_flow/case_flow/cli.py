"""`case-flow`: replay an event log, check a definition, draft one from a log."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import msgspec
from plumbline_shared.clock import Clock, FileClock, SystemClock
from plumbline_shared.database import Database
from plumbline_shared.errors import PlumblineError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from case_flow.domain.errors import InvalidDefinition
from case_flow.domain.matter import Regime
from case_flow.domain.parsing import parse
from case_flow.replay.draft import draft
from case_flow.replay.report_parts import Report
from case_flow.replay.run import Replay, replay


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Exit status 0, 1 for refused input (the reasons on stderr), 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=True, highlight=False)
    try:
        options.run(options, console)
    except InvalidDefinition as error:
        for problem in error.problems:
            sys.stderr.write(f"{options.definition}:{problem.line}: {problem.code}: {problem.message}\n")
        sys.exit(1)
    except PlumblineError as error:
        sys.exit(f"case-flow: {error.code}: {error.message}")
    except (OSError, asyncpg.PostgresError) as error:
        sys.exit(f"case-flow: {_advice(error)}")
    except KeyboardInterrupt:
        sys.exit("case-flow: stopped; the same command goes on where it was")


def _replay(options: argparse.Namespace, console: Console) -> None:
    wanted = Replay(
        options.log,
        options.definition.read_text(encoding="utf-8"),
        options.bureau,
        Regime(str(options.mode).upper()),
    )
    report = asyncio.run(_replay_all(options.database_url, wanted, console))
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    console.print(
        f"{report.cases:,} cases, {report.events:,} events, {report.refused_events:,} refused, "
        f"{report.persons:,} persons, {report.variants.count:,} variants; report in {options.report}"
    )


async def _replay_all(url: str, wanted: Replay, console: Console) -> Report:
    db = await Database.connect(url, max_size=2)
    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console) as bar:
            tasks = {stage: bar.add_task(stage, total=None) for stage in ("survey", "replay")}

            def moved(stage: str, done: int, total: int) -> None:
                bar.update(tasks[stage], completed=done, total=total or None)

            return await replay(db, _clock(), wanted, moved)
    finally:
        await db.close()


def _check(options: argparse.Namespace, console: Console) -> None:
    definition = parse(options.definition.read_text(encoding="utf-8"))
    console.print(f"{definition.item} v{definition.version}: {len(definition.steps)} steps, no fault")


def _draft(options: argparse.Namespace, console: Console) -> None:
    text = draft(options.log, options.item)
    options.out.write_text(text, encoding="utf-8")
    console.print(f"{options.out}: now name the checks and the source")


def _clock() -> Clock:
    file = os.environ.get("CLOCK_FILE")
    return FileClock(Path(file)) if file else SystemClock()


def _advice(error: OSError | asyncpg.PostgresError) -> str:
    if isinstance(error, asyncpg.UndefinedTableError):
        return "the database has no tables of case flow: run `python -m case_flow.app migrate` first"
    if isinstance(error, FileNotFoundError):
        return f"there is no file {error.filename}"
    return f"{type(error).__name__}: {error}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="case-flow", description="Tools of the service case flow.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_replay(commands.add_parser("replay", help="replay an XES event log through the use cases"))
    check = commands.add_parser("check", help="check a definition file, every fault with its line")
    check.add_argument("definition", type=Path)
    check.set_defaults(run=_check)
    made = commands.add_parser("draft", help="draft a definition from the activities of a log")
    made.add_argument("log", type=Path)
    made.add_argument("--item", default="OBSERVED", help="code of the item (default OBSERVED)")
    made.add_argument("--out", type=Path, required=True)
    made.set_defaults(run=_draft)
    return parser


def _add_replay(parser: argparse.ArgumentParser) -> None:
    url = os.environ.get("DATABASE_URL")
    parser.add_argument("log", type=Path, help="an .xes or .xes.gz file")
    parser.add_argument("--definition", type=Path, required=True, help="see docs/how-to/define-an-item.md")
    parser.add_argument("--mode", choices=("observe", "enforce"), default="observe")
    parser.add_argument("--report", type=Path, required=True, help="where the JSON report goes")
    parser.add_argument("--bureau", default="D01", help="the bureau whose matters these become (default D01)")
    parser.add_argument("--database-url", default=url, required=url is None, help="default: DATABASE_URL")
    parser.set_defaults(run=_replay)
