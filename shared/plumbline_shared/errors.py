"""Typed errors with stable codes: `extensions.code` on GraphQL, problem+json `type` on REST (RFC 9457)."""

from collections.abc import Sequence


class PlumblineError(Exception):
    """Something a caller can act on. `message` says what to do and never echoes a secret."""

    code = "INTERNAL"
    status = 500

    def __init__(self, message: str, *, path: Sequence[str | int] = (), **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.path = tuple(path)
        self.details = details

    def problem(self) -> dict[str, object]:
        """The RFC 9457 body: `type`, `title`, `status`, `code`, `path` and the typed details."""
        return {
            "type": f"https://plumbline.example/problems/{self.code.lower().replace('_', '-')}",
            "title": self.message,
            "status": self.status,
            "code": self.code,
            **({"path": list(self.path)} if self.path else {}),
            **self.details,
        }


class Unauthenticated(PlumblineError):
    """No token, or one that does not hold: expired, unsigned, foreign."""

    code = "UNAUTHENTICATED"
    status = 401


class NotFound(PlumblineError):
    """Absent and forbidden look the same."""

    code = "NOT_FOUND"
    status = 404


class Invalid(PlumblineError):
    """The input is malformed; `path` names the field."""

    code = "INVALID_INPUT"
    status = 400


class Conflict(PlumblineError):
    """Somebody else changed the object first; read it again and repeat."""

    code = "CONFLICT"
    status = 409


class IdempotencyMismatch(PlumblineError):
    """The same idempotency key came with another body."""

    code = "IDEMPOTENCY_MISMATCH"
    status = 422


class TooLarge(PlumblineError):
    """The body is over the limit named in the message."""

    code = "TOO_LARGE"
    status = 413


class Refused(PlumblineError):
    """A rule of the domain says no; every subclass carries its own stable code."""

    code = "REFUSED"
    status = 422


class Unavailable(PlumblineError):
    """A part this needs is away for the moment; repeat later with the same idempotency key."""

    code = "UNAVAILABLE"
    status = 503
