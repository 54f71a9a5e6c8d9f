"""A service-item guide (办事指南): procedure, method, responsible posts, documents, time limit, for everybody (S1-044).

It is made from the item's version and says nothing of risk points, controls or checks.
"""

from collections.abc import Mapping

import msgspec
from plumbline_org.model import Org
from plumbline_org.parts import UnitKind
from plumbline_shared.deadline import DayUnit

from case_flow.domain.control_pack import Label
from case_flow.domain.definition import Citation, Frozen, ItemDefinition, Mode, Order, Step, Text
from case_flow.domain.form import Form, FormDocument


class GuidePack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the texts: how one applies, how posts are called."""

    id: str
    version: str
    citation: str
    office: Label
    methods: Mapping[str, Label]
    roles: Mapping[str, Label]


class GuideStage(Frozen, frozen=True):
    """One stage of the procedure: whose it is, within how many days, and whether the applicant is there."""

    name: Text
    unit: Text | None
    posts: tuple[Text, ...]
    days: int | None
    present: bool


class GuideDocument(Frozen, frozen=True):
    """A document to bring; `when` says in which case, None always."""

    name: Text
    when: Text | None = None


class GuideLimit(Frozen, frozen=True):
    """By when it is decided, and by which rule."""

    length: int
    unit: DayUnit
    basis: Citation


class Guide(Frozen, frozen=True):
    """What an applicant needs to know of one version of an item."""

    item: str
    version: int
    name: Text
    basis: Citation
    method: tuple[Text, ...]
    stages: tuple[GuideStage, ...]
    limit: GuideLimit | None
    extension_days: int
    pauses: tuple[Text, ...]
    form: Text | None
    form_ref: str
    documents: tuple[GuideDocument, ...]
    declarations: tuple[Text, ...]
    withdrawable: bool


def offered(definition: ItemDefinition, org: Org) -> bool:
    """Whether the front door takes it in: what the bureau opens by itself, or does for itself, has no guide."""
    unit = org.unit(f"{org.bureau.id}.{definition.by_code[definition.start].unit}")
    return definition.order is Order.STRICT and unit is not None and unit.kind is UnitKind.HALL


def intake_form(definition: ItemDefinition) -> str:
    """The code of the form that acceptance takes, empty without one."""
    start = definition.by_code[definition.start]
    return definition.by_code[start.next[0]].form if start.pre_review else start.form


def guide_of(definition: ItemDefinition, form: Form | None, org: Org, pack: GuidePack) -> Guide:
    """The guide of one version; unit names are the bureau's of today."""
    return Guide(
        item=definition.item,
        version=definition.version,
        name=definition.name,
        basis=definition.citation,
        method=tuple(_text(pack.methods[one]) for one in _methods(definition)),
        stages=tuple(_stage(step, org, pack) for step in definition.steps),
        limit=_limit(definition),
        extension_days=definition.extension.cap if definition.extension else 0,
        pauses=tuple(one.name for one in definition.pauses),
        form=form.name if form else None,
        form_ref=form.ref if form else "",
        documents=tuple(_document(one, form) for one in form.documents) if form else (),
        declarations=tuple(step.declaration.text for step in definition.steps if step.declaration),
        withdrawable=definition.withdrawable,
    )


def answerable(step: Step, unit_id: str, org: Org, pack: GuidePack) -> Text:
    """Who answers for an open step, for its applicant: the unit and the post, never a person."""
    unit, posts = org.unit(unit_id), _posts(step, org, pack)
    zh, en = "、".join(one.zh for one in posts), " or ".join(one.en for one in posts)
    if unit is None:
        return Text(zh=zh, en=en)
    return Text(zh=f"{unit.name}{zh}", en=", ".join(one for one in (en, unit.name_en or unit.name) if one))


def _limit(definition: ItemDefinition) -> GuideLimit | None:
    limit = definition.limit
    return GuideLimit(length=limit.length, unit=limit.unit, basis=limit.citation) if limit else None


def _methods(definition: ItemDefinition) -> tuple[str, ...]:
    looked = definition.by_code[definition.start].pre_review
    first = "PRE_REVIEW" if looked else "FRONT_DESK"
    wanted = (
        (first, True),
        ("HANDLE_FIRST", definition.mode is Mode.HANDLE_FIRST),
        ("DIRECT", definition.direct_intake is not None),
        ("FOLLOW", True),
    )
    return tuple(name for name, holds in wanted if holds)


def _stage(step: Step, org: Org, pack: GuidePack) -> GuideStage:
    return GuideStage(
        name=step.name,
        unit=_unit(step, org, pack),
        posts=_posts(step, org, pack),
        days=step.budget,
        present=step.visit,
    )


def _unit(step: Step, org: Org, pack: GuidePack) -> Text | None:
    if step.unit == "@office":
        return _text(pack.office)
    found = org.unit(f"{org.bureau.id}.{step.unit}") if step.unit else None
    return Text(zh=found.name, en=found.name_en or found.name) if found else None


def _posts(step: Step, org: Org, pack: GuidePack) -> tuple[Text, ...]:
    """The post by its title where the step names one, else the roles; a role without a public name is not told."""
    post = org.post(f"{org.bureau.id}.{step.post}") if step.post else None
    named = (Text(zh=post.title, en=post.title_en or post.title),) if post else ()
    return (*named, *(_text(pack.roles[one]) for one in step.roles if one in pack.roles))


def _document(document: FormDocument, form: Form) -> GuideDocument:
    for field in form.fields:
        for choice in field.choices:
            if (field.code, choice.code) == (document.when_field, document.when_is):
                when = Text(zh=f"{field.name.zh}:{choice.name.zh}", en=f"{field.name.en}: {choice.name.en}")
                return GuideDocument(name=document.name, when=when)
    return GuideDocument(name=document.name)


def _text(label: Label) -> Text:
    return Text(zh=label.zh, en=label.en)
