import logging
from datetime import date
from typing import Any

import pytest
import strawberry
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.graphql import build_schema, decode_cursor, encode_cursor, paginate


@strawberry.federation.type(keys=["id"])
class Thing:
    id: str

    @classmethod
    def resolve_reference(cls, info: strawberry.Info, id: str) -> "Thing":
        return cls(id=id)


@strawberry.input
class Wish:
    name: str
    on: date | None = None


@strawberry.type
class Query:
    @strawberry.field
    def wish(self, wish: Wish) -> str:
        return wish.name

    @strawberry.field
    def thing(self, id: str = "1") -> Thing | None:
        return Thing(id=id)

    @strawberry.field
    def broken(self) -> str | None:
        raise ValueError("row of 张三, 13800000000")

    @strawberry.field
    def absent(self) -> str | None:
        raise NotFound("no such thing", kind="Thing")


SCHEMA = build_schema(Query)


async def codes(query: str, variables: dict[str, Any] | None = None) -> list[str]:
    result = await SCHEMA.execute(query, variables)
    return [(error.extensions or {})["code"] for error in result.errors or []]


async def test_our_errors_keep_code_and_details() -> None:
    result = await SCHEMA.execute("{ absent }")
    assert [error.formatted["extensions"] for error in result.errors or []] == [
        {"code": "NOT_FOUND", "kind": "Thing"}
    ]


async def test_other_errors_are_masked_and_logged_under_an_id(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        result = await SCHEMA.execute("{ broken }")
    error = (result.errors or [])[0]
    assert (error.extensions or {})["code"] == "INTERNAL"
    assert "张三" not in str(error.formatted)
    assert error.message.split()[-1] in caplog.text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": ["张三"]}, "Variable '$w' has invalid value at .name: see its type in the schema"),
        (
            {"name": "张三", "on": "13800000000"},
            "Variable '$w' has invalid value at .on: see its type in the schema",
        ),
        (
            {"on": "13800000000"},
            "Variable '$w' has invalid value: Expected value of type 'Wish' to include required field 'name'",
        ),
        ({"name": "x", "张三": 1}, "Variable '$w' has invalid value: Expected value of type 'Wish'"),
    ],
)
async def test_a_variable_that_does_not_fit_is_named_and_not_repeated(
    given: dict[str, Any], message: str
) -> None:
    result = await SCHEMA.execute("query($w: Wish!) { wish(wish: $w) }", {"w": given})
    assert (result.errors or [])[0].message == message
    assert "张三" not in str(result.errors)
    assert "138" not in str(result.errors)
    assert {(error.extensions or {})["code"] for error in result.errors or []} == {
        "GRAPHQL_VALIDATION_FAILED"
    }


@pytest.mark.parametrize("count", [100, 101])
async def test_representations_are_capped(count: int) -> None:
    query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Thing { id } } }"
    found = await codes(query, {"r": [{"__typename": "Thing", "id": "1"}] * count})
    assert found == (["TOO_MANY_REPRESENTATIONS"] if count > 100 else [])


@pytest.mark.parametrize(
    "query",
    [
        "{ " + " ".join(f"a{i}: thing {{ id }}" for i in range(61)) + " }",
        "{ thing(id: [" + "1 " * 4000 + "]) { id } }",
        "{ nothing }",
    ],
)
async def test_documents_over_the_limits_are_refused(query: str) -> None:
    result = await SCHEMA.execute(query)
    assert result.data is None
    assert (result.errors or [])[0].extensions is not None


def test_a_cursor_is_ours_or_refused() -> None:
    assert decode_cursor(encode_cursor("HIGH", 7), tuple[str, int]) == ("HIGH", 7)
    for forged in ["", "x", "bm90IGpzb24", encode_cursor(1, 2)]:
        with pytest.raises(Invalid):
            decode_cursor(forged, tuple[str, int])


def test_a_page_knows_whether_another_follows() -> None:
    edges, info = paginate([1, 2, 3], 2, str, lambda row: encode_cursor(row))
    assert ([edge.node for edge in edges], info.has_next_page) == (["1", "2"], True)
    assert info.end_cursor == encode_cursor(2)


async def test_a_document_is_validated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    validated: list[object] = []
    monkeypatch.setattr(
        "strawberry.extensions.validation_cache._get_validate_cache",
        lambda maxsize: seen_by(validated),
    )
    await SCHEMA.execute("{ thing { id } }")
    await SCHEMA.execute("{ thing { id } }")
    assert len(validated) == 2
    assert validated[0] == validated[1]


def seen_by(validated: list[object]) -> Any:
    """Instead of validating, notes the key under which the result would be cached."""

    def remember(*key: object) -> list[object]:
        hash(key)
        validated.append(key)
        return []

    return remember
