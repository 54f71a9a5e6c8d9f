"""A version of a process as a DOT text: each step with its post, its risk points, and colour beside word (S2-005)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from plumbline_org.grades import RiskGrade

from risk_registry.domain.display import GradeDisplay
from risk_registry.domain.processes import Graph, Step
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE

FILLS = {"red": "#f5b7b1", "orange": "#fad7a0", "yellow": "#f9e79f"}
ORDER = (RiskGrade.HIGH, RiskGrade.MEDIUM, RiskGrade.LOW)
WIDE_FROM = 0x2E80
ACROSS = 5
SIZE = re.compile(r'<svg width="(\d+)pt" height="(\d+)pt"')
WIDEST_PRINT, LONGEST_PRINT = 480, 660
Displays = Mapping[RiskGrade, GradeDisplay]


def dot_of(process: str, graph: Graph, points: Iterable[PointOnDay], shown: Displays) -> str:
    """DOT of one version; only those of `points` in force that lie on its steps are drawn."""
    on_steps = points_by_step(process, points)
    nodes = [_node(step, on_steps.get(step.code, ()), shown) for step in graph.steps]
    edges = [f"{_quoted(before.code)} -> {_quoted(after.code)}" for before, after in graph.edges()]
    across = "LR" if len(graph.steps) <= ACROSS else "TB"
    head = (
        f"graph [rankdir={across} nodesep=0.3 ranksep=0.35 margin=0.1]; "
        'node [shape=box style="rounded,filled" fontname="Noto Sans CJK SC,sans-serif" fontsize=10 fixedsize=true]; '
    )
    return "digraph process { " + head + "; ".join([*nodes, *edges]) + " }"


def points_by_step(process: str, points: Iterable[PointOnDay]) -> dict[str, list[PointOnDay]]:
    """Points in force on the steps of a process, in the order of their codes."""
    found: dict[str, list[PointOnDay]] = {}
    for each in sorted(points, key=lambda point: point.code):
        if each.description.process == process and each.state in IN_FORCE:
            found.setdefault(each.description.step, []).append(each)
    return found


def printed_height(svg: str) -> int:
    """How tall to print it, in points: as it was drawn, or smaller so that it stays on its page."""
    found = SIZE.search(svg)
    width, height = (int(each) for each in found.groups()) if found else (WIDEST_PRINT, LONGEST_PRINT)
    return int(height * min(1.0, WIDEST_PRINT / width, LONGEST_PRINT / height))


def _node(step: Step, points: Sequence[PointOnDay], shown: Displays) -> str:
    grades = Counter(each.grade for each in points if each.grade)
    lines = [step.title_zh, *([step.title_en] if step.title_en else []), step.post or "—"]
    lines += [
        f"{shown[grade].word_zh} {shown[grade].word_en} × {grades[grade]}" for grade in ORDER if grades[grade]
    ]
    lines += [each.code for each in points[:3]] + (["…"] if len(points) > 3 else [])
    gravest = next((grade for grade in ORDER if grades[grade]), None)
    fill = FILLS.get(shown[gravest].colour, "#d5d8dc") if gravest else "#ffffff"
    width, height = max(map(_inches, lines)) + 0.3, 0.19 * len(lines) + 0.15
    label = "\\n".join(map(_escaped, lines))
    return f'{_quoted(step.code)} [label="{label}" fillcolor="{fill}" width={width:.2f} height={height:.2f}]'


def _inches(line: str) -> float:
    """Graphviz has no such font to measure by: a wide character is 10 points, another one 6.2."""
    return sum(10 if ord(each) >= WIDE_FROM else 6.2 for each in line) / 72


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\0", "")
