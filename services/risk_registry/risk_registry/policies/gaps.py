"""Regulation gaps as the policies see them."""

from plumbline_shared.policy import Resource


def gap_resource(id_: str, bureau_id: str) -> Resource:
    """A question of a bureau about its rules."""
    return Resource("RegulationGap", id_, {"bureau": bureau_id})
