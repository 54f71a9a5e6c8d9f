"""The doors of case flow for the bench of a step: the service as a process of its own, and the gateway before it.

Both answer over HTTP and know the bench's people; the supergraph is that of all services, only case flow runs.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
from gateway_suite import BenchLayout, free_base
from plumbline_gateway.http_pool import HttpPool
from plumbline_local.credentials import Credentials, load_or_create
from plumbline_local.environment import common_environment, gateway_environment
from plumbline_local.issuer import DevIssuer
from plumbline_local.keys import ensure_keys, key_file
from plumbline_local.parts import Program, wait_ready
from plumbline_local.prepare import compose
from plumbline_shared.auth import Claims, InternalTokens
from plumbline_shared.clock import FileClock
from plumbline_shared.testing.databases import DatabaseUrls
from plumbline_shared.testing.plugin import START

TIMEOUT = 20.0
ADVANCE = """mutation Advance($input: AdvanceMatterInput!) { advanceMatter(input: $input) {
  result { ... on Matter { id state rowVersion } } userErrors { code message } } }"""


@dataclass
class Door:
    """Where a step is asked for over HTTP, and whose token is shown there."""

    url: str
    issuer: DevIssuer
    inside: InternalTokens | None = None

    def open(self, connections: int) -> None:
        """Keep at most so many connections from here on."""
        self._pool = HttpPool(self.url, connections, TIMEOUT)

    def close(self) -> None:
        self._pool.close()

    async def advance(self, person: str, matter: str, step: str) -> None:
        """One step. Raises SystemExit for any other answer than the matter."""
        given = {"clientMutationId": f"{matter}{step}", "matterId": matter, "step": step}
        body = orjson.dumps({"query": ADVANCE, "variables": {"input": given}})
        headers = {"authorization": f"Bearer {self._token(person)}"}
        _, raw = await self._pool.post(body, headers, TIMEOUT)
        answer = orjson.loads(raw)
        payload = (answer.get("data") or {}).get("advanceMatter") or {}
        if answer.get("errors") or not (payload.get("result") or {}).get("id"):
            raise SystemExit(f"{self.url} did not take {step} of {matter}: {raw.decode()[:500]}")

    def _token(self, person: str) -> str:
        if self.inside is not None:
            return self.inside.mint(Claims(person, "D01", "person"), "case_flow")
        return self._tokens.setdefault(person, self.issuer.tokens.person(person))

    def __post_init__(self) -> None:
        self._tokens = dict[str, str]()


@contextmanager
def doors(root: Path, urls: DatabaseUrls) -> Iterator[dict[str, Door]]:
    """Start both; `subgraph` is the service asked as the gateway asks it, `gateway` is what a browser asks."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        layout = BenchLayout(root, Path(folder), free_base())
        layout.log("gateway").parent.mkdir(parents=True, exist_ok=True)
        FileClock(layout.clock).set(START)
        credentials = load_or_create(layout.secrets)
        ensure_keys(layout)
        compose(layout)
        issuer = DevIssuer(layout.port("issuer"), credentials)
        issuer.start()
        programs = [_service(layout, urls), _gateway(layout, credentials)]
        try:
            for program in programs:
                program.start()
            wait_ready(programs)
            inside = InternalTokens.from_pem(key_file(layout, "gateway.pem").read_bytes())
            yield {
                "subgraph": Door(layout.url("case_flow", "/graphql"), issuer, inside),
                "gateway": Door(layout.url("gateway", "/graphql"), issuer),
            }
        finally:
            for program in reversed(programs):
                program.stop()
            issuer.stop()


def _service(layout: BenchLayout, urls: DatabaseUrls) -> Program:
    environment = common_environment(layout) | {
        "DATABASE_URL": urls.app,
        "PORT": str(layout.port("case_flow")),
        "GATEWAY_JWKS_URL": layout.url("gateway", "/.well-known/jwks.json"),
        "DATA_DIR": str(layout.data / "files"),
        "LOG_LEVEL": "ERROR",
        "DRAIN_SECONDS": "0",
    }
    command = ["-m", "case_flow.app", "serve"]
    return Program("case_flow", command, environment, layout.port("case_flow"), layout.log("case_flow"))


def _gateway(layout: BenchLayout, credentials: Credentials) -> Program:
    environment = gateway_environment(layout, credentials) | {
        "RATE_PER_SECOND": "1000000",
        "RATE_BURST": "1000000",
        "LOG_LEVEL": "ERROR",
    }
    command = ["-m", "plumbline_gateway", "serve", "--supergraph", str(layout.supergraph)]
    return Program(
        "gateway", [*command, "--port", str(layout.base)], environment, layout.base, layout.log("gateway")
    )
