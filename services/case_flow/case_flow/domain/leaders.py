"""Which leader of the bureau acts where one of them is concerned."""

from collections.abc import Iterable
from datetime import date

from plumbline_org.model import Org


def free_leader(org: Org, barred: Iterable[str], on: date) -> str | None:
    """The head; the discipline lead where the head is barred. None where neither is free."""
    concerned = frozenset(barred)
    leaders = (org.head(on), org.discipline_lead(on))
    return next((one for one in leaders if one is not None and one not in concerned), None)
