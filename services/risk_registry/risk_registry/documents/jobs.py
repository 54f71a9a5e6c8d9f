"""What is asked of the worker and what it answers."""

import msgspec


class Job(msgspec.Struct, frozen=True):
    """`kind` pdf: `text` is a book as JSON, `instant` its date in Unix seconds; `kind` diagram: `text` is DOT."""

    kind: str
    text: str
    instant: int = 0


class Answer(msgspec.Struct, frozen=True):
    """The document; or `error`. `missing` are characters that the font cannot show."""

    content: bytes
    error: str = ""
    missing: str = ""
