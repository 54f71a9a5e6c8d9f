"""Discretion standards as the policies see them."""

from plumbline_shared.policy import Resource


def standard_resource(id_: str, bureau_id: str, *, published: bool = False) -> Resource:
    """A version of a standard of a bureau."""
    return Resource("DiscretionStandard", id_, {"bureau": bureau_id, "published": published})
