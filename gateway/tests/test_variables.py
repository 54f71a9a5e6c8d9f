"""The short way for plain variables gives what graphql-core gives, for every value."""

from typing import Any

import pytest
from graphql import build_schema, get_operation_ast, get_variable_values, parse
from hypothesis import given
from hypothesis import strategies as st
from plumbline_gateway.errors import RequestError
from plumbline_gateway.variables import Variables

SCHEMA = build_schema(
    "enum E { A B } input I { a: Int = 3 b: [E!] } "
    "type Query { f(i: Int, s: String, b: Boolean, d: ID, x: Float, e: E, o: I, l: [Int!]): Int }"
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**33), 2**33),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "A", "b", "7"]),
    st.lists(st.integers(-5, 5), max_size=2),
    st.dictionaries(st.sampled_from(["a", "b", "z"]), st.integers(0, 3), max_size=2),
)
KINDS = ["Int", "Int!", "String", "String!", "Boolean", "Boolean!", "ID", "ID!", "Float", "E", "I", "[Int!]"]
DEFAULTS = {"Int": " = 4", "String": ' = "d"', "Boolean": " = true", "ID": ' = "i"', "I": " = {b: [A]}"}


@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3), st.booleans(), st.data())
def test_the_same_as_graphql_core(kinds: list[str], defaults: bool, data: st.DataObject) -> None:
    declared = [f"$v{n}: {kind}{DEFAULTS.get(kind, '') if defaults else ''}" for n, kind in enumerate(kinds)]
    operation = get_operation_ast(parse(f"query({', '.join(declared)}) {{ __typename }}"))
    assert operation is not None
    names = st.sampled_from([f"v{n}" for n in range(len(kinds) + 1)])
    given_values: dict[str, Any] = data.draw(st.dictionaries(names, VALUES, max_size=4))
    expected = get_variable_values(SCHEMA, operation.variable_definitions, given_values)
    variables = Variables(SCHEMA, operation)
    if isinstance(expected, list):
        with pytest.raises(RequestError) as refused:
            variables.read(given_values)
        assert refused.value.status == 400
        assert {one["extensions"]["code"] for one in refused.value.errors} == {"BAD_USER_INPUT"}
    else:
        assert variables.read(given_values) == expected.coerced
