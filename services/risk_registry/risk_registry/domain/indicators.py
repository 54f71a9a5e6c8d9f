"""Indicators 指标 (S2-035, S1-033): when a kind of alert is raised, under which clause, proved by cases before it counts."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_org.roles import Role
from plumbline_shared.conditions import Condition, ConditionError, FactType, FactValue, is_of
from plumbline_shared.errors import Invalid, Refused

from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import UncitedRule
from risk_registry.domain.discretion_check import ConditionFault

KIND = re.compile(r"[A-Z][A-Z0-9_-]{1,59}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_CASES = 50


class DataSource(StrEnum):
    """The four monitoring systems of S2-035."""

    INTEGRITY_CONTROL = "INTEGRITY_CONTROL"
    ENFORCEMENT_ASSESSMENT = "ENFORCEMENT_ASSESSMENT"
    TAX_RISK = "TAX_RISK"
    TIME_LIMIT = "TIME_LIMIT"


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of an indicator as data."""


class Case(Data, frozen=True):
    """A named test: with these facts the condition is `expected`."""

    name: str
    facts: Mapping[str, FactValue]
    expected: bool


class Indicator(Data, frozen=True):
    """The body of one version. `basis` is REGULATION#clause; `informed` are roles that read its alerts besides the line."""

    title_zh: str
    title_en: str
    alert_kind: str
    phase: AlertPhase
    source: DataSource
    basis: str
    citation: str
    when: str
    facts: Mapping[str, FactType]
    cases: tuple[Case, ...]
    informed: tuple[Role, ...] = ()

    @property
    def condition(self) -> Condition:
        """Compiled. Raises ConditionFault with the place of the fault."""
        try:
            return Condition(self.when, self.facts)
        except ConditionError as error:
            raise ConditionFault(str(error), path=("when",), line=error.line, column=error.column) from None


@dataclass(frozen=True)
class IndicatorVersion:
    """One version with who wrote and who activated it; a draft counts on no day."""

    id: str
    bureau_id: str
    code: str
    version: int
    body: Indicator
    author: str
    drafted_at: datetime
    effective_from: date | None = None
    approver: str | None = None
    activated_at: datetime | None = None
    evidence: tuple[Case, ...] = ()

    @property
    def indicator_id(self) -> str:
        return f"{self.bureau_id}.{self.code}"


@dataclass(frozen=True)
class Retirement:
    """From a day on no version counts that was activated before."""

    code: str
    retired_from: date
    retired_at: datetime


class NoTestEvidence(Refused):
    """An indicator is activated with a case that raises the alert, and one that does not."""

    code = "NO_TEST_EVIDENCE"


class CasesFail(Refused):
    """The condition does not say what its cases expect."""

    code = "CASES_FAIL"


def check_shape(body: Indicator) -> None:
    """Raises Invalid that names what is missing or does not fit; conditions and cases are judged by `prove`."""
    for name in ("title_zh", "title_en", "citation", "when"):
        if not getattr(body, name).strip():
            raise Invalid("fill this in", path=("body", name))
    if not KIND.fullmatch(body.alert_kind):
        raise Invalid("the kind of alert, as case flow names it", path=("body", "alert_kind"))
    if not all(NAME.fullmatch(name) for name in body.facts):
        raise Invalid("facts are named a_to_z_0_9, at most 40 characters", path=("body", "facts"))
    names = [case.name for case in body.cases]
    if len(set(names)) < len(names) or len(names) > MOST_CASES or not all(name.strip() for name in names):
        raise Invalid(f"at most {MOST_CASES} cases, each with its own name", path=("body", "cases"))


def prove(body: Indicator, clauses: Collection[str]) -> tuple[Case, ...]:
    """The evidence of an indicator that may count: its cases, each as expected.

    Raises Invalid, UncitedRule without a clause in force, ConditionFault, NoTestEvidence or CasesFail.
    """
    check_shape(body)
    if body.basis not in clauses:
        raise UncitedRule(f"{body.basis or 'nothing'} is no clause in force: cite REGULATION#clause")
    condition = body.condition
    if {case.expected for case in body.cases} != {True, False}:
        raise NoTestEvidence(
            "give a case that raises the alert and one that does not", path=("body", "cases")
        )
    given = {case.name: outcome(condition, body.facts, case.facts) for case in body.cases}
    wrong = [case.name for case in body.cases if given[case.name] is not case.expected]
    if wrong:
        said = "; ".join(f"{name}: {_words(given[name])}" for name in wrong)
        raise CasesFail(f"not as expected: {said}", path=("body", "cases"), cases=tuple(wrong))
    return body.cases


def outcome(
    condition: Condition, declared: Mapping[str, FactType], facts: Mapping[str, FactValue]
) -> bool | None:
    """Whether the condition holds; None where a declared fact is missing, of another type, or gives no answer."""
    known = {name: facts[name] for name, kind in declared.items() if is_of(kind, facts.get(name))}
    try:
        return condition.holds(known)
    except ConditionError:
        return None


def _words(given: bool | None) -> str:
    return {True: "raises", False: "does not raise", None: "cannot be said, a fact is missing"}[given]


def in_force(
    versions: Iterable[IndicatorVersion],
    retirements: Iterable[Retirement],
    on: date,
    known_at: datetime | None = None,
) -> list[IndicatorVersion]:
    """By code, the version that counts on a day, as known at an instant: the latest day, then the latest version."""
    counting: dict[str, IndicatorVersion] = {}
    for each in sorted(versions, key=lambda one: (one.effective_from or date.max, one.version)):
        begun = each.effective_from is not None and each.effective_from <= on
        if begun and each.activated_at and (known_at is None or each.activated_at <= known_at):
            counting[each.code] = each
    known = [one for one in retirements if known_at is None or one.retired_at <= known_at]
    found = (counting[code] for code in sorted(counting))
    return [one for one in found if not _retired(one, known, on)]


def _retired(version: IndicatorVersion, retirements: Iterable[Retirement], on: date) -> bool:
    return any(
        one.code == version.code
        and one.retired_from <= on
        and version.activated_at is not None
        and version.activated_at <= one.retired_at
        for one in retirements
    )
