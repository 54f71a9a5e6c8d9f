"""`plumbline-gateway compose` and `plumbline-gateway serve`."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import uvloop

from plumbline_gateway.composer import CompositionError, Subgraph, compose, parse_subgraph, read_config
from plumbline_gateway.planner import BadSupergraph
from plumbline_gateway.serve import serve
from plumbline_gateway.settings import SettingsError, load


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0, or 1 after one line for each reason on standard error."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (CompositionError, BadSupergraph, SettingsError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        print(f"plumbline-gateway: {reason}", file=sys.stderr)
        return 1


def _compose(options: argparse.Namespace) -> int:
    subgraphs: list[Subgraph] = [parse_subgraph(text) for text in options.subgraph]
    if options.config:
        subgraphs += read_config(options.config)
    supergraph = asyncio.run(compose(subgraphs))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    part = options.out.with_suffix(".part")
    part.write_text(supergraph, encoding="utf-8")
    part.replace(options.out)  # a gateway that follows the file never sees half of it
    return 0


def _serve(options: argparse.Namespace) -> int:
    given = {
        name: getattr(options, name)
        for name in ("supergraph", "host", "port", "open", "dev", "introspection")
    }
    settings = load(os.environ, **given)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    uvloop.run(serve(settings))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plumbline-gateway", description=__doc__)
    commands = parser.add_subparsers(required=True)
    composing = commands.add_parser("compose", help="join subgraph schemas to one supergraph file")
    composing.add_argument("--subgraph", action="append", default=[], metavar="NAME=URL=FILE")
    composing.add_argument("--config", type=Path, metavar="FILE", help="subgraphs.yaml")
    composing.add_argument("--out", type=Path, default=Path("supergraph.graphql"))
    composing.set_defaults(run=_compose)
    serving = commands.add_parser("serve", help="serve a supergraph file; it is followed while serving")
    serving.add_argument("--supergraph", metavar="FILE")
    serving.add_argument("--host")
    serving.add_argument("--port", type=int)
    serving.add_argument("--open", action="store_true", default=None, help="no identity, any subgraphs")
    serving.add_argument("--dev", action="store_true", default=None, help="GraphiQL at /graphql")
    serving.add_argument(
        "--no-introspection", dest="introspection", action="store_false", default=None, help="hide the schema"
    )
    serving.set_defaults(run=_serve)
    return parser
