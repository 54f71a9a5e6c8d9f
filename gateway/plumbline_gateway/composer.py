"""Composition: subgraph schemas in, one standard supergraph out. Runs once, in Node, outside of the serving path."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
import yaml

from plumbline_gateway.node import node_command


class CompositionError(Exception):
    """The subgraphs do not fit together; one line of the message for each reason."""


@dataclass(frozen=True)
class Subgraph:
    """`url` is the GraphQL address that the supergraph names; `schema` is SDL text."""

    name: str
    url: str
    schema: str


def parse_subgraph(text: str) -> Subgraph:
    """`name=url=schema.graphql`. Raises CompositionError for another form or a file that cannot be read."""
    name, _, rest = text.partition("=")
    url, _, file = rest.rpartition("=")
    if not (name and url and file):
        raise CompositionError(f"--subgraph {text}: write it as name=url=schema.graphql")
    return Subgraph(name, url, _read(Path(file)))


def read_config(path: Path) -> list[Subgraph]:
    """The subgraphs of a YAML file `{subgraphs: {name: {url, schema}}}`; schemas are relative to the file."""
    try:
        entries = yaml.safe_load(_read(path))["subgraphs"]
        return [
            Subgraph(str(name), str(entry["url"]), _read(path.parent / entry["schema"]))
            for name, entry in entries.items()
        ]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise CompositionError(f"{path}: expected subgraphs: {{name: {{url, schema}}}}: {error}") from error


async def compose(subgraphs: Sequence[Subgraph]) -> str:
    """The supergraph SDL. Raises CompositionError with every reason."""
    if not subgraphs:
        raise CompositionError("no subgraphs: give --subgraph name=url=schema.graphql or --config FILE")
    request = [{"name": one.name, "url": one.url, "typeDefs": one.schema} for one in subgraphs]
    process = await asyncio.create_subprocess_exec(
        *node_command("compose.mjs"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(orjson.dumps(request))
    if process.returncode != 0:
        raise CompositionError(f"the composer failed: {err.decode(errors='replace')[-2000:]}")
    outcome = orjson.loads(out)
    if "errors" in outcome:
        raise CompositionError("\n".join(outcome["errors"]))
    return outcome["supergraph"]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CompositionError(f"{path}: {error}") from error
