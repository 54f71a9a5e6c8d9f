"""Forms (表证单书): typed fields and the documents that go with them, by version (S1-102, S2-023)."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from math import isfinite

import msgspec
from plumbline_shared.errors import Refused

from case_flow.domain.definition import Citation, Frozen, Text

MAX_TEXT = 500


class FieldKind(StrEnum):
    """What a field takes: text, a number, money in fen, an ISO date, or one of its choices."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    MONEY_FEN = "MONEY_FEN"
    DATE = "DATE"
    CHOICE = "CHOICE"


class Choice(Frozen, frozen=True):
    """One value that a CHOICE takes."""

    code: str
    name: Text


class Field(Frozen, frozen=True):
    """One field of a form."""

    code: str
    name: Text
    kind: FieldKind
    required: bool = True
    choices: tuple[Choice, ...] = ()
    least: int | None = None
    most: int | None = None


class FormDocument(Frozen, frozen=True):
    """A document to bring; with `when_field` only if that field has the value `when_is`."""

    code: str
    name: Text
    when_field: str = ""
    when_is: str = ""


class Form(Frozen, frozen=True):
    """One version of a form. Published versions never change."""

    form: str
    version: int
    name: Text
    citation: Citation
    fields: tuple[Field, ...] = ()
    documents: tuple[FormDocument, ...] = ()

    @property
    def ref(self) -> str:
        """How a submission names it, for example `INVOICE-QUANTITY/1`."""
        return f"{self.form}/{self.version}"


class Part(StrEnum):
    """What is missing or wrong."""

    FIELD = "FIELD"
    DOCUMENT = "DOCUMENT"


class Missing(Frozen, frozen=True):
    """One thing to supply: a field left empty or filled wrongly (`fault` says how), or a document."""

    part: Part
    code: str
    name: Text
    fault: str = "MISSING"

    @property
    def path(self) -> tuple[str, ...]:
        """Where in the payload it belongs."""
        return ("fields", self.code) if self.part is Part.FIELD else ("documents",)


class Submission(Frozen, frozen=True):
    """What an applicant hands in: the form by its reference, its fields, the documents by code."""

    form: str = ""
    fields: dict[str, object] = msgspec.field(default_factory=dict[str, object])
    documents: tuple[str, ...] = ()


class FormInvalid(Refused):
    """The submission does not fit its form; `faults` lists every fault with its path."""

    code = "FORM_INVALID"


class FormRetired(Refused):
    """The form was replaced; `successor` is the one to use."""

    code = "FORM_RETIRED"


def lacking(form: Form, given: Submission) -> tuple[Missing, ...]:
    """Everything that is missing or wrong, all at once (一次性告知, 行政许可法 Art 32), in the form's order.

    A document that depends on a field still open or wrong is listed too, so that no second list can follow.
    """
    faults = {one.code: fault(one, given.fields.get(one.code)) for one in form.fields}
    fields = [
        Missing(part=Part.FIELD, code=one.code, name=one.name, fault=wrong)
        for one in form.fields
        if (wrong := faults[one.code])
    ]
    documents = [
        Missing(part=Part.DOCUMENT, code=one.code, name=one.name)
        for one in form.documents
        if one.code not in given.documents and _wanted(one, given, faults)
    ]
    return (*fields, *documents)


def _wanted(document: FormDocument, given: Submission, faults: Mapping[str, str]) -> bool:
    if not document.when_field:
        return True
    if faults.get(document.when_field):
        return True
    return given.fields.get(document.when_field) == document.when_is


def fault(field: Field, value: object) -> str:
    """The code of what is wrong with a value, empty when it fits."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return "MISSING" if field.required else ""
    return _FAULTS[field.kind](field, value)


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str):
        return "NOT_TEXT"
    return "TOO_LONG" if len(value) > (field.most or MAX_TEXT) else ""


def _number(field: Field, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return "NOT_A_NUMBER"
    return _within(field, value)


def _money(field: Field, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return "NOT_FEN"
    return _within(field, value)


def _date(_field: Field, value: object) -> str:
    try:
        date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        return "NOT_A_DATE"
    return ""


def _choice(field: Field, value: object) -> str:
    return "" if value in [one.code for one in field.choices] else "NOT_A_CHOICE"


def _within(field: Field, value: float) -> str:
    if field.least is not None and value < field.least:
        return "TOO_SMALL"
    return "TOO_LARGE" if field.most is not None and value > field.most else ""


_FAULTS = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY_FEN: _money,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
}


def unknown(form: Form, given: Submission) -> tuple[tuple[str, ...], ...]:
    """Paths of what the form does not know: fields and documents of another form or version."""
    fields, documents = {one.code for one in form.fields}, {one.code for one in form.documents}
    return (
        *(("fields", code) for code in given.fields if code not in fields),
        *(("documents", str(at)) for at, code in enumerate(given.documents) if code not in documents),
    )


class Fault(Frozen, frozen=True):
    """One fault of a submission: where in the payload, and what; `what` names the thing for people."""

    path: tuple[str, ...]
    code: str
    what: str = ""
    name: str = ""

    def __str__(self) -> str:
        return f"{'.'.join(self.path)} {self.what} {self.code}".replace("  ", " ")


def require_known(form: Form, given: Submission) -> None:
    """Raise FormInvalid for anything that the form does not ask for."""
    _refuse(form, [Fault(path=path, code="UNKNOWN") for path in unknown(form, given)])


def require_complete(form: Form, given: Submission) -> None:
    """Raise FormInvalid with every fault of the submission, each with its path."""
    strange = [Fault(path=path, code="UNKNOWN") for path in unknown(form, given)]
    wanting = [
        Fault(path=one.path, code=one.fault, what=one.code, name=one.name.en) for one in lacking(form, given)
    ]
    _refuse(form, [*strange, *wanting])


def _refuse(form: Form, faults: Sequence[Fault]) -> None:
    if not faults:
        return
    raise FormInvalid(
        f"the form {form.ref} is not complete or not right: {'; '.join(map(str, faults))}",
        path=("input", "payload", *faults[0].path),
        form=form.ref,
        faults=msgspec.to_builtins(faults),
    )
