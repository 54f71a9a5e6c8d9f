"""`case-flow`: replay an event log, check a definition, draft one from a log, export matters, verify their audit rows."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import asyncpg
import msgspec
from plumbline_shared.audit.bundle_check import main as verify_proof
from plumbline_shared.bpmn.picture import picture
from plumbline_shared.bpmn.writing import written
from plumbline_shared.clock import Clock, FileClock, SystemClock
from plumbline_shared.database import Database
from plumbline_shared.errors import PlumblineError
from rich.console import Console

from case_flow.domain.bpmn_in import parse_either
from case_flow.domain.bpmn_out import diagram_of
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.definition_file import yaml_of
from case_flow.domain.errors import InvalidDefinition
from case_flow.domain.matter import Regime
from case_flow.export.command import FORMS, Export, export_as
from case_flow.replay.alone import replay_alone
from case_flow.replay.bars import bars
from case_flow.replay.draft import draft
from case_flow.replay.report_parts import Report
from case_flow.replay.report_schema import report_schema
from case_flow.replay.run import Replay, replay

DRAWN: Mapping[str, Callable[[ItemDefinition], str]] = {
    ".bpmn": lambda definition: written(diagram_of(definition)),
    ".svg": lambda definition: picture(diagram_of(definition)),
    ".yaml": yaml_of,
}


_REPLAY = """Replay an XES event log (IEEE 1849) and report what the checks of a definition find.

  case-flow draft log.xes.gz --out steps.yaml           a definition with every activity of the log
  ...                                                   name its checks: same_person, precedence, time_limit,
                                                        required, forbidden_after
  case-flow replay log.xes.gz --definition steps.yaml --report report.json

Persons are sets, dates local, equal times keep the order of the file. A log that is cut, has an event without
activity or time, a case twice or an activity without a step is refused with its place, and nothing is written.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Exit status 0, 1 for refused input (the reasons on stderr), 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    console = Console(stderr=True, highlight=False)
    try:
        options.run(options, console)
    except InvalidDefinition as error:
        for problem in error.problems:
            place = problem.element or problem.line
            sys.stderr.write(f"{options.definition}:{place}: {problem.code}: {problem.message}\n")
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
    began, url = time.perf_counter(), options.database_url
    report = asyncio.run(_recorded(url, wanted, console)) if url else _alone(wanted, console)
    took = time.perf_counter() - began
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    console.print(
        f"{report.cases:,} cases, {report.events:,} events, {report.refused_events:,} refused, "
        f"{report.persons:,} persons, {report.variants.count:,} variants; "
        f"{report.log.events / took:,.0f} events/s; report in {options.report}"
    )


def _alone(wanted: Replay, console: Console) -> Report:
    with bars(console) as moved:
        return replay_alone(wanted, moved)


async def _recorded(url: str, wanted: Replay, console: Console) -> Report:
    db = await Database.connect(url, max_size=2)
    try:
        with bars(console) as moved:
            return await replay(db, _clock(), wanted, moved)
    finally:
        await db.close()


def _check(options: argparse.Namespace, console: Console) -> None:
    definition = parse_either(options.definition.read_text(encoding="utf-8"))
    console.print(f"{definition.item} v{definition.version}: {len(definition.steps)} steps, no fault")


def _draw(options: argparse.Namespace, console: Console) -> None:
    if (drawn := DRAWN.get(options.out.suffix)) is None:
        sys.exit(f"case-flow: {options.out} ends in none of {', '.join(DRAWN)}")
    definition = parse_either(options.definition.read_text(encoding="utf-8"))
    options.out.write_text(drawn(definition), encoding="utf-8")
    console.print(f"{options.out}: {definition.item} v{definition.version}, {len(definition.steps)} steps")


def _schema(_options: argparse.Namespace, _console: Console) -> None:
    sys.stdout.write(report_schema().decode())


def _draft(options: argparse.Namespace, console: Console) -> None:
    text = draft(options.log, options.item)
    options.out.write_text(text, encoding="utf-8")
    console.print(f"{options.out}: now name the checks and the source")


def _export(options: argparse.Namespace, console: Console) -> None:
    wanted = Export(options.item, options.format, options.out, options.since, options.until, options.run)
    count = asyncio.run(_exported(options.database_url, options.reader, wanted))
    console.print(f"{count:,} matters in {options.out}")


async def _exported(url: str, reader: str, wanted: Export) -> int:
    db = await Database.connect(url, max_size=1)
    try:
        return await export_as(db, _clock(), reader, wanted)
    finally:
        await db.close()


def _verify(options: argparse.Namespace, _console: Console) -> None:
    verify_proof([str(options.proof), *([options.key] if options.key else [])])


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
    _add_replay(
        commands.add_parser(
            "replay",
            help="replay an XES event log and report what the checks find",
            description=_REPLAY,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    _add_export(commands.add_parser("export", help="write matters as an event log, XES or OCEL 2.0"))
    check = commands.add_parser("check", help="check a definition (YAML or BPMN), every fault with its place")
    check.add_argument("definition", type=Path)
    check.set_defaults(run=_check)
    drawn = commands.add_parser("draw", help="a definition as BPMN 2.0, as a picture (.svg) or back as .yaml")
    drawn.add_argument("definition", type=Path, help="a definition file, or a BPMN document")
    drawn.add_argument("--out", type=Path, required=True, help="ends in .bpmn, .svg or .yaml")
    drawn.set_defaults(run=_draw)
    made = commands.add_parser("draft", help="draft a definition from the activities of a log")
    made.add_argument("log", type=Path)
    made.add_argument("--item", default="OBSERVED", help="code of the item (default OBSERVED)")
    made.add_argument("--out", type=Path, required=True)
    made.set_defaults(run=_draft)
    schema = commands.add_parser("report-schema", help="print the JSON Schema of a replay's report")
    schema.set_defaults(run=_schema)
    proof = commands.add_parser("verify-proof", help="verify the audit rows of a matter, offline")
    proof.add_argument("proof", type=Path, help="the text of `auditProof`, byte for byte")
    proof.add_argument("--key", help="the log's verifier key: then the signature is checked too")
    proof.set_defaults(run=_verify)
    return parser


def _add_export(parser: argparse.ArgumentParser) -> None:
    url = os.environ.get("DATABASE_URL")
    parser.add_argument("out", type=Path)
    parser.add_argument("--item", required=True, help="code of the item")
    parser.add_argument("--format", choices=tuple(FORMS), default="xes")
    parser.add_argument("--reader", required=True, help="a person's id: only what they see is exported")
    parser.add_argument("--since", type=date.fromisoformat, default=date.min, help="accepted on or after")
    parser.add_argument("--until", type=date.fromisoformat, default=date.max, help="accepted before")
    parser.add_argument("--run", help="matters of this replay instead of live ones")
    parser.add_argument("--database-url", default=url, required=url is None, help="default: DATABASE_URL")
    parser.set_defaults(run=_export)


def _add_replay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("log", type=Path, help="an .xes or .xes.gz file")
    parser.add_argument("--definition", type=Path, required=True, help="see docs/how-to/define-an-item.md")
    parser.add_argument(
        "--mode",
        choices=("observe", "enforce"),
        default="observe",
        help="note what the checks find (default), or refuse the step instead",
    )
    parser.add_argument(
        "--report", type=Path, required=True, help="where the JSON report goes; see `case-flow report-schema`"
    )
    parser.add_argument("--bureau", default="D01", help="the bureau whose matters these become (default D01)")
    parser.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL"),
        help="every case becomes a matter there (default DATABASE_URL); without one the log is only judged",
    )
    parser.set_defaults(run=_replay)


if __name__ == "__main__":
    main()
