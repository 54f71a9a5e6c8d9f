"""The commands of the embedded suite; `make` calls them."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from plumbline_shared.clock import SHANGHAI, FileClock
from plumbline_shared.testing.process import ServerError
from rich.console import Console

from plumbline_local.credentials import load_or_create
from plumbline_local.demo.play import play
from plumbline_local.issuer import CLIENT_SCOPES
from plumbline_local.layout import OFFSETS, SERVICES, Layout, layout
from plumbline_local.load import load
from plumbline_local.prepare import compose
from plumbline_local.reset import reset
from plumbline_local.serve import detach, serve
from plumbline_local.signals import Interrupted, stop_on_signals
from plumbline_local.state import is_locked, read_state, wait_for_end
from plumbline_local.status import print_status
from plumbline_local.tokens import TokenIssuer


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command; every foreseen trouble is one line on stderr and status 1."""
    options = _parser().parse_args(arguments)
    stop_on_signals()
    try:
        sys.exit(_dispatch(options, layout(demo=options.command == "demo")))
    except ServerError as error:
        sys.exit(f"plumbline: {error}")
    except Interrupted:
        sys.exit(130)


def _dispatch(options: argparse.Namespace, place: Layout) -> int:
    match options.command:
        case "up":
            return detach(place) if options.detach else _serve(place)
        case "demo":
            return play(place, keep_serving=os.environ.get("DEMO_EXIT") != "1")
        case "down":
            return down(place)
        case "status":
            return print_status(place, Console())
        case "logs":
            return logs(place, options.service, options.follow)
        case "token":
            return token(place, options.name, options.client, options.bureau)
        case "load":
            return load(place, options.file, options.bureau)
        case "compose":
            compose(place)
            sys.stdout.write(f"{place.supergraph}\n")
            return 0
        case "reset":
            sys.stdout.write("".join(f"moved to {path}\n" for path in reset(place)) or "nothing to move\n")
            return 0
        case _:
            return clock(options.instant if options.action == "set" else None)


def _serve(place: Layout) -> int:
    try:
        serve(place)
    except Interrupted:
        return 0
    return 0


def down(place: Layout) -> int:
    """Stops the suite of this clone and waits for its end."""
    state = read_state(place)
    if state is None or not is_locked(place):
        sys.stdout.write("nothing runs\n")
        return 0
    os.kill(state.pid, signal.SIGTERM)
    if not wait_for_end(place, 60):
        raise ServerError(f"process {state.pid} has not stopped after 60 s; see `make status`")
    sys.stdout.write("stopped\n")
    return 0


def logs(place: Layout, part: str, follow: bool) -> int:
    """The end of a part's log; with `follow`, what is written from now on as well."""
    file = place.data / f"{part}.log" if part in ("postgres", "nats") else place.log(part)
    if not file.exists():
        raise ServerError(f"no log of {part} at {file}")
    return subprocess.call(["tail", "-n", "100", *(["-F"] if follow else []), str(file)])


def token(place: Layout, name: str, client: bool, bureau: str) -> int:
    """A token for `Authorization: Bearer`: a person's for 12 hours, a client program's for one."""
    state = read_state(place)
    address = f"http://127.0.0.1:{state.base + OFFSETS['issuer']}" if state else place.url("issuer")
    issuer = TokenIssuer(address, load_or_create(place.secrets))
    if client and name not in CLIENT_SCOPES:
        raise ServerError(f"there is no client {name}: choose {' or '.join(CLIENT_SCOPES)}")
    bearer = issuer.client(name, CLIENT_SCOPES[name], bureau) if client else issuer.person(name)
    sys.stdout.write(bearer + "\n")
    return 0


def clock(instant: str | None) -> int:
    """Shows the suite's clock, or sets it where it can be set."""
    state = read_state(layout())
    files = [layout(demo=demo).clock for demo in (True, False)]
    file = next(
        (file for file in files if file.exists() and state and str(file).startswith(state.data)), None
    )
    if file is None:
        raise ServerError("the suite does not run on a settable clock; `make demo` does")
    hands = FileClock(file)
    if instant is not None:
        hands.set(parse_instant(instant))
    sys.stdout.write(hands.now().astimezone(SHANGHAI).isoformat() + "\n")
    return 0


def parse_instant(text: str) -> datetime:
    """ISO 8601; without an offset it is Shanghai's time."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise ServerError(f"{text} is not an instant such as 2026-04-16T09:00") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline-local", description="Plumbline on this machine. PLUMBLINE_PORT moves all ports."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    up = commands.add_parser("up", help="start everything and serve until Ctrl-C; data stays in var/")
    up.add_argument("--detach", action="store_true", help="return once it is ready and leave it running")
    commands.add_parser("down", help="stop what `up` or `demo` started")
    commands.add_parser("status", help="what runs, on which port, healthy or not, memory")
    show = commands.add_parser("logs", help="the end of a part's log")
    show.add_argument("service", choices=[*SERVICES, "gateway", "postgres", "nats", "supervisor"])
    show.add_argument("-f", "--follow", action="store_true", help="go on with what is written from now on")
    commands.add_parser("demo", help="load a bureau, play the scenarios, print and write the report")
    bearer = commands.add_parser("token", help="print a bearer token of a person, such as D01.huang-zhen")
    bearer.add_argument("name", help="a person's id, or with --client a program: " + ", ".join(CLIENT_SCOPES))
    bearer.add_argument("--client", action="store_true", help="a token of a client program")
    bearer.add_argument("--bureau", default="D01", help="the bureau that the program acts for (D01)")
    loading = commands.add_parser("load", help="import a bureau's directory into what `up` started")
    loading.add_argument("file", nargs="?", type=Path, help="an .xlsx; without it the demonstration's bureau")
    loading.add_argument("--bureau", default="P01", help="the bureau on whose authority it is loaded (P01)")
    commands.add_parser("compose", help="compose the supergraph into var/supergraph.graphql")
    commands.add_parser("reset", help="move the data in var/ aside, to start afresh")
    hands = commands.add_parser("clock", help="show or set the demonstration's clock")
    hands.add_argument("action", choices=["show", "set"])
    hands.add_argument("instant", nargs="?", help="such as 2026-04-16T09:00 (Shanghai)")
    return parser
