"""Verify a proof of audit rows offline. This file needs only the standard library: copy it, read it, run it.

`python bundle_check.py PROOF.json [NAME+HASH+KEY]`: RFC 6962 inclusion of every row, the commitments, and with the log's
key (C2SP signed note, Ed25519 as in RFC 8032) the signature of the checkpoint.
"""

import base64
import hashlib
import hmac
import json
import sys
from typing import Any, cast

SCHEMA = "plumbline.audit-proof/1"
_HEAD = ["schema", "checkpoint", "entries"]
_ROW = [
    "seq",
    "id",
    "bureau",
    "at",
    "action",
    "object_type",
    "commitment",
    "salt",
    "actor",
    "object_id",
    "detail",
    "path",
]
_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)

Point = tuple[int, int, int, int]


class DoesNotHold(ValueError):
    """A row, the order or the checkpoint was changed. The message says where."""


def check(text: str, key: str | None = None) -> tuple[str, int, int]:
    """(log, size of its tree, rows) of a proof that holds. Raises DoesNotHold.

    Without `key` the checkpoint's signature is not checked: then compare the checkpoint with one you trust.
    """
    try:
        return _check(text, key)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        if isinstance(error, DoesNotHold):
            raise
        raise DoesNotHold(f"this is no proof: {error}") from None


def _check(text: str, key: str | None) -> tuple[str, int, int]:
    body = cast("dict[str, Any]", json.loads(text))
    rows = cast("list[dict[str, Any]]", body["entries"])
    if list(body) != _HEAD or body["schema"] != SCHEMA or any(list(row) != _ROW for row in rows):
        raise DoesNotHold("this is no proof of audit rows, or it was changed")
    if json.dumps(body, ensure_ascii=False, indent=1) + "\n" != text:
        raise DoesNotHold("the file is not written as it was given out")
    origin, size, root = _note(body["checkpoint"], key)
    last = -1
    for row in rows:
        if type(row["seq"]) is not int or not last < row["seq"] < size:
            raise DoesNotHold(f"row {row['seq']} is out of order, or not under the checkpoint of {size}")
        last = row["seq"]
        if row["salt"] is not None and _commitment(row) != row["commitment"]:
            raise DoesNotHold(f"row {last}: actor, object or detail was changed")
        if row["salt"] is None and (row["actor"], row["object_id"], row["detail"]) != (None, None, None):
            raise DoesNotHold(f"row {last} was erased and discloses something all the same")
        if _climb(_leaf(row), last, size, [_bytes(one, 32) for one in row["path"]]) != root:
            raise DoesNotHold(f"row {last} is not in the log that was signed")
    return origin, size, len(rows)


def _dense(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _leaf(row: dict[str, Any]) -> bytes:
    public = [1, row["id"], row["bureau"], row["at"], row["action"], row["object_type"], row["commitment"]]
    return hashlib.sha256(b"\x00" + _dense(public)).digest()


def _commitment(row: dict[str, Any]) -> str:
    hidden = _dense([row["actor"], row["object_id"], row["detail"]])
    return hmac.digest(_bytes(row["salt"], 32), hidden, "sha256").hex()


def _climb(node: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that the path leads to (RFC 9162 §2.1.3.2); empty when it is too long or too short."""
    last = size - 1
    for sibling in path:
        if last == 0:
            return b""
        if index & 1 or index == last:
            node = hashlib.sha256(b"\x01" + sibling + node).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\x01" + node + sibling).digest()
        index, last = index >> 1, last >> 1
    return node if last == 0 else b""


def _bytes(text: str, length: int) -> bytes:
    raw = bytes.fromhex(text)
    if raw.hex() != text or len(raw) != length:
        raise DoesNotHold(f"{text[:20]} is no value of {length} bytes")
    return raw


def _base64(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise DoesNotHold("the checkpoint is not written canonically")
    return raw


def _note(note: str, key: str | None) -> tuple[str, int, bytes]:
    text, signed = note.split("\n\n")
    origin, size, root = text.split("\n")
    name, signature = signed.removeprefix("— ").removesuffix("\n").split(" ")
    if note != f"{origin}\n{int(size)}\n{root}\n\n— {name} {signature}\n" or name != origin:
        raise DoesNotHold("the checkpoint is not written canonically")
    raw = _base64(signature)
    if key is not None:
        key_name, key_hash, encoded = key.strip().split("+", 2)
        public = _base64(encoded)
        right = hashlib.sha256(key_name.encode() + b"\n" + public).digest()[:4]
        if key_name != origin or public[:1] != b"\x01" or not right.hex() == key_hash == raw[:4].hex():
            raise DoesNotHold("the checkpoint is of another log, or signed with another key")
        if not signature_holds(public[1:], text.encode() + b"\n", raw[4:]):
            raise DoesNotHold("the signature of the checkpoint does not hold")
    return origin, int(size), _base64(root)


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519 (RFC 8032 §5.1.7), in plain numbers."""
    if len(signature) != 64 or len(public) != 32:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    key, point = _point(public), _point(signature[:32])
    if key is None or point is None or scalar >= _ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    base = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))
    if base is None:
        return False
    left = _times(scalar, base)
    right = _plus(point, _times(int.from_bytes(digest, "little") % _ORDER, key))
    return (
        not (left[0] * right[2] - right[0] * left[2]) % _P
        and not (left[1] * right[2] - right[1] * left[2]) % _P
    )


def _point(raw: bytes) -> Point | None:
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


def _plus(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % _P, (one[1] + one[0]) * (two[1] + two[0]) % _P
    c, d = 2 * one[3] * two[3] * _D % _P, 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _plus(total, point)
        point, scalar = _plus(point, point), scalar >> 1
    return total


def main(arguments: list[str]) -> None:
    """Print what holds, or end with status 1 and what does not."""
    if len(arguments) not in (1, 2):
        sys.exit("usage: bundle_check.py PROOF.json [NAME+HASH+KEY]")
    try:
        with open(arguments[0], encoding="utf-8", newline="") as file:
            origin, size, rows = check(file.read(), *arguments[1:])
    except (DoesNotHold, UnicodeDecodeError) as error:
        sys.exit(f"DOES NOT HOLD: {error}")
    signed = "the signature holds" if len(arguments) == 2 else "the signature was NOT checked (no key)"
    sys.stdout.write(f"HOLDS: {rows} rows of {origin} are among the {size} that were signed; {signed}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
