"""Forms: each value against its kind, the whole list of what is missing at once, the file with its faults."""

from pathlib import Path

import case_flow
import pytest
from case_flow.domain.definition import Text
from case_flow.domain.errors import InvalidDefinition
from case_flow.domain.form import Field, FieldKind, FormInvalid, Submission, fault, lacking, require_complete
from case_flow.domain.form_parsing import parse_form
from hypothesis import given
from hypothesis import strategies as st

FILE = (Path(case_flow.__file__).parent / "forms" / "invoice_quantity.yaml").read_text(encoding="utf-8")
FORM = parse_form(FILE)
RIGHT = {
    "taxpayer": "a",
    "registration_no": "b",
    "monthly_copies": 3,
    "monthly_turnover": 5,
    "needed_from": "2026-10-10",
}
WRONG = st.one_of(st.none(), st.booleans(), st.just(""), st.just("?"), st.just(-1), st.just([]), st.just({}))
DOCUMENTS = [one.code for one in FORM.documents]


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    """Some fields right, some wrong, some left out; some of the documents."""
    fields: dict[str, object] = {}
    for code, value in RIGHT.items():
        if draw(st.booleans()):
            fields[code] = draw(st.one_of(st.just(value), WRONG))
    if draw(st.booleans()):
        fields["invoice_kind"] = draw(st.sampled_from(["ORDINARY", "SPECIAL_VAT", "OTHER"]))
    return Submission(
        form=FORM.ref, fields=fields, documents=tuple(draw(st.sets(st.sampled_from(DOCUMENTS))))
    )


@given(submissions(), st.sampled_from(["ORDINARY", "SPECIAL_VAT"]))
def test_whoever_supplies_all_that_was_told_is_told_nothing_more(told: Submission, kind: str) -> None:
    right = {**RIGHT, "invoice_kind": kind}
    listed = lacking(FORM, told)
    fields = {**told.fields, **{one.code: right[one.code] for one in listed if one.part == "FIELD"}}
    documents = (*told.documents, *(one.code for one in listed if one.part == "DOCUMENT"))
    again = Submission(form=FORM.ref, fields=fields, documents=documents)
    assert lacking(FORM, again) == ()
    require_complete(FORM, again)


@given(submissions())
def test_a_submission_passes_exactly_when_nothing_is_missing(told: Submission) -> None:
    if lacking(FORM, told):
        with pytest.raises(FormInvalid) as refusal:
            require_complete(FORM, told)
        assert len(refusal.value.details["faults"]) == len(lacking(FORM, told))  # pyright: ignore[reportArgumentType]
    else:
        require_complete(FORM, told)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=5),
    st.integers(),
    st.floats(),
    st.dates().map(str),
    st.lists(st.none()),
)
FITS = {
    FieldKind.TEXT: lambda value: isinstance(value, str),
    FieldKind.NUMBER: lambda value: type(value) in (int, float) and value - value == 0,
    FieldKind.MONEY_FEN: lambda value: type(value) is int and value >= 0,
    FieldKind.DATE: lambda value: isinstance(value, str) and value[:4].isdigit() and "-" in value,
    FieldKind.CHOICE: lambda value: False,
}


@given(st.sampled_from(FieldKind), VALUES)
def test_a_field_takes_its_kind_and_nothing_else(kind: FieldKind, value: object) -> None:
    field = Field(code="f", name=Text(zh="字段", en="Field"), kind=kind)
    empty = value is None or (isinstance(value, str) and not value.strip())
    if empty:
        assert fault(field, value) == "MISSING"
    elif not fault(field, value):
        assert FITS[kind](value)
    elif kind is not FieldKind.DATE:
        assert not FITS[kind](value)


def test_faults_of_a_form_file_come_with_their_lines() -> None:
    broken = (
        FILE.replace("kind: DATE", "kind: DAY")
        .replace("is: SPECIAL_VAT", "is: SPECIAL")
        .replace("code: INVOICE_BOOK", "code: LICENCE_COPY")
    )
    with pytest.raises(InvalidDefinition) as refusal:
        parse_form(broken)
    codes = {one.code for one in refusal.value.problems}
    assert codes == {"UNKNOWN_VALUE", "DUPLICATE_CODE"}
    assert all(one.line > 5 for one in refusal.value.problems)
