"""Totals of a bureau and all below it, as they may be shown to whoever sees none of the registers (R29)."""

from datetime import date

from plumbline_shared.database import Connection

from risk_registry.domain.suppression import Suppressed, added
from risk_registry.domain.totals import Totals
from risk_registry.storage.totals import totals_of_each


async def count_below(conn: Connection, bureau_id: str, on: date) -> tuple[int, Suppressed]:
    """How many registers have points in force on the day, and their sums; call it as the system of no bureau."""
    registers = (await totals_of_each(conn, bureau_id, on)).values()
    return len(registers), added(map(Totals, registers))
