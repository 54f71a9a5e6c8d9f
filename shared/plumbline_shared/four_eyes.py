"""Whoever wrote a rule does not approve it (SoD-6): one refusal for every kind of rule."""

from plumbline_shared.errors import Refused


class AuthorApproves(Refused):
    """The author of a rule is the one who would let it count."""

    code = "SOD_AUTHOR_APPROVES"


def check_approver(
    author: str, approver: str, message: str = "somebody other than its author approves it"
) -> None:
    """Raise AuthorApproves, with the message, where both are one person."""
    if author == approver:
        raise AuthorApproves(message)
