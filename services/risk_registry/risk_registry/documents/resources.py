"""Documents as the policies see them."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource


def handbook_resource(bureau_id: str, posts: Iterable[str], units: Iterable[str], *, whole: bool) -> Resource:
    """A handbook on these posts of these units; `whole` is that of the bureau."""
    attrs = {"bureau": bureau_id, "posts": tuple(posts), "units": tuple(units), "whole": whole}
    return Resource("Handbook", bureau_id, attrs)


def disclosure_resource(bureau_id: str) -> Resource:
    """What the bureau shows to the public."""
    return Resource("Disclosure", bureau_id, {"bureau": bureau_id})
