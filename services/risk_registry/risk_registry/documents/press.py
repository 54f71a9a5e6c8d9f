"""The handbook's template through typst, in the worker only: the same bytes for the same book."""

from importlib.resources import files

from plumbline_shared.printing import compiler, typeset

from risk_registry.documents.jobs import Answer

TEMPLATE = files("risk_registry.documents").joinpath("handbook.typ").read_bytes()


def pdf(book: str, instant: int) -> Answer:
    """The book as PDF/A-2b, or the characters that the font has no glyph for: nothing is dropped in silence."""
    printed = typeset(TEMPLATE, book, instant)
    return Answer(printed.content, missing=printed.missing)


def png(book: str, ppi: float) -> list[bytes]:
    """The pages as pictures, to be looked at."""
    content = compiler().compile(TEMPLATE, format="png", ppi=ppi, sys_inputs={"book": book})
    return content if isinstance(content, list) else [content or b""]
