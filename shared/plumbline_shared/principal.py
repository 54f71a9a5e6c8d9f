"""Who is acting, with everything that authorization looks at."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["person", "client", "anonymous", "system"]


def _none() -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Principal:
    """An officer, a client program, an anonymous caller, or the service itself (events and timers)."""

    kind: Kind
    person_id: str | None = None
    bureau_id: str | None = None
    roles: frozenset[str] = field(default_factory=_none)
    unit_ids: frozenset[str] = field(default_factory=_none)
    post_ids: frozenset[str] = field(default_factory=_none)
    scopes: frozenset[str] = field(default_factory=_none)

    @property
    def actor(self) -> str:
        """The name that audit rows carry: the person, or the kind for the rest."""
        return self.person_id or self.kind


ANONYMOUS = Principal(kind="anonymous")


def system(bureau_id: str | None = None) -> Principal:
    """The service acting on an event or a timer."""
    return Principal(kind="system", bureau_id=bureau_id)
