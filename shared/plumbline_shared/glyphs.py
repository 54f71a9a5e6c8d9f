"""Which characters the font has: read from its character map, without loading its outlines."""

import struct
from functools import cache
from pathlib import Path
from unicodedata import category

import manimgx_fonts_cjk

from plumbline_shared.errors import Invalid

FONT = Path(manimgx_fonts_cjk.__file__).parent / "NotoSansCJK-VF.otf.ttc"
FORMAT_OF_GROUPS = 12


def missing(text: str) -> str:
    """The characters of `text` that have no glyph, sorted, each once.

    Controls, marks of format and blanks need none; private and unassigned characters do: a reader would see a box.
    """
    return "".join(sorted(each for each in set(text) if ord(each) not in covered() and not _unseen(each)))


def refuse_missing(text: str) -> None:
    """Raises Invalid that names the characters without a glyph."""
    if lost := missing(text):
        raise Invalid(f"the font has no glyph for: {lost[:20]}")


def _unseen(character: str) -> bool:
    kind = category(character)
    return kind.startswith("Z") or kind in ("Cc", "Cf")


@cache
def covered() -> frozenset[int]:
    """Every code point of the first face of the collection (all faces share the repertoire)."""
    with FONT.open("rb") as font:
        face = _table_directory(font.read(16))
        font.seek(face)
        count = struct.unpack(">4xH6x", font.read(12))[0]
        records = [struct.unpack(">4sIII", font.read(16)) for _ in range(count)]
        _tag, _sum, start, length = next(each for each in records if each[0] == b"cmap")
        font.seek(start)
        return _groups(font.read(length))


def _table_directory(header: bytes) -> int:
    return struct.unpack(">12xI", header)[0]


def _groups(cmap: bytes) -> frozenset[int]:
    count = struct.unpack_from(">2xH", cmap)[0]
    offsets = [struct.unpack_from(">4xI", cmap, 4 + 8 * each)[0] for each in range(count)]
    offset = next(each for each in offsets if struct.unpack_from(">H", cmap, each)[0] == FORMAT_OF_GROUPS)
    groups = struct.unpack_from(">I", cmap, offset + 12)[0]
    ranges = (struct.unpack_from(">II", cmap, offset + 16 + 12 * each) for each in range(groups))
    return frozenset(point for first, last in ranges for point in range(first, last + 1))
