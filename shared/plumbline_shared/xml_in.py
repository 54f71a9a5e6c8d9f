"""XML from outside: small, and without any declaration that could expand or fetch."""

from xml.etree import ElementTree as ET
from xml.parsers import expat

from plumbline_shared.errors import Invalid, TooLarge

LARGEST = 2_000_000


def parsed(content: bytes) -> ET.Element:
    """The root. Raises TooLarge over 2 MB, Invalid for what is no XML or declares a DTD or entity."""
    if len(content) > LARGEST:
        raise TooLarge("the file is over 2 MB")
    check = expat.ParserCreate()
    check.StartDoctypeDeclHandler = _refuse
    try:
        check.Parse(content, True)
        return ET.fromstring(content)  # noqa: S314 - a DTD, the way to expand or fetch, is refused above
    except (expat.ExpatError, ET.ParseError) as error:
        raise Invalid(f"the file is no XML: {error}", path=("file",)) from None


def _refuse(*_declaration: object) -> None:
    raise Invalid("the file declares a DTD: save it without", path=("file",))
