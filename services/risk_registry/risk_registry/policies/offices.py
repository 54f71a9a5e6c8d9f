"""A divided office as the policies see it."""

from plumbline_shared.policy import Resource


def office_resource(unit_id: str, bureau_id: str) -> Resource:
    """Who sits where in an office, and what is wrong there."""
    return Resource("Office", unit_id, {"bureau": bureau_id, "unit": unit_id})
