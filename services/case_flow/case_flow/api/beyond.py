"""What a caller is told of an act beyond their authority that left an alert."""

from plumbline_shared.graphql import UserError

from case_flow.use_cases.advance_matter import Advanced
from case_flow.use_cases.check_authority import OUT_OF_AUTHORITY


def beyond(done: Advanced | None) -> list[UserError]:
    """What the caller is told of an act that was refused for want of authority."""
    if done is None or not done.refused:
        return []
    return [UserError(code=OUT_OF_AUTHORITY, message=done.refused, path=["input", "payload"])]
