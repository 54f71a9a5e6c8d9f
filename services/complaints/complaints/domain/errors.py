"""Refusals of the intake and of sealed cases; each says what to do."""

from plumbline_shared.errors import Refused


class ContentMustNotBeTyped(Refused):
    """The subject is managed one level up: nothing of the report may enter the platform (Art 15)."""

    code = "CONTENT_MUST_NOT_BE_TYPED"


class NoReceiver(Refused):
    """Nobody of this bureau may take the report."""

    code = "NO_RECEIVER"


class NoSealingKey(Refused):
    """Those who may take the report have no keys yet, so nothing can be sealed for them."""

    code = "NO_SEALING_KEY"


class KeyExists(Refused):
    """An officer has one key; replacing it would lock him out of every open case."""

    code = "KEY_EXISTS"


class TooManyAttempts(Refused):
    """Five wrong passphrases within the hour."""

    code = "TOO_MANY_ATTEMPTS"


class NotTwoKeys(Refused):
    """The identity opens with two officers: one asks, another agrees, the first reads once."""

    code = "TWO_KEYS_NEEDED"
