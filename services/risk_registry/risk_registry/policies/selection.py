"""A campaign of two-way selection as the policies see it."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource


def selection_resource(
    id_: str, bureau_id: str, candidates: Iterable[str] = (), units: Iterable[str] = ()
) -> Resource:
    """A campaign with its candidates and the units of its posts."""
    attrs = {"bureau": bureau_id, "candidates": tuple(candidates), "units": tuple(units)}
    return Resource("Selection", id_, attrs)
