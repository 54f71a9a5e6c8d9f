"""The hall's windows as a picture: who sits there, what it serves, how much there is to do (S1-092, S1-093)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

ACROSS, WIDTH, HEIGHT, GAP, TOP, BAR = 9, 132, 74, 8, 28, 26
COLOURS = ("#2f6f9f", "#3d7f4f", "#9a6a1f", "#7a4f8f")
FULL = "#b3261e"
STYLE = "font-family:sans-serif;font-size:11px"


@dataclass(frozen=True)
class Cell:
    """One window as it is drawn; `kind` is the place of its class in the pack."""

    code: str
    kind: int
    serves: str
    who: str
    called: int
    served: int
    flexible: bool
    switched: bool


@dataclass(frozen=True)
class QueueBar:
    """A class's queue: how many wait, of how many before windows are switched."""

    kind: int
    name: str
    waiting: int
    threshold: int


@dataclass(frozen=True)
class Words:
    """What the picture says in one language."""

    title: str
    waiting: str
    called: str
    served: str
    nobody: str
    flexible: str


ZH = Words("办税服务厅窗口", "等候", "已叫", "已办", "无人", "机动")
EN = Words("Service hall windows", "waiting", "called", "served", "nobody", "flexible")


def windows_picture(cells: Sequence[Cell], queues: Sequence[QueueBar], words: Words) -> str:
    """An SVG document; each window has a title for readers who cannot see it."""
    rows = -(-len(cells) // ACROSS)
    head = TOP + len(queues) * BAR
    width, height = ACROSS * (WIDTH + GAP) + GAP, head + rows * (HEIGHT + GAP) + GAP
    body = "".join((*_bars(queues, words), *(_cell(at, one, head, words) for at, one in enumerate(cells))))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" style="{STYLE}">'
        f"<title>{escape(words.title)}</title>"
        f'<text x="{GAP}" y="18" font-size="15">{escape(words.title)}</text>{body}</svg>'
    )


def _bars(queues: Sequence[QueueBar], words: Words) -> Iterator[str]:
    for at, one in enumerate(queues):
        y, over = TOP + at * BAR, one.waiting > one.threshold
        length = min(one.waiting, 3 * one.threshold) * 12
        text = escape(f"{one.name}: {one.waiting} {words.waiting} / {one.threshold}")
        yield (
            f'<rect x="{GAP}" y="{y}" width="{length}" height="18" fill="{FULL if over else _colour(one.kind)}" '
            f'opacity=".35"/><text x="{GAP + 6}" y="{y + 13}">{text}</text>'
        )


def _cell(at: int, one: Cell, head: int, words: Words) -> str:
    x, y = GAP + at % ACROSS * (WIDTH + GAP), head + at // ACROSS * (HEIGHT + GAP)
    who, load = one.who or words.nobody, f"{words.called} {one.called} · {words.served} {one.served}"
    mark = f" · {words.flexible}" if one.flexible else ""
    dash = ' stroke-dasharray="5 3"' if one.switched else ""
    lines = (f"{one.code}{mark}", one.serves, who, load)
    told = escape("; ".join(lines))
    texts = "".join(
        f'<text x="{x + 8}" y="{y + 17 + row * 16}">{escape(line)}</text>' for row, line in enumerate(lines)
    )
    return (
        f'<g><title>{told}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5" '
        f'fill="{_colour(one.kind)}" fill-opacity=".12" stroke="{_colour(one.kind)}"{dash}/>{texts}</g>'
    )


def _colour(kind: int) -> str:
    return COLOURS[kind % len(COLOURS)]
