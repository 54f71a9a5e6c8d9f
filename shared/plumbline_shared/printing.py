"""Documents as PDF/A-2b by typst, with one font and no other: the same bytes for the same book.

`print_pdf` has a process of its own compile one document, so that its memory ends with it:
`python -m plumbline_shared.printing` reads a `Sheet` from stdin and answers on stdout.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from functools import cache

import msgspec
import typst

from plumbline_shared.errors import Invalid, Unavailable
from plumbline_shared.glyphs import FONT, missing

LONGEST_SECONDS = 30


class Sheet(msgspec.Struct, frozen=True):
    """A typst template, what it prints as JSON (`sys.inputs.book`), and the document's date in Unix seconds."""

    template: str
    book: str
    instant: int


class Printed(msgspec.Struct, frozen=True):
    """The document; or the characters that the font has no glyph for: nothing is dropped in silence."""

    content: bytes
    missing: str = ""


def typeset(template: bytes, book: str, instant: int) -> Printed:
    """The book as PDF/A-2b, compiled in this process."""
    if lost := missing(book):
        return Printed(b"", lost)
    content = compiler().compile(
        template, format="pdf", sys_inputs={"book": book}, pdf_standards="a-2b", timestamp=instant
    )
    return Printed(content[0] if isinstance(content, list) else content or b"")


async def print_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF, one at a time. Raises Invalid for characters without a glyph, Unavailable when it fails."""
    async with _turn(asyncio.get_running_loop()):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
        try:
            answer, _ = await asyncio.wait_for(
                process.communicate(msgspec.json.encode(sheet)), LONGEST_SECONDS
            )
        except (OSError, TimeoutError):
            raise Unavailable("documents cannot be made at the moment: try again") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode:
        raise Unavailable("the document could not be made")
    printed = msgspec.json.decode(answer, type=Printed)
    if printed.missing:
        raise Invalid(f"the font has no glyph for: {printed.missing[:20]}")
    return printed.content


@cache
def _turn(_loop: asyncio.AbstractEventLoop) -> asyncio.Lock:
    return asyncio.Lock()


@cache
def compiler() -> typst.Compiler:
    """One font and no other."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT.parent)]
    )
    return typst.Compiler(font_paths=fonts)


def main() -> None:
    """Compile one sheet."""
    sheet = msgspec.json.decode(sys.stdin.buffer.read(), type=Sheet)
    sys.stdout.buffer.write(msgspec.json.encode(typeset(sheet.template.encode(), sheet.book, sheet.instant)))


if __name__ == "__main__":
    main()
