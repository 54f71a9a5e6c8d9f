"""A fresh database, logs to replay, and one replay of the real log for all tests that only read its report."""

from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

import pytest
from case_flow.domain.matter import Regime
from case_flow.replay.run import Replay, replay
from case_flow.testing import WorkedBureau
from plumbline_shared.clock import SystemClock
from plumbline_shared.database import Database

RECEIPT = Path(__file__).parents[4] / "infra/local/plumbline_local/demo/data/receipt.xes.gz"
WABO = files("case_flow").joinpath("items", "receipt_wabo.yaml").read_text(encoding="utf-8")

OBSERVED = """
item: OBSERVED
version: 1
name: {zh: 记录, en: Record}
order: FREE
citation: {source: a log}
steps:
  - {code: A, activity: Apply}
  - {code: B, activity: Check}
  - {code: C, activity: Decide}
main_path: [A, B, C]
checks:
  same_person: [[Check, Decide]]
  precedence: [[Check, Decide]]
  required: [Decide]
  time_limit: [{id: month, from: Apply, to: Decide, length: 30}]
"""

Events = Iterable[tuple[str, str, str]]


def xes(cases: Iterable[tuple[str, Events]]) -> str:
    """A log of `(case, [(activity, time, official), …])`; an empty time or official is left out."""
    body = "".join(
        f'<trace><string key="concept:name" value="{name}"/>{"".join(map(_event, events))}</trace>'
        for name, events in cases
    )
    return f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{body}</log>'


def _event(event: tuple[str, str, str]) -> str:
    activity, at, official = event
    time = f'<date key="time:timestamp" value="{at}"/>' if at else ""
    who = f'<string key="org:resource" value="{official}"/>' if official else ""
    return f'<event><string key="concept:name" value="{activity}"/>{time}{who}</event>'


@pytest.fixture
def receipt_log() -> Path:
    """The real log (J. Buijs, 4TU.ResearchData 2014), kept with the demonstration's data."""
    return RECEIPT


@pytest.fixture
def wabo() -> str:
    """The definition that the service ships for it."""
    return WABO


@pytest.fixture
def log_text() -> Callable[[Iterable[tuple[str, Events]]], str]:
    """Make a log; see `xes`."""
    return xes


@pytest.fixture
def db(bureau: WorkedBureau) -> Database:
    """An empty database of the service."""
    return bureau.db


@pytest.fixture
def play(db: Database, tmp_path: Path):
    """`await play(text, regime=…)`: replay a log given as text."""

    async def run(text: str, definition: str = OBSERVED, regime: Regime = Regime.OBSERVE):
        log = tmp_path / "log.xes"
        log.write_text(text, encoding="utf-8")
        return await replay(db, SystemClock(), Replay(log, definition, "D01", regime))

    return run
