"""The tree against the published vectors of RFC 6962, and its proofs as properties."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.audit.merkle import (
    EMPTY_ROOT,
    Node,
    consistency_spans,
    edge_nodes,
    grow,
    inclusion_spans,
    leaf_hash,
    span_hash,
)
from plumbline_shared.audit.proofs import extends, includes

# The eight leaves and roots of Google's certificate-transparency reference tests.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree(size: int) -> dict[Node, bytes]:
    return grow(0, (leaf_hash(str(number).encode()) for number in range(size)), {})


def root(nodes: dict[Node, bytes], size: int) -> bytes:
    return span_hash((0, size), nodes)


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    nodes = grow(0, [leaf_hash(leaf) for leaf in LEAVES[:size]], {})
    assert root(nodes, size).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert root({}, 0) == EMPTY_ROOT == hashlib.sha256().digest()


@given(st.integers(0, 70), st.integers(0, 70))
def test_growing_in_steps_is_growing_at_once(first: int, more: int) -> None:
    whole = tree(first + more)
    before = tree(first)
    edge = {node: before[node] for node in edge_nodes(first)}
    leaves = [whole[0, index] for index in range(first, first + more)]
    assert before | grow(first, leaves, edge) == whole


@given(st.data(), st.integers(1, 130))
def test_every_leaf_is_proved_and_no_other_is(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    nodes = tree(size)
    proof = [span_hash(span, nodes) for span in inclusion_spans(index, size)]
    assert includes(nodes[0, index], index, size, proof, root(nodes, size))
    assert not includes(leaf_hash(b"forged"), index, size, proof, root(nodes, size))
    other = data.draw(st.integers(0, size + 2))
    assert includes(nodes[0, index], other, size, proof, root(nodes, size)) == (other == index)


@given(st.data(), st.integers(1, 130))
def test_a_changed_inclusion_proof_fails(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    nodes = tree(size)
    proof = [span_hash(span, nodes) for span in inclusion_spans(index, size)]
    assert not includes(nodes[0, index], index, size, [*proof, bytes(32)], root(nodes, size))
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not includes(
            nodes[0, index], index, size, [*proof[:at], bytes(32), *proof[at + 1 :]], root(nodes, size)
        )
        assert not includes(nodes[0, index], index, size, proof[:at] + proof[at + 1 :], root(nodes, size))


@given(st.data(), st.integers(0, 130))
def test_a_prefix_is_consistent_and_a_rewritten_history_is_not(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(0, new))
    nodes = tree(new)
    proof = [span_hash(span, nodes) for span in consistency_spans(old, new)]
    assert extends(old, new, root(nodes, old), root(nodes, new), proof)
    if old:
        assert not extends(old, new, bytes(32), root(nodes, new), proof)
    if proof:
        assert not extends(old, new, root(nodes, old), bytes(32), proof)
        assert not extends(old, new, root(nodes, old), root(nodes, new), proof[:-1])
        assert not extends(old, new, root(nodes, old), root(nodes, new), [*proof, bytes(32)])


def test_sizes_that_run_backwards_are_refused() -> None:
    assert not extends(5, 3, bytes(32), bytes(32), [])
    assert not includes(bytes(32), 0, 0, [], EMPTY_ROOT)
