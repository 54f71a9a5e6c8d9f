"""A proof of some objects' rows: it holds as given out, and no byte of it can be changed."""

import json
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from plumbline_shared.audit import sequence_all, sign_tree
from plumbline_shared.audit.bundle import bundle
from plumbline_shared.audit.bundle_check import DoesNotHold, check, main, signature_holds
from plumbline_shared.audit.checkpoint import Signer
from plumbline_shared.clock import ManualClock
from plumbline_shared.database import Database
from plumbline_shared.errors import Unavailable
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import SHARED_MIGRATIONS
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.use_case import Uow

SIGNER = Signer("plumbline/test", Ed25519PrivateKey.generate())
KEY = str(SIGNER.verifier)


async def act(db, clock, object_id, rows, bureau="D01"):
    async with db.transaction(Principal("person", person_id="D01.张三", bureau_id=bureau)) as conn:
        uow = Uow(conn, Principal("person", person_id="D01.张三", bureau_id=bureau), clock.now())
        for number in range(rows):
            await uow.audit("moved", "Thing", object_id, {"n": number, "why": '因\u2028"x"</\x01'})


async def proof(db, *ids):
    async with db.read(system("D01")) as conn:
        return await bundle(conn, "D01", [("Thing", one) for one in ids])


@pytest_asyncio.fixture(scope="module")
async def given_out(templates: TemplateDatabases):
    """A log of 23 rows about three things, and the proof of one of them; two more rows wait."""
    clock = ManualClock(datetime(2026, 4, 1, 1, tzinfo=UTC))
    urls = await templates.fresh("bundle", (SHARED_MIGRATIONS,))
    db = await Database.connect(urls.app, max_size=1)
    with pytest.raises(Unavailable):
        await proof(db, "a")
    for object_id, rows in (("a", 3), ("b", 9), ("a", 2), ("c", 8), ("a", 1)):
        await act(db, clock, object_id, rows)
    await act(db, clock, "a", 5, bureau="D02")
    await sequence_all(db)
    await sign_tree(db, clock, SIGNER)
    await act(db, clock, "a", 2)
    await sequence_all(db)
    made, nothing = await proof(db, "a"), await proof(db, "nowhere")
    await db.close()
    await templates.drop(urls)
    return made, nothing


async def test_it_holds_as_given_out(given_out, tmp_path, capsys):
    made, nothing = given_out
    assert check(made.text, KEY) == ("plumbline/test", 28, 6)
    assert (len(made.entries), made.waiting) == (6, 2)
    assert check(nothing.text, KEY)[2] == 0
    file = tmp_path / "proof.json"
    file.write_text(made.text, encoding="utf-8")
    main([str(file), KEY])
    assert "HOLDS: 6 rows" in capsys.readouterr().out
    file.write_text(made.text.replace("moved", "mowed", 1), encoding="utf-8")
    with pytest.raises(SystemExit, match="DOES NOT HOLD"):
        main([str(file), KEY])


@settings(max_examples=150, deadline=None)
@given(data=st.data())
async def test_no_byte_can_be_changed(given_out, data):
    raw = given_out[0].text.encode()
    place = data.draw(st.integers(0, len(raw) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != raw[place]))
    with pytest.raises((DoesNotHold, UnicodeDecodeError)):
        check((raw[:place] + bytes([byte]) + raw[place + 1 :]).decode(), KEY)


@given(data=st.data())
async def test_no_row_can_move_or_come_twice(given_out, data):
    body = json.loads(given_out[0].text)
    order = data.draw(
        st.lists(st.integers(0, 5), min_size=2, max_size=7).filter(lambda one: one != sorted(set(one)))
    )
    body["entries"] = [body["entries"][number] for number in order]
    with pytest.raises(DoesNotHold, match="out of order"):
        check(json.dumps(body, ensure_ascii=False, indent=1) + "\n", KEY)


async def test_another_key_is_refused(given_out):
    other = Signer("plumbline/test", Ed25519PrivateKey.generate())
    with pytest.raises(DoesNotHold, match="another key"):
        check(given_out[0].text, str(other.verifier))


@given(message=st.binary(max_size=80), secret=st.binary(min_size=32, max_size=32), flip=st.integers(0, 511))
@settings(max_examples=25, deadline=None)
def test_the_plain_numbers_agree_with_a_library(message, secret, flip):
    key = Ed25519PrivateKey.from_private_bytes(secret)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert signature_holds(public, message, signature)
    changed = (int.from_bytes(signature, "little") ^ (1 << flip)).to_bytes(64, "little")
    assert not signature_holds(public, message, changed)
