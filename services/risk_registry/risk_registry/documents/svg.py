"""The few shapes that pictures are made of; text is 11 pixels high."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from plumbline_shared.glyphs import refuse_missing

WIDE_FROM = 0x2E80
FONT = "Noto Sans CJK SC, sans-serif"


def picture(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """A whole picture with its title for those who cannot see it, on white.

    Raises Invalid for a character without a glyph: whoever opens the picture would see a box in its place.
    """
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONT}" font-size="11" role="img">'
    )
    ground = f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>'
    whole = "".join([head, f"<title>{escape(title)}</title>", ground, *parts, "</svg>"])
    refuse_missing(whole)
    return whole


def text(x: float, y: float, said: str, anchor: str = "start", *, bold: bool = False) -> str:
    """Words; `y` is their base line."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(said)}</text>'


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, dashes: str = "") -> str:
    """A straight line, whole or dashed."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dashed}/>'


def wide(said: str) -> float:
    """How wide words are, about: there is no font to measure by."""
    return sum(11.0 if ord(each) >= WIDE_FROM else 6.6 for each in said)
