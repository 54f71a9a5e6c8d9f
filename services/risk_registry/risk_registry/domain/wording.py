"""Free text that people write: bounded, printable."""

from plumbline_shared.errors import Invalid

LONGEST = 2_000


def checked(text: str, field: str, longest: int = LONGEST) -> str:
    """`text` itself. Raises Invalid when it is too long or holds unprintable characters."""
    if len(text) > longest:
        raise Invalid(f"at most {longest} characters", path=(field,))
    if any(ord(char) < 32 and char not in "\n\t" for char in text):
        raise Invalid("the text holds an unprintable character", path=(field,))
    return text
