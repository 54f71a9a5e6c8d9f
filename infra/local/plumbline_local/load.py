"""Load a bureau's directory into the running suite: a preview first, then all of it or nothing."""

import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import httpx
from plumbline_shared.ids import new_id
from plumbline_shared.testing.process import ServerError

from plumbline_local.credentials import load_or_create
from plumbline_local.demo.bureau import workbook
from plumbline_local.issuer import CLIENT_SCOPES
from plumbline_local.layout import OFFSETS, Layout
from plumbline_local.state import read_state
from plumbline_local.tokens import TokenIssuer

IMPORT = """
mutation Load($input: ImportDirectoryInput!) {
  importDirectory(input: $input) {
    report { applied changes { kind added changed } problems { sheet row column message } }
    userErrors { code message }
  }
}
"""


def load(place: Layout, file: Path | None, bureau: str) -> int:
    """Import `file` (an .xlsx; without one the demonstration's bureau). Status 1 when a row is bad."""
    state = read_state(place)
    if state is None:
        raise ServerError("nothing runs here: `make up` first")
    content = workbook() if file is None else file.read_bytes()
    issuer = TokenIssuer(f"http://127.0.0.1:{state.base + OFFSETS['issuer']}", load_or_create(place.secrets))
    token = issuer.client("importer", CLIENT_SCOPES["importer"], bureau)
    payload = import_workbook(f"http://127.0.0.1:{state.base}/graphql", token, content)
    return tell(payload)


def import_workbook(gateway: str, token: str, content: bytes) -> dict[str, Any]:
    entry = {"clientMutationId": new_id("load"), "file": b64encode(content).decode(), "dryRun": False}
    body = {"query": IMPORT, "variables": {"input": entry}}
    answer = httpx.post(gateway, json=body, headers={"authorization": f"Bearer {token}"}, timeout=60)
    data: dict[str, Any] = answer.json()
    if data.get("errors"):
        raise ServerError(f"the gateway refused: {data['errors'][0]['message']}")
    return data["data"]["importDirectory"]


def tell(payload: dict[str, Any]) -> int:
    report: dict[str, Any] = payload["report"] or {"applied": False, "changes": [], "problems": []}
    for error in payload["userErrors"]:
        sys.stdout.write(f"{error['code']}: {error['message']}\n")
    for problem in report["problems"]:
        sys.stdout.write(
            f"{problem['sheet']} row {problem['row']} {problem['column']}: {problem['message']}\n"
        )
    for change in report["changes"]:
        sys.stdout.write(f"{change['kind']}: {change['added']} added, {change['changed']} changed\n")
    sys.stdout.write("loaded\n" if report["applied"] else "nothing was loaded\n")
    return 0 if report["applied"] else 1
