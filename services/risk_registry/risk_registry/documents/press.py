"""typst with one font and no other, in the worker only: PDF/A-2b, the same bytes for the same book."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import manimgx_fonts_cjk
import typst

from risk_registry.documents.glyphs import missing
from risk_registry.documents.jobs import Answer

TEMPLATE = files("risk_registry.documents").joinpath("handbook.typ").read_bytes()
FONTS = Path(manimgx_fonts_cjk.__file__).parent


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(font_paths=fonts)


def pdf(book: str, instant: int) -> Answer:
    """The book as PDF/A-2b, or the characters that the font has no glyph for: nothing is dropped in silence."""
    if lost := missing(book):
        return Answer(b"", missing=lost)
    content = _compiler().compile(
        TEMPLATE, format="pdf", sys_inputs={"book": book}, pdf_standards="a-2b", timestamp=instant
    )
    return Answer(_pages(content)[0])


def png(book: str, ppi: float) -> list[bytes]:
    """The pages as pictures, to be looked at."""
    content = _compiler().compile(TEMPLATE, format="png", ppi=ppi, sys_inputs={"book": book})
    return _pages(content)


def _pages(content: bytes | list[bytes] | None) -> list[bytes]:
    return content if isinstance(content, list) else [content or b""]
