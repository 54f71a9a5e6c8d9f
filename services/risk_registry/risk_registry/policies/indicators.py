"""Indicators as the policies see them."""

from plumbline_shared.policy import Resource


def indicator_resource(id_: str, bureau_id: str, *, active: bool = False) -> Resource:
    """A version of an indicator of a bureau; `active` once it was activated, whatever came later."""
    return Resource("Indicator", id_, {"bureau": bureau_id, "active": active})
