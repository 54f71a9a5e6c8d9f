"""Key files of this clone under var/keys: made on the first start, readable by the owner alone."""

from pathlib import Path

from joserfc.jwk import OKPKey

from plumbline_local.credentials import write_private
from plumbline_local.layout import Layout


def gateway_key() -> bytes:
    """The key with which the gateway signs for the subgraphs: Ed25519, PEM."""
    return OKPKey.generate_key("Ed25519").as_pem(private=True)


def ensure_keys(layout: Layout) -> None:
    """Makes the gateway's key if it is missing; services make their own where theirs belong."""
    file = key_file(layout, "gateway.pem")
    if not file.exists():
        write_private(file, gateway_key())


def key_file(layout: Layout, name: str) -> Path:
    """Where a key of this clone lies."""
    return layout.var / "keys" / name
