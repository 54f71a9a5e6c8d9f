"""What a receiver is told when something came that was not sent."""

from plumbline_shared.graphql import UserError

from case_flow.domain.custody import Mismatch

_SAID = {
    Mismatch.BARCODE: (
        "this barcode is not the one on the slip: compare the paper with the file",
        "paperBarcode",
    ),
    Mismatch.DOCUMENT: (
        "this file is not the one on the slip: ask the sender for what was scanned",
        "documentHash",
    ),
}


def mismatch_error(one: Mismatch) -> UserError:
    """The difference as something the caller can put right."""
    message, field = _SAID[one]
    return UserError(code=str(one), message=message, path=["input", field])
