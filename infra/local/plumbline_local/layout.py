"""Where everything of one clone lives, and which port each part has."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plumbline_shared.testing.process import ServerError

SERVICES = ("directory", "risk_registry", "case_flow", "complaints", "education", "performance")
DEFAULT_PORT = 4000


@dataclass(frozen=True)
class Layout:
    """`root` is the clone, `data` the folder of this suite's databases, `base` the gateway's port."""

    root: Path
    data: Path
    base: int

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def run(self) -> Path:
        return self.var / "run"

    @property
    def state(self) -> Path:
        return self.run / "state.json"

    @property
    def lock(self) -> Path:
        return self.run / "lock"

    @property
    def secrets(self) -> Path:
        return self.var / "secrets.json"

    @property
    def supergraph(self) -> Path:
        return self.var / "supergraph.graphql"

    @property
    def clock(self) -> Path:
        """The settable clock's file; where it does not exist the suite runs on the system's clock."""
        return self.data / "clock"

    def log(self, part: str) -> Path:
        return self.var / "log" / f"{part}.log"

    def port(self, part: str) -> int:
        """The port of a part: `gateway`, a service, `issuer`, `nats` or `postgres`."""
        return self.base + OFFSETS[part]

    def url(self, part: str, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port(part)}{path}"


OFFSETS: Mapping[str, int] = {
    "gateway": 0,
    **{service: number for number, service in enumerate(SERVICES, start=1)},
    "issuer": 10,
    "nats": 22,
    "postgres": 32,
}


def layout(demo: bool = False, environ: Mapping[str, str] = os.environ) -> Layout:
    """The layout of this clone. PLUMBLINE_PORT moves the ports, PLUMBLINE_HOME names another clone."""
    root = Path(environ.get("PLUMBLINE_HOME") or Path(__file__).parents[3]).resolve()
    return Layout(root, root / "var" / ("demo" if demo else "."), _base(environ.get("PLUMBLINE_PORT", "")))


def _base(text: str) -> int:
    if not text:
        return DEFAULT_PORT
    if text.isdecimal() and 1024 <= int(text) <= 65_000:
        return int(text)
    raise ServerError(f"PLUMBLINE_PORT={text} is not a port from 1024 to 65000")
