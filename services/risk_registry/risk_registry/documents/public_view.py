"""The public view (C-10): power, basis, procedure, responsible post. Never a cause, a weakness, a grade or a control.

It is built from powers and processes alone: risk points are no input, so that none can leak.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from risk_registry.domain.catalogue import Power
from risk_registry.domain.places import relative
from risk_registry.domain.processes import Graph, Step


class PublicStep(msgspec.Struct, frozen=True):
    """A step as the public sees it: no monitor, who would be known to whoever wants to avoid them."""

    title: str
    title_en: str
    basis: str
    procedure: str
    post: str


class PublicProcess(msgspec.Struct, frozen=True):
    """A process with its limit in days of its unit."""

    code: str
    title: str
    title_en: str
    limit_days: int
    limit_unit: str
    steps: list[PublicStep]


class PublicPower(msgspec.Struct, frozen=True):
    """A power with its basis and the posts that use it."""

    code: str
    title: str
    title_en: str
    basis: str
    process: str
    posts: list[str]


class PublicView(msgspec.Struct, frozen=True):
    """Everything that a bureau shows on a day."""

    bureau: str
    as_of: date
    powers: list[PublicPower]
    processes: list[PublicProcess]


@dataclass(frozen=True)
class Snapshot:
    """A frozen view: `content` is its JSON, `sha256` the hash of exactly that."""

    id: str
    bureau_id: str
    content: str
    sha256: str
    published_at: datetime

    @property
    def view(self) -> PublicView:
        """The view as it was frozen."""
        return msgspec.json.decode(self.content, type=PublicView)


def public_view(
    bureau_id: str, on: date, powers: Iterable[tuple[str, Power]], processes: Mapping[str, Graph]
) -> PublicView:
    """The view of a day, sorted, so that the same state freezes to the same bytes."""
    return PublicView(
        bureau_id,
        on,
        [_power(bureau_id, code, power) for code, power in sorted(powers, key=lambda pair: pair[0])],
        [_process(bureau_id, code, processes[code]) for code in sorted(processes)],
    )


def frozen(view: PublicView) -> tuple[str, str]:
    """Its JSON and the SHA-256 of that."""
    content = msgspec.json.encode(view)
    return content.decode(), hashlib.sha256(content).hexdigest()


def _power(bureau_id: str, code: str, power: Power) -> PublicPower:
    posts = [relative(bureau_id, post) for post in power.posts]
    return PublicPower(code, power.title_zh, power.title_en, power.basis, power.process, posts)


def _process(bureau_id: str, code: str, graph: Graph) -> PublicProcess:
    steps = [_step(bureau_id, step) for step in graph.steps]
    return PublicProcess(code, graph.title_zh, graph.title_en, graph.limit_days, graph.limit_unit, steps)


def _step(bureau_id: str, step: Step) -> PublicStep:
    post = relative(bureau_id, step.post)
    return PublicStep(step.title_zh, step.title_en, step.basis, step.procedure, post)
