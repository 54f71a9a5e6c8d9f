"""Who did what to which object: rows in the business transaction, a Merkle log behind them, proofs for outsiders."""

from plumbline_shared.audit.log import append
from plumbline_shared.audit.sequencer import sequence_all, sequence_forever, sign_tree

__all__ = ["append", "sequence_all", "sequence_forever", "sign_tree"]
