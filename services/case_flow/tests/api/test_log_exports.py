"""An export that was asked for: written page by page as its reader, fetched by nobody else, gone after a week."""

import json
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from case_flow.api.log_exports import routes
from case_flow.storage import exported
from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from httpx import ASGITransport, AsyncClient
from plumbline_org.parts import PersonStatus, Span, StatusSpan
from plumbline_org.storage.write import put_person
from plumbline_shared.auth import Claims
from plumbline_shared.errors import PlumblineError
from plumbline_shared.principal import system
from plumbline_shared.problems import on_plumbline_error
from starlette.applications import Starlette

FIELDS = "logExport { id state done total download }"
ONE = "query($id: ID!) { logExport(id: $id) { state done total download } }"
MATTERS = 5


class Doors:
    """Tokens that are a person's name."""

    async def authenticate(self, header: str | None) -> Claims:
        return Claims(f"D01.{(header or '').removeprefix('Bearer ')}", "D01", "person")


@pytest.fixture
async def relief(bureau: WorkedBureau, monkeypatch: pytest.MonkeyPatch) -> WorkedBureau:
    """Five matters, three of them in TO-3 and two in TO-5; a page holds two."""
    monkeypatch.setattr(exported, "PAGE_SIZE", 2)
    await bureau.publish("relief_approval")
    for number in range(MATTERS):
        office = "D01.TO-3" if number < 3 else "D01.TO-5"
        wanted = AcceptMatter("RELIEF-APPROVAL", f"<Secret> {number}", office)
        await bureau.do("wu-yan", accept_matter, wanted)
    return bureau


@pytest_asyncio.fixture
async def http(graph: Any) -> AsyncIterator[AsyncClient]:
    """The service's own door."""
    graph.runtime.authenticator = Doors()
    app = Starlette(
        routes=list(routes(graph.runtime)), exception_handlers={PlumblineError: on_plumbline_error}
    )
    async with AsyncClient(transport=ASGITransport(app), base_url="http://case-flow") as client:
        yield client


async def asked(graph: Any, name: str, **more: str) -> Any:
    entry = {"item": "RELIEF-APPROVAL", "form": "XES", **more}
    return await graph.do(name, "requestLogExport", entry, FIELDS)


async def fetched(http: AsyncClient, name: str, path: str) -> Any:
    return await http.get(path, headers={"authorization": f"Bearer {name}"})


async def ready(graph: Any, name: str, export_id: str) -> Any:
    await graph.bureau.at("2026-04-01 09:00")
    return (await graph.ask(name, ONE, id=export_id))["logExport"]


@pytest.mark.parametrize(
    ("name", "seen"), [("huang-zhen", MATTERS), ("sun-hao", 3), ("pan-yu", 2), ("deng-yi", 0)]
)
async def test_each_gets_what_they_see_in_both_forms(
    relief: WorkedBureau, graph: Any, http: AsyncClient, name: str, seen: int
) -> None:
    for form in ("XES", "OCEL"):
        begun = (await asked(graph, name, form=form))["logExport"]
        assert (begun["state"], begun["done"], begun["total"], begun["download"]) == (
            "RUNNING", 0, seen, None,
        )  # fmt: skip
        whole = await ready(graph, name, begun["id"])
        assert (whole["state"], whole["done"]) == ("READY", seen)
        answer = await fetched(http, name, whole["download"])
        assert answer.status_code == 200
        assert "Secret" not in answer.text
        if form == "XES":
            root = ET.fromstring(answer.text)  # noqa: S314  our own document
            assert len(root.findall("{*}trace")) == seen
            continue
        log = json.loads(answer.text)
        objects = {one["id"] for one in log["objects"]}
        assert sum(one["type"] == "Matter" for one in log["objects"]) == seen
        assert {each["objectId"] for one in log["events"] for each in one["relationships"]} <= objects
        assert {one["type"] for one in log["events"]} == {one["name"] for one in log["eventTypes"]}


async def test_it_is_its_readers_alone_and_one_at_a_time(
    relief: WorkedBureau, graph: Any, http: AsyncClient
) -> None:
    begun = (await asked(graph, "sun-hao"))["logExport"]
    assert (await asked(graph, "sun-hao"))["userErrors"][0]["code"] == "EXPORT_RUNNING"
    path = f"/exports/{begun['id']}"
    assert (await fetched(http, "sun-hao", path)).json()["code"] == "EXPORT_NOT_READY"
    await ready(graph, "sun-hao", begun["id"])
    for other in ("huang-zhen", "li-wei", "nobody"):
        assert (await fetched(http, other, path)).status_code == 404
    assert (await graph.ask("huang-zhen", ONE, id=begun["id"]))["logExport"] is None
    assert (await asked(graph, "sun-hao"))["userErrors"] == []
    await relief.at("2026-04-08 09:00")
    assert (await fetched(http, "sun-hao", path)).status_code == 404


async def test_a_period_an_item_and_what_is_none_of_them(relief: WorkedBureau, graph: Any) -> None:
    none = (await asked(graph, "sun-hao", until="2026-04-01"))["logExport"]
    assert (await ready(graph, "sun-hao", none["id"]))["done"] == none["total"] == 0
    for wrong in ({"since": "2026-04-02", "until": "2026-04-02"}, {"item": "NO-SUCH-ITEM"}):
        assert (await asked(graph, "sun-hao", **wrong))["userErrors"]


async def test_whoever_leaves_in_the_middle_gets_nothing(relief: WorkedBureau, graph: Any) -> None:
    begun = (await asked(graph, "sun-hao"))["logExport"]
    known = relief.org.persons["D01.sun-hao"]
    gone = StatusSpan(PersonStatus.LEFT, Span(date(2025, 12, 31)))
    for person in (replace(known, statuses=(gone,)), None):
        async with relief.db.transaction(system("D01")) as conn:
            await put_person(conn, person or known)
        await relief.at("2026-04-01 09:00")
    found = (await graph.ask("sun-hao", ONE, id=begun["id"]))["logExport"]
    assert (found["state"], found["done"], found["download"]) == ("FAILED", 0, None)
