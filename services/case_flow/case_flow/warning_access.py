"""Warning material as the policies see it."""

from collections.abc import Iterable

from plumbline_shared.policy import Resource

from case_flow.access import POLICY

__all__ = ["POLICY", "case_resource", "draft_resource"]


def draft_resource(bureau_id: str, draft_id: str, barred: Iterable[str] = ()) -> Resource:
    """A draft; `barred` neither write nor release it: those whom the case is about, and for its release who wrote it."""
    return Resource("WarningDraft", draft_id, {"bureau": bureau_id, "barred": list(barred)})


def case_resource(bureau_id: str, case_id: str) -> Resource:
    """Released material."""
    return Resource("WarningCase", case_id, {"bureau": bureau_id})
