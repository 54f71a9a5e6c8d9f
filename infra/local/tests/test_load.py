import json

import httpx
import pytest
from plumbline_local import load
from plumbline_shared.testing.process import ServerError

REPORT = {
    "applied": False,
    "changes": [],
    "problems": [{"sheet": "posts", "row": 3, "column": "unit_id", "message": "there is no such unit"}],
}


def answering(monkeypatch: pytest.MonkeyPatch, body: object) -> list[httpx.Request]:
    """Let the gateway answer with `body`; the requests that reach it."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=body)

    client = httpx.Client(transport=httpx.MockTransport(respond))
    monkeypatch.setattr(load.httpx, "post", client.post)
    return seen


def test_a_bad_row_is_named_and_the_status_is_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = answering(monkeypatch, {"data": {"importDirectory": {"report": REPORT, "userErrors": []}}})
    payload = load.import_workbook("http://gateway/graphql", "token", b"workbook")
    assert load.tell(payload) == 1
    assert "posts row 3 unit_id: there is no such unit" in capsys.readouterr().out
    sent = json.loads(seen[0].content)["variables"]["input"]
    assert sent["file"] == "d29ya2Jvb2s="
    assert seen[0].headers["authorization"] == "Bearer token"


def test_what_the_gateway_refuses_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, {"errors": [{"message": "the token does not hold"}]})
    with pytest.raises(ServerError, match="does not hold"):
        load.import_workbook("http://gateway/graphql", "token", b"workbook")
