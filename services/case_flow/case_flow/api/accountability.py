"""The scheme of accountability as everybody in the bureau reads it: appraisal, inquiry, liability, warning (S1-143)."""

import strawberry

from case_flow.api.control_enums import Capacity, Form, Lang, Part, RootCause
from case_flow.domain.accountability import Scheme
from case_flow.domain.control_pack import Label
from case_flow.packs import control_pack, scheme


@strawberry.type(description="问责情形: what calls for an inquiry (有错无为问责).")
class InquiryTrigger:
    words: strawberry.Private[Label]
    code: str
    citation: str
    incident_kinds: list[str]

    @strawberry.field
    def label(self, lang: Lang = Lang.ZH) -> str:
        return _said(self.words, lang)


@strawberry.type(description="根本性问题: the root that causes go back to.")
class RootProblem:
    words: strawberry.Private[Label]
    code: str
    citation: str
    causes: list[RootCause]

    @strawberry.field
    def label(self, lang: Lang = Lang.ZH) -> str:
        return _said(self.words, lang)


@strawberry.type(description="追究形式 that a part in such an incident is proposed.")
class LiabilityForm:
    part: Part
    form: Form


@strawberry.type(description="One kind of incident in all four parts of the scheme.")
class AccountabilityKind:
    words: strawberry.Private[Label]
    code: str
    citation: str
    warned_by: list[str] = strawberry.field(description="预警: kinds of alerts that warn of it before.")
    found_by: list[str] = strawberry.field(description="Kinds of alerts that find it afterwards.")
    triggers: list[str] = strawberry.field(description="问责: what calls for an inquiry into it.")
    forms: list[LiabilityForm] = strawberry.field(description="追责: the forms proposed.")
    appraised_by: list[str] = strawberry.field(description="考核: rules of the score.")

    @strawberry.field
    def label(self, lang: Lang = Lang.ZH) -> str:
        return _said(self.words, lang)


@strawberry.type(description="工作考核、问责、追责、预警实施方案: one version of the scheme.")
class AccountabilityScheme:
    id: strawberry.ID
    version: str
    citation: str
    triggers: list[InquiryTrigger]
    primary_order: list[Capacity] = strawberry.field(
        description="Whoever acted in the first of these is primary (国税发〔2005〕42号 Art 20)."
    )
    liability_citation: str
    kinds: list[AccountabilityKind]
    roots: list[RootProblem]


@strawberry.type
class AccountabilityQuery:
    @strawberry.field(description="The scheme in force, for everybody.")
    def accountability_scheme(self) -> AccountabilityScheme:
        return _scheme(scheme())


def trigger_of(code: str | None) -> InquiryTrigger | None:
    """A trigger of the scheme; None for an inquiry that was proposed before there was one."""
    one = scheme().triggers.get(code) if code else None
    if code is None or one is None:
        return None
    return InquiryTrigger(words=one.label, code=code, citation=one.citation, incident_kinds=list(one.kinds))


def root_of(code: str | None) -> RootProblem | None:
    """A root of the scheme; None for a cause that lies in no person."""
    one = scheme().roots.get(code) if code else None
    if code is None or one is None:
        return None
    return RootProblem(words=one.label, code=code, citation=one.citation, causes=list(one.causes))


def _scheme(found: Scheme) -> AccountabilityScheme:
    return AccountabilityScheme(
        id=strawberry.ID(found.id),
        version=found.version,
        citation=found.citation,
        triggers=[one for one in map(trigger_of, found.triggers) if one is not None],
        primary_order=list(found.liability.primary),
        liability_citation=found.liability.citation,
        kinds=[_kind(found, code) for code in found.kinds],
        roots=[one for one in map(root_of, found.roots) if one is not None],
    )


def _kind(found: Scheme, code: str) -> AccountabilityKind:
    tied, pack = found.kinds[code], control_pack()
    return AccountabilityKind(
        words=pack.incident_kinds[code],
        code=code,
        citation=tied.citation,
        warned_by=list(tied.warned_by),
        found_by=[kind for kind, rule in pack.alerts.items() if rule.incident_kind == code],
        triggers=list(found.triggers_of(code)),
        forms=[LiabilityForm(part=part, form=form) for part, form in pack.forms[code].items()],
        appraised_by=list(tied.appraised_by),
    )


def _said(words: Label, lang: Lang) -> str:
    return words.zh if lang is Lang.ZH else words.en
