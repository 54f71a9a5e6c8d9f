"""A version of a process as a DOT text: each step with its post, its risk points, and colour beside word (S2-005)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from plumbline_org.grades import RiskGrade

from risk_registry.documents.words import named
from risk_registry.domain.display import GradeDisplay
from risk_registry.domain.processes import Graph, Step
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import IN_FORCE

FILLS = {"red": "#f5b7b1", "orange": "#fad7a0", "yellow": "#f9e79f"}
ORDER = (RiskGrade.HIGH, RiskGrade.MEDIUM, RiskGrade.LOW)
WIDE_FROM = 0x2E80
SIZE = re.compile(r'<svg width="(\d+)pt" height="(\d+)pt"')
WIDEST_PRINT, LONGEST_PRINT = 480, 660
BETWEEN = 0.35
Displays = Mapping[RiskGrade, GradeDisplay]
Names = Mapping[str, str]


def dot_of(
    process: str, graph: Graph, points: Iterable[PointOnDay], shown: Displays, names: Names | None = None
) -> str:
    """DOT of one version; only those of `points` in force that lie on its steps are drawn. `names` are those of posts.

    From left to right while that fits a page at its full size, else from top to bottom.
    """
    on_steps = points_by_step(process, points)
    words = {step.code: _words(step, on_steps.get(step.code, ()), shown, names or {}) for step in graph.steps}
    nodes = [_node(step, words[step.code], on_steps.get(step.code, ()), shown) for step in graph.steps]
    width = sum(map(_width, words.values())) + BETWEEN * (len(words) - 1)
    edges = [f"{_quoted(before.code)} -> {_quoted(after.code)}" for before, after in graph.edges()]
    across = "LR" if 72 * width <= WIDEST_PRINT else "TB"
    head = (
        f"graph [rankdir={across} nodesep=0.3 ranksep={BETWEEN} margin=0.1]; "
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


def _words(step: Step, points: Sequence[PointOnDay], shown: Displays, names: Names) -> list[str]:
    grades = Counter(each.grade for each in points if each.grade)
    post = named(names, step.post) if step.post else "—"
    lines = [step.title_zh, *([step.title_en] if step.title_en else []), post]
    lines += [
        f"{shown[grade].word_zh} {shown[grade].word_en} × {grades[grade]}" for grade in ORDER if grades[grade]
    ]
    return lines + [each.code for each in points[:3]] + (["…"] if len(points) > 3 else [])


def _width(lines: Iterable[str]) -> float:
    return max(map(_inches, lines)) + 0.3


def _node(step: Step, lines: Sequence[str], points: Sequence[PointOnDay], shown: Displays) -> str:
    gravest = next((grade for grade in ORDER if any(each.grade is grade for each in points)), None)
    fill = FILLS.get(shown[gravest].colour, "#d5d8dc") if gravest else "#ffffff"
    width, height = _width(lines), 0.2 * len(lines) + 0.22
    label = "\\n".join(map(_escaped, lines))
    return f'{_quoted(step.code)} [label="{label}" fillcolor="{fill}" width={width:.2f} height={height:.2f}]'


def _inches(line: str) -> float:
    """Graphviz has no such font to measure by: a wide character is 10 points, another one 6.2."""
    return sum(10 if ord(each) >= WIDE_FROM else 6.2 for each in line) / 72


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\0", "")
