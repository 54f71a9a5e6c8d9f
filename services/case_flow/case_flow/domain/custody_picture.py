"""The chain of custody as a picture: two lanes on one axis of time, gaps marked, labels in both languages (SVG)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from plumbline_shared.clock import SHANGHAI

from case_flow.domain.custody_chain import Chain, Gap, GapKind, Holding

Name = Callable[[str], str]
"""The name of a unit, by its id."""

WIDTH, LEFT, RIGHT = 960, 110, 20
_LANES = {"paper": (46, "纸质 Paper", "#5b7a9d"), "file": (104, "电子 File", "#7a9d5b")}
_GAPS = {
    GapKind.NOT_ACKNOWLEDGED: "逾期未签收 Not acknowledged",
    GapKind.PAPER_BEHIND: "纸电分离 Paper is elsewhere",
}
_GAP_TOP, _ROW = 162, 24


def picture(chain: Chain, title: str, name: Name) -> str:
    """The SVG; `title` and unit names are escaped."""
    height = _GAP_TOP + _ROW * max(1, len(chain.gaps)) + 16
    body = "".join((*_frame(chain, title), *_lanes(chain, name), *_gaps(chain, name)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="Noto Sans SC, sans-serif" font-size="12"><title>{escape(title)}</title>{body}</svg>'
    )


def _frame(chain: Chain, title: str) -> Iterator[str]:
    yield _text(LEFT, 18, f"{title} 保管链 Chain of custody", weight="bold")
    yield _text(LEFT, 34, _day(chain.since))
    yield _text(WIDTH - RIGHT, 34, _day(chain.until), anchor="end")


def _lanes(chain: Chain, name: Name) -> Iterator[str]:
    for lane, held in (("paper", chain.paper), ("file", chain.file)):
        top, label, colour = _LANES[lane]
        yield _text(8, top + 24, label)
        for one in held:
            yield from _bar(chain, one, top, colour, name)


def _bar(chain: Chain, one: Holding, top: int, colour: str, name: Name) -> Iterator[str]:
    """A unit's stretch, dashed while it is on its way: hover tells who and when in full."""
    x, width = _span(chain, one.since, one.until)
    way = f" → {name(one.to_unit)}（在途 in transit）" if one.to_unit else ""
    fill = 'fill="none" stroke-dasharray="5 3"' if one.to_unit else f'fill="{colour}" fill-opacity="0.25"'
    said = f"{name(one.unit_id)}{way} {_day(one.since)} – {_day(one.until) if one.until else '…'}"
    yield (
        f'<g><title>{escape(said)}</title><rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="38" '
        f'stroke="{colour}" {fill}/></g>'
    )
    if width > 40:
        yield _text(x + 4, top + 16, name(one.unit_id) + (f" → {name(one.to_unit)}" if one.to_unit else ""))
        yield _text(x + 4, top + 31, _day(one.since), size=10)


def _gaps(chain: Chain, name: Name) -> Iterator[str]:
    if not chain.gaps:
        yield _text(LEFT, _GAP_TOP + 14, "无缺口 No gaps")
    for row, one in enumerate(chain.gaps):
        top = _GAP_TOP + row * _ROW
        x, width = _span(chain, one.since, one.until)
        yield f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="6" fill="#c0392b"/>'
        yield _text(LEFT, top + 18, _said(one, name), size=11)


def _said(one: Gap, name: Name) -> str:
    ends = _day(one.until) if one.until else "…"
    return f"{_GAPS[one.kind]}: {name(one.unit_id)} → {name(one.to_unit)}, {_day(one.since)} – {ends}"


def _span(chain: Chain, since: datetime, until: datetime | None) -> tuple[float, float]:
    whole = max((chain.until - chain.since).total_seconds(), 1)
    scale = (WIDTH - LEFT - RIGHT) / whole
    begins = (since - chain.since).total_seconds() * scale
    ends = ((until or chain.until) - chain.since).total_seconds() * scale
    return LEFT + begins, max(ends - begins, 1)


def _day(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}"


def _text(
    x: float, y: float, said: str, *, weight: str = "normal", anchor: str = "start", size: int = 12
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y}" font-weight="{weight}" text-anchor="{anchor}" font-size="{size}">'
        f"{escape(said)}</text>"
    )
