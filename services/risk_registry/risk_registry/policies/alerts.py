"""Rows of the alert ledger as the policies see them."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource


def entry_resource(
    alert_id: str, bureau_id: str, unit_id: str, seers: Iterable[str], outcome: str
) -> Resource:
    """An alert with the unit it counts for and whom its row names; `outcome` is empty until it has one."""
    attrs = {"bureau": bureau_id, "unit": unit_id, "seers": tuple(seers), "outcome": outcome}
    return Resource("AlertEntry", alert_id, attrs)
