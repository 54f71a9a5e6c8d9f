"""A diagram as an SVG picture: one font of the reader's machine, nothing fetched, nothing that runs."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from plumbline_shared.bpmn.diagram import Diagram, Kind, Node
from plumbline_shared.bpmn.layout import Box, Point, laid_out

FONT = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei',sans-serif"
WIDE_FROM = 0x2E80
STYLE = "fill:#fff;stroke:#37474f;stroke-width:1.5"
MARKS = {Kind.PARALLEL: "+", Kind.EXCLUSIVE: "×"}


def picture(diagram: Diagram) -> str:
    """The SVG text."""
    layout = laid_out(diagram)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width} {layout.height}" '
        f'width="{layout.width}" height="{layout.height}" font-family="{FONT}" role="img">',
        f"<title>{escape(diagram.name)}</title>",
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 10 5 0 10z" fill="#37474f"/></marker></defs>',
        f'<rect width="{layout.width}" height="{layout.height}" fill="#fff"/>',
        *(_way(corners) for corners in layout.ways),
        *(part for node in diagram.nodes for part in _node(node, layout.boxes[node.id])),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _way(corners: tuple[Point, ...]) -> str:
    points = " ".join(f"{x},{y}" for x, y in corners)
    return f'<polyline points="{points}" fill="none" stroke="#37474f" stroke-width="1.3" marker-end="url(#tip)"/>'


def _node(node: Node, box: Box) -> Iterator[str]:
    x, y = box.middle
    if node.kind is Kind.TASK:
        yield f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="9" style="{STYLE}"/>'
        yield from _lines(node, box)
    elif node.kind in MARKS:
        yield f'<path d="M{x} {box.y} {box.x + box.width} {y} {x} {box.y + box.height} {box.x} {y}z" style="{STYLE}"/>'
        yield _text(x, y + 9, MARKS[node.kind], 28)
    else:
        width = 4 if node.kind is Kind.END else 1.5
        yield f'<circle cx="{x}" cy="{y}" r="{box.width // 2}" style="{STYLE};stroke-width:{width}"/>'


def _lines(node: Node, box: Box) -> Iterator[str]:
    """The name large, the rest small, cut where the box ends."""
    x, y = box.middle
    sizes = [15, *(11 for _ in node.lines[1:])]
    top = y - sum(size + 4 for size in sizes) // 2
    for line, size in zip(node.lines, sizes, strict=True):
        top += size + 4
        yield _text(x, top - 3, _cut(line, (box.width - 10) / size), size)


def _cut(line: str, room: float) -> str:
    """As much of a line as there is room for, in widths of a Chinese character."""
    used = 0.0
    for place, letter in enumerate(line):
        used += 1.0 if ord(letter) >= WIDE_FROM else 0.62
        if used > room:
            return line[: max(place - 1, 0)] + "…"
    return line


def _text(x: int, y: int, text: str, size: int) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="middle" fill="#102027">{escape(text)}</text>'
    )
