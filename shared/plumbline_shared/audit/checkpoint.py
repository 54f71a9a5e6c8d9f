"""C2SP tlog-checkpoint in a C2SP signed-note: three lines and an Ed25519 signature that anybody can check."""

import base64
import hashlib
from binascii import Error as Base64Error
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"


class BadCheckpoint(ValueError):
    """The note is malformed, of another log, or its signature does not hold."""


@dataclass(frozen=True)
class Checkpoint:
    """The log `origin` had `size` leaves under `root`."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name of its log; written `name+hash+key` (signed-note vkey)."""

    name: str
    public: bytes

    @property
    def key_hash(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_hash.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Raises BadCheckpoint for anything but an Ed25519 verifier key with its right hash."""
        try:
            name, key_hash, encoded = text.strip().split("+", 2)
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, Base64Error) as error:
            raise BadCheckpoint("a verifier key is written name+hash+key") from error
        key = cls(name, raw[1:])
        if raw[:1] != _ED25519 or len(raw) != 33 or key.key_hash.hex() != key_hash:
            raise BadCheckpoint("this verifier key is not Ed25519, or its hash is wrong")
        return key

    def open(self, note: str) -> Checkpoint:
        """The checkpoint in `note`. Raises BadCheckpoint unless this key signed exactly this text."""
        checkpoint, signatures = read(note)
        if checkpoint.origin != self.name:
            raise BadCheckpoint(f"the checkpoint is of {checkpoint.origin}, not of {self.name}")
        for name, raw in signatures:
            if name == self.name and raw[:4] == self.key_hash:
                return self._verified(checkpoint, raw[4:])
        raise BadCheckpoint(f"no signature of {self.name} on this checkpoint")

    def _verified(self, checkpoint: Checkpoint, signature: bytes) -> Checkpoint:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, checkpoint.text().encode())
        except InvalidSignature as error:
            raise BadCheckpoint(f"the signature of {self.name} does not hold") from error
        return checkpoint


class Signer:
    """Signs the checkpoints of one log."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self.verifier = VerifierKey(name, public)

    @classmethod
    def load(cls, name: str, file: Path) -> "Signer":
        """From an Ed25519 private key in PEM. Raises ValueError for any other file."""
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(f"{file} holds no Ed25519 key: make one with `plumbline-audit keygen`")
        return cls(name, key)

    def sign(self, size: int, root: bytes) -> str:
        """The signed note."""
        text = Checkpoint(self.verifier.name, size, root).text()
        signature = base64.b64encode(self.verifier.key_hash + self._key.sign(text.encode())).decode()
        return f"{text}\n— {self.verifier.name} {signature}\n"


def make_key(file: Path) -> None:
    """A new Ed25519 key in `file`, for its owner's eyes only. Raises FileExistsError rather than overwrite."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.touch(mode=0o600, exist_ok=False)
    file.write_bytes(pem)


def read(note: str) -> tuple[Checkpoint, list[tuple[str, bytes]]]:
    """Text and signatures of a note, unchecked. Raises BadCheckpoint for a malformed one."""
    try:
        text, signed = note.split("\n\n", 1)
        origin, size, root = text.split("\n")[:3]
        checkpoint = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
        signatures = [_signature(line) for line in signed.splitlines()]
    except (ValueError, Base64Error) as error:
        raise BadCheckpoint("this is not a checkpoint: origin, size, root, empty line, signatures") from error
    if checkpoint.text() != text + "\n" or len(checkpoint.root) != 32 or checkpoint.size < 0:
        raise BadCheckpoint("this checkpoint is not written canonically")
    return checkpoint, signatures


def _signature(line: str) -> tuple[str, bytes]:
    dash, name, encoded = line.split(" ")
    if dash != "—":
        raise ValueError("not a signature line")
    return name, base64.b64decode(encoded, validate=True)
