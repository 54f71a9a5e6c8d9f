"""Rows of the alert ledger as the policies see them."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource

from risk_registry.domain.deviations import Deviation


def entry_resource(
    alert_id: str, bureau_id: str, unit_id: str, seers: Iterable[str], outcome: str
) -> Resource:
    """An alert with the unit it counts for and whom its row names; `outcome` is empty until it has one."""
    attrs = {"bureau": bureau_id, "unit": unit_id, "seers": tuple(seers), "outcome": outcome}
    return Resource("AlertEntry", alert_id, attrs)


def deviation_resource(one: Deviation) -> Resource:
    """A deviation with those who are to answer it."""
    attrs = {"bureau": one.bureau_id, "answerers": one.answerers, "outcome": one.outcome}
    return Resource("Deviation", one.alert_id, attrs)
