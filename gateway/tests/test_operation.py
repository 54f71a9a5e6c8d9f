"""Starting, following the file, losing the planner, and the command line."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import gateway_worlds
import pytest
import yaml
from conftest import World, supergraph_of, world
from gateway_subgraph import LINK
from plumbline_gateway.cli import main
from plumbline_gateway.composer import CompositionError, compose
from plumbline_gateway.composer import Subgraph as Composed
from plumbline_gateway.planner import BadSupergraph, Planner, PlanRefused


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path, gateway_worlds.overriding()) as found:
        yield found


async def test_a_changed_file_is_taken_while_serving(own: World) -> None:
    assert own.app._watcher is not None
    assert not await own.app._watcher.look()
    own.file.write_text(await supergraph_of([own.subgraphs["plays"]]))
    answers = [asyncio.create_task(own.data("{ top { id } }")) for _ in range(20)]
    assert await own.app._watcher.look()
    assert all(one == {"top": {"id": "s2"}} for one in await asyncio.gather(*answers))
    answer = await own.ask("{ song { title } }")
    assert answer["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    "broken", ["", "type Query {", "type Query { a: Int }", "\0", "enum join__Graph { A }"]
)
async def test_a_broken_file_leaves_the_last_good_one(
    own: World, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    good = own.file.read_text()
    own.file.write_text(broken)
    assert own.app._watcher is not None
    with caplog.at_level(logging.ERROR):
        assert not await own.app._watcher.look()
        assert not await own.app._watcher.look()
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1
    assert "the last good one serves on" in lines[0]
    assert "\n" not in lines[0]
    assert await own.data("{ song { title } }") == {"song": {"title": "Rain"}}
    own.file.write_text(good)
    assert await own.app._watcher.look()


async def test_a_file_that_vanished_leaves_the_last_good_one(own: World) -> None:
    own.file.unlink()
    assert own.app._watcher is not None
    assert not await own.app._watcher.look()
    assert await own.data("{ song { title } }") == {"song": {"title": "Rain"}}


async def test_a_killed_planner_is_started_again(own: World) -> None:
    planner = own.app.gateway.graph.planner
    for number in range(3):
        pid = planner.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert await own.data(f"{{ a{number}: song {{ title }} }}") == {f"a{number}": {"title": "Rain"}}
        assert planner.pid not in (None, pid)


async def test_cached_plans_need_no_planner(own: World) -> None:
    await own.data("{ song { title } }")
    await own.app.gateway.graph.planner.close()
    assert await own.data("{ song { title } }") == {"song": {"title": "Rain"}}
    assert await own.data("{  song {   title  } # the same but for its form\n }") == {
        "song": {"title": "Rain"}
    }
    assert own.app.gateway.graph.planner.pid is None


async def test_caches_are_bounded(own: World) -> None:
    graph = own.app.gateway.graph
    for number in range(50):
        await own.data(f"{{ a{number}: __typename }}")
    assert len(graph._prepared) >= 50
    graph._prepared._size = 10
    await own.data("{ another: __typename }")
    await own.data("{ song { id } }")
    assert len(graph._prepared) <= 51


async def test_the_planner_refuses_a_bad_supergraph() -> None:
    with pytest.raises(BadSupergraph):
        await Planner.start("type Query {")


async def test_the_planner_says_why_it_has_no_plan(own: World) -> None:
    with pytest.raises(PlanRefused, match="nothing"):
        await own.app.gateway.graph.planner.plan("{ nothing }", None)


async def test_composition_names_every_reason() -> None:
    broken = [
        Composed("a", "http://a", LINK + 'type Query { x: Int } type T @key(fields: "nope") { id: ID }'),
        Composed("b", "http://b", LINK + "type Query { x: String }"),
    ]
    with pytest.raises(CompositionError, match=r"(?s)nope.*|x"):
        await compose(broken)
    with pytest.raises(CompositionError, match=r"\[c\]"):
        await compose([Composed("c", "http://c", "type Query {")])
    with pytest.raises(CompositionError, match="no subgraphs"):
        await compose([])


def test_compose_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = tmp_path / "a.graphql"
    schema.write_text(LINK + "type Query { x: Int }")
    out = tmp_path / "deep" / "supergraph.graphql"
    assert main(["compose", "--subgraph", f"a=http://a:1/graphql={schema}", "--out", str(out)]) == 0
    assert 'url: "http://a:1/graphql"' in out.read_text()
    config = tmp_path / "subgraphs.yaml"
    config.write_text("subgraphs:\n  a:\n    url: http://b\n    schema: a.graphql\n")
    assert main(["compose", "--config", str(config), "--out", str(out)]) == 0
    assert 'url: "http://b"' in out.read_text()
    before = out.read_text()
    for bad in (["--subgraph", "a"], ["--config", str(tmp_path / "no.yaml")], ["--config", str(schema)], []):
        assert main(["compose", *bad, "--out", str(out)]) == 1
        assert capsys.readouterr().err.startswith("plumbline-gateway: ")
    assert out.read_text() == before


def test_the_committed_configuration_names_the_services() -> None:
    config = yaml.safe_load((Path(__file__).parents[1] / "subgraphs.yaml").read_text())["subgraphs"]
    services = {path.name for path in (Path(__file__).parents[2] / "services").iterdir() if path.is_dir()}
    assert set(config) == services
    assert len({entry["url"] for entry in config.values()}) == 6


def test_serve_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "no.graphql")
    assert main(["serve", "--supergraph", missing, "--port", "0", "--open"]) == 1
    assert "cannot be read" in capsys.readouterr().err
    broken = tmp_path / "broken.graphql"
    broken.write_text("type Query { a: Int }")
    assert main(["serve", "--supergraph", str(broken), "--port", "0", "--open"]) == 1
    assert "join__Graph" in capsys.readouterr().err


async def test_the_process_serves_and_drains_on_sigterm(tmp_path: Path) -> None:
    subgraph = gateway_worlds.ticking()[1]
    await subgraph.start()
    file = tmp_path / "supergraph.graphql"
    file.write_text(await supergraph_of([subgraph]))
    process, port = await _serve(file)
    try:
        async with aiohttp.ClientSession() as session:
            url = f"http://127.0.0.1:{port}"
            async with session.post(f"{url}/graphql", json={"query": "{ persons { id } }"}) as response:
                assert len((await response.json())["data"]["persons"]) == 3
            process.send_signal(signal.SIGTERM)
            async with session.get(f"{url}/readyz") as response:
                assert response.status in (200, 503)
            async with session.post(f"{url}/graphql", json={"query": "{ __typename }"}) as response:
                assert response.status == 200
        assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        if process.returncode is None:
            process.kill()
        await subgraph.stop()


async def _serve(file: Path) -> tuple[asyncio.subprocess.Process, int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "plumbline_gateway", "serve", "--supergraph", str(file)]
    process = await asyncio.create_subprocess_exec(
        *command,
        "--port",
        str(port),
        "--open",
        env={**os.environ, "DRAIN_SECONDS": "0.5", "LOG_LEVEL": "ERROR"},
    )
    async with aiohttp.ClientSession() as session:
        async with asyncio.timeout(30):
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{port}/readyz"):
                        return process, port
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)
