"""Secrets of this service: keys, sealed payloads, officers' key pairs and receipts. Nothing here does SQL."""

from complaints.vault.vault import Vault, open_vault, vault

__all__ = ["Vault", "open_vault", "vault"]
