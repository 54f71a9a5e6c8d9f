"""The hall's windows and when they are switched, as data."""

from collections.abc import Mapping

import msgspec

from case_flow.domain.window import Window


class WindowClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One class: how many windows, how many of them flexible."""

    count: int
    flexible: int
    zh: str
    en: str


class HallPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the hall's rules."""

    id: str
    version: str
    citation: str
    classes: Mapping[str, WindowClass]
    waiting_threshold: int
    waiting_per_window: int
    return_retry_minutes: int

    @property
    def ref(self) -> str:
        """How a record names the pack."""
        return f"{self.id}/{self.version}"


def windows_of(pack: HallPack) -> tuple[Window, ...]:
    """Every window, numbered through the classes; the last ones of a class are flexible."""
    made = list[Window]()
    for code, kind in pack.classes.items():
        for at in range(kind.count):
            flexible = at >= kind.count - kind.flexible
            made.append(Window(code=f"W-{len(made) + 1:02}", home=code, serves=code, flexible=flexible))
    return tuple(made)
