"""A form file (YAML) to a `Form`, with every fault and its line."""

from case_flow.domain import parsing_controls
from case_flow.domain.definition import Text
from case_flow.domain.form import Choice, Field, FieldKind, Form, FormDocument
from case_flow.domain.yaml_nodes import Node, read

_KINDS = tuple(str(one) for one in FieldKind)


def parse_form(text: str) -> Form:
    """Read one form. Raises InvalidDefinition with every fault found."""
    root = read(text)
    root.only("form", "version", "name", "citation", "fields", "documents")
    fields = tuple(_field(one) for one in root.get("fields").items())
    _once(root.get("fields").items(), [one.code for one in fields])
    form = Form(
        form=root.get("form").text(),
        version=root.get("version").integer(least=1),
        name=_name(root.get("name")),
        citation=parsing_controls.citation(root.get("citation")),
        fields=fields,
        documents=tuple(_document(one, fields) for one in root.get("documents").items()),
    )
    _once(root.get("documents").items(), [one.code for one in form.documents])
    if "/" in form.form:
        root.get("form").fault("BAD_CODE", "a form's code has no '/': the version follows it")
    root.faults.raise_if_any()
    return form


def _field(node: Node) -> Field:
    node.only("code", "name", "kind", "required", "choices", "least", "most")
    kind = node.get("kind").text("TEXT")
    if kind not in _KINDS:
        node.get("kind").fault("UNKNOWN_VALUE", f"'kind' is one of {', '.join(_KINDS)}, not {kind!r}")
        kind = "TEXT"
    choices = tuple(_choice(one) for one in node.get("choices").items())
    if (kind == FieldKind.CHOICE) != bool(choices):
        node.fault("CHOICES", "a field of kind CHOICE has 'choices', and no other field has")
    return Field(
        code=node.get("code").text(),
        name=_name(node.get("name")),
        kind=FieldKind(kind),
        required=node.get("required").flag() if node.get("required").raw else True,
        choices=choices,
        least=node.get("least").integer() if node.get("least").raw else None,
        most=node.get("most").integer() if node.get("most").raw else None,
    )


def _choice(node: Node) -> Choice:
    node.only("code", "name")
    return Choice(code=node.get("code").text(), name=_name(node.get("name")))


def _document(node: Node, fields: tuple[Field, ...]) -> FormDocument:
    node.only("code", "name", "when")
    when = node.get("when")
    when.only("field", "is")
    field, value = when.get("field").text(""), when.get("is").text("")
    known = {one.code: [choice.code for choice in one.choices] for one in fields}
    if when.raw and value not in known.get(field, []):
        when.fault("UNKNOWN_VALUE", f"'when' names a choice of a field: {field!r} has no {value!r}")
    return FormDocument(
        code=node.get("code").text(), name=_name(node.get("name")), when_field=field, when_is=value
    )


def _name(node: Node) -> Text:
    node.only("zh", "en")
    return Text(zh=node.get("zh").text(), en=node.get("en").text())


def _once(nodes: list[Node], codes: list[str]) -> None:
    for at, (node, code) in enumerate(zip(nodes, codes, strict=True)):
        if code in codes[:at]:
            node.fault("DUPLICATE_CODE", f"{code!r} is given twice")
