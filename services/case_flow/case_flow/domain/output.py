"""Documents that the hall gives out (出件规范标准, S1-102): a template, a number without gaps in its series, both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from string import Formatter

import msgspec
from plumbline_org.parts import Bureau
from plumbline_shared.errors import Refused

from case_flow.domain.control_pack import Label
from case_flow.domain.definition import Citation, ItemDefinition, State, Text
from case_flow.domain.matter import Matter

FIELDS = frozenset(
    {"number", "applicant", "item", "receipt_no", "accepted_on", "due_on", "closed_on", "reason", "basis", "bureau"}
)  # fmt: skip


class Needs(StrEnum):
    """What the matter has to be."""

    ACCEPTED = "ACCEPTED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"


class OutputTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of document. `number` has the places `{year}` and `{number}`."""

    series: str
    number: str
    needs: Needs
    citation: Citation
    name: Label
    zh: str
    en: str

    def __post_init__(self) -> None:
        """A place that nothing fills is a fault of the pack."""
        if _places(self.number) != {"year", "number"}:
            raise ValueError("'number' has {year} and {number}, and nothing else")
        if unknown := (_places(self.zh) | _places(self.en)) - FIELDS:
            raise ValueError(f"nothing fills {sorted(unknown)}")


class OutputPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the templates, by kind."""

    id: str
    version: str
    citation: str
    templates: Mapping[str, OutputTemplate]

    @property
    def ref(self) -> str:
        """How a document names the pack."""
        return f"{self.id}/{self.version}"


class OutputRefused(Refused):
    """There is no such kind, or the matter is not what the document says."""

    code = "OUTPUT"


@dataclass(frozen=True)
class Source:
    """What a document is made of."""

    matter: Matter
    item: ItemDefinition
    bureau: Bureau


def require_due(template: OutputTemplate, matter: Matter) -> None:
    """Raise OutputRefused unless the matter is what the document says of it."""
    decided = matter.closed_on is not None and matter.outcome == template.needs
    fits = matter.state is not State.WITHDRAWN if template.needs is Needs.ACCEPTED else decided
    if not fits:
        raise OutputRefused(
            f"{template.name.en} is for a matter that is {template.needs}", needs=template.needs
        )


def numbered(template: OutputTemplate, year: int, number: int) -> str:
    """The number as it is printed."""
    return template.number.format(year=year, number=number)


def rendered(template: OutputTemplate, number: str, source: Source) -> Text:
    """The document in both languages; what is given by others is put in as it is, and never read as a template."""
    matter, bureau = source.matter, source.bureau
    same = {
        "number": number,
        "applicant": matter.title,
        "receipt_no": matter.case_ref,
        "accepted_on": matter.accepted_on.isoformat(),
        "due_on": _day(matter.due_on),
        "closed_on": _day(matter.closed_on),
        "reason": matter.reason or "",
        "basis": str(source.item.citation),
    }
    return Text(
        zh=template.zh.format_map({**same, "item": source.item.name.zh, "bureau": bureau.name}),
        en=template.en.format_map(
            {**same, "item": source.item.name.en, "bureau": bureau.name_en or bureau.name}
        ),
    )


def _day(on: date | None) -> str:
    return on.isoformat() if on else "—"


def _places(text: str) -> set[str]:
    """The names between braces; anything that reaches into an object is named as it stands, and so unknown."""
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}
