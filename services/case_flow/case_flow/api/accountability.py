"""The scheme of accountability as everybody in the bureau reads it: appraisal, inquiry, liability, warning (S1-143)."""

import strawberry
from plumbline_shared.graphql import Info

from case_flow.api.control_enums import Capacity, Form, Lang, Part, RootCause
from case_flow.domain.accountability import Scheme
from case_flow.domain.control_pack import ControlPack, Label
from case_flow.rules import ACCOUNTABILITY_RULES, CONTROL_RULES, rules_of


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
    async def accountability_scheme(self, info: Info) -> AccountabilityScheme:
        tied, control = (
            await rules_of(info.context, ACCOUNTABILITY_RULES),
            await rules_of(info.context, CONTROL_RULES),
        )
        return _scheme(tied, control)


def trigger_of(found: Scheme, code: str | None) -> InquiryTrigger | None:
    """A trigger of the scheme; None for an inquiry that was proposed before there was one."""
    one = found.triggers.get(code) if code else None
    if code is None or one is None:
        return None
    return InquiryTrigger(words=one.label, code=code, citation=one.citation, incident_kinds=list(one.kinds))


def root_of(found: Scheme, code: str | None) -> RootProblem | None:
    """A root of the scheme; None for a cause that lies in no person."""
    one = found.roots.get(code) if code else None
    if code is None or one is None:
        return None
    return RootProblem(words=one.label, code=code, citation=one.citation, causes=list(one.causes))


def _scheme(found: Scheme, pack: ControlPack) -> AccountabilityScheme:
    return AccountabilityScheme(
        id=strawberry.ID(found.id),
        version=found.version,
        citation=found.citation,
        triggers=[one for code in found.triggers if (one := trigger_of(found, code)) is not None],
        primary_order=list(found.liability.primary),
        liability_citation=found.liability.citation,
        kinds=[_kind(found, pack, code) for code in found.kinds],
        roots=[one for code in found.roots if (one := root_of(found, code)) is not None],
    )


def _kind(found: Scheme, pack: ControlPack, code: str) -> AccountabilityKind:
    tied = found.kinds[code]
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
