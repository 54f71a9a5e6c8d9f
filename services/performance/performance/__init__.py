"""Performance: an append-only ledger of scores, each entry with its rule and its evidence."""
