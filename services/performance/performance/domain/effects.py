"""What the linked facts of one cause do to whom: a pure function of the set of facts, whatever order they came in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from performance.domain.facts import (
    BatchUnitOverdue,
    ComplaintOverturned,
    ComplaintSubstantiated,
    EducationOverdue,
    Evidence,
    HoldCorrected,
    IncidentConfirmed,
    IncidentSetAside,
    InquiryDecided,
    InquirySetAside,
    MatterClosed,
    Part,
    ProcessReformed,
    RectificationOverdue,
    RotationOverdue,
)
from performance.domain.reform import award
from performance.domain.rotation import counts_for_post
from performance.domain.rules import IncidentRule, RuleCode, RuleSet
from performance.domain.subjects import Subject, person, unit

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Effect:
    """Points that one piece of evidence gives one subject under one rule.

    `source` is what they are for: an incident, a complaint, a decision; de-duplication weighs sources.
    """

    subject: Subject
    unit_id: str
    rule: RuleCode
    points: Decimal
    rule_set_version: str
    event_id: str
    incident_id: str | None
    occurred_on: date
    source: str

    @property
    def key(self) -> tuple[str, RuleCode, Subject]:
        return (self.event_id, self.rule, self.subject)


def effects(evidence: Sequence[Evidence], rule_sets: Mapping[str, RuleSet]) -> list[Effect]:
    """Every effect of one cause after de-duplication, in a fixed order.

    Of the rules that a set lists as `largest_only`, one incident gives one subject only the source that weighs most
    (invariant 5). Evidence under a rule set that is not given has no effect.
    """
    known = sorted(
        (one for one in evidence if one.rule_set_version in rule_sets), key=lambda one: one.fact.identity
    )
    found = [one for proof in known for one in _of(proof, rule_sets[proof.rule_set_version], known)]
    return sorted(_largest_only(_summed(found), rule_sets), key=lambda one: one.key)


def _of(proof: Evidence, rules: RuleSet, known: Sequence[Evidence]) -> Iterator[Effect]:
    match proof.fact:
        case IncidentConfirmed():
            yield from _incident(proof, proof.fact, rules, known)
        case MatterClosed():
            yield from _closed(proof, proof.fact, rules, known)
        case InquiryDecided():
            yield from _decided(proof, proof.fact, rules, known)
        case HoldCorrected():
            if proof.fact.count == rules.rules.sr_02.at_count:
                whom = person(proof.fact.person_id)
                yield _effect(proof, whom, proof.fact.unit_id, RuleCode.SR_02, rules.rules.sr_02.person)
        case ComplaintSubstantiated():
            yield from _substantiated(proof, proof.fact, rules)
        case ComplaintOverturned():
            points = rules.rules.sr_04.overturned_unit
            yield _effect(proof, unit(proof.fact.unit_id), proof.fact.unit_id, RuleCode.SR_04, points)
        case EducationOverdue():
            whom = person(proof.fact.person_id)
            yield _effect(proof, whom, proof.fact.unit_id, RuleCode.SR_05, rules.rules.sr_05.person)
        case BatchUnitOverdue():
            yield from _batch(proof, proof.fact, rules)
        case RectificationOverdue():
            points = rules.rules.sr_06.block(proof.fact.block)
            if points:
                yield _effect(proof, unit(proof.fact.unit_id), proof.fact.unit_id, RuleCode.SR_06, points)
        case ProcessReformed():
            if found := award(proof.fact, rules.rules.sr_10, [one.fact for one in known]):
                whom = unit(proof.fact.unit_id)
                yield _effect(proof, whom, whom.id, RuleCode.SR_10, found.points, found.on)
        case RotationOverdue():
            if counts_for_post(proof.fact, [one.fact for one in known]):
                points = rules.rules.sr_08.unit_each_month
                yield _effect(proof, unit(proof.fact.unit_id), proof.fact.unit_id, RuleCode.SR_08, points)
        case _:
            return


def _effect(
    proof: Evidence,
    subject: Subject,
    unit_id: str,
    rule: RuleCode,
    points: Decimal,
    on: date | None = None,
    source: str | None = None,
) -> Effect:
    return Effect(
        subject=subject,
        unit_id=unit_id,
        rule=rule,
        points=points.quantize(TENTH),
        rule_set_version=proof.rule_set_version,
        event_id=proof.event_id,
        incident_id=getattr(proof.fact, "incident_id", None),
        occurred_on=on or proof.fact.on,
        source=source or proof.fact.identity,
    )


def _incident_rule(fact: IncidentConfirmed, rules: RuleSet) -> tuple[RuleCode, IncidentRule, Decimal] | None:
    """The rule for the kind of incident, and what its points are multiplied with (SR-03: the grade's weight)."""
    if fact.kind == rules.rules.sr_01.incident_kind:
        return RuleCode.SR_01, rules.rules.sr_01, Decimal(1)
    if fact.kind == rules.rules.sr_03.incident_kind:
        return RuleCode.SR_03, rules.rules.sr_03, rules.weights[fact.grade] if fact.grade else Decimal(1)
    return None


def _incident(
    proof: Evidence, fact: IncidentConfirmed, rules: RuleSet, known: Sequence[Evidence]
) -> Iterator[Effect]:
    if _incident_of(fact.incident_id, known) is None or (found := _incident_rule(fact, rules)) is None:
        return
    code, rule, weight = found
    yield _effect(proof, unit(fact.unit_id), fact.unit_id, code, rule.unit * weight)
    if _is_late(rule, fact.late_working_days):
        yield _effect(proof, unit(fact.unit_id), fact.unit_id, code, rule.unit_late)


def _closed(
    proof: Evidence, fact: MatterClosed, rules: RuleSet, known: Sequence[Evidence]
) -> Iterator[Effect]:
    """The unit's further points, once: at confirmation if it was that late already, else at the first closing."""
    incident = _incident_of(fact.incident_id, known)
    found = _incident_rule(incident, rules) if incident else None
    if incident is None or found is None:
        return
    code, rule, _weight = found
    earlier = _is_late(rule, incident.late_working_days) or any(
        isinstance(other.fact, MatterClosed)
        and other.fact.incident_id == fact.incident_id
        and other.fact.identity < fact.identity
        and _is_late(rule, other.fact.late_working_days)
        for other in known
    )
    if _is_late(rule, fact.late_working_days) and not earlier:
        whom = unit(incident.unit_id)
        on, source = incident.occurred_on, incident.identity
        yield _effect(proof, whom, incident.unit_id, code, rule.unit_late, on, source)


def _is_late(rule: IncidentRule, late_working_days: int) -> bool:
    return rule.late_over_working_days is not None and late_working_days > rule.late_over_working_days


def _decided(
    proof: Evidence, fact: InquiryDecided, rules: RuleSet, known: Sequence[Evidence]
) -> Iterator[Effect]:
    """Nothing follows from a decision that was set aside on appeal, whichever of the two is heard of first."""
    if any(isinstance(one.fact, InquirySetAside) and one.fact.inquiry_id == fact.inquiry_id for one in known):
        return
    yield from _parts(proof, fact, rules, known)
    rule = rules.rules.sr_07
    for outcome in fact.outcomes:
        if outcome.form is None:
            continue
        whom = person(outcome.person_id)
        yield _effect(proof, whom, outcome.unit_id, RuleCode.SR_07, rule.person[outcome.form])
        if outcome.form in rule.unit_for:
            yield _effect(proof, unit(outcome.unit_id), outcome.unit_id, RuleCode.SR_07, rule.unit_each)


def _parts(
    proof: Evidence, fact: InquiryDecided, rules: RuleSet, known: Sequence[Evidence]
) -> Iterator[Effect]:
    """The persons' points for the incident itself: they count for the day it occurred."""
    incident = _incident_of(fact.incident_id, known)
    found = _incident_rule(incident, rules) if incident else None
    if incident is None or found is None:
        return
    code, rule, weight = found
    for outcome in fact.outcomes:
        if outcome.part is not None:
            points = (rule.primary if outcome.part is Part.PRIMARY else rule.secondary) * weight
            whom = person(outcome.person_id)
            yield _effect(proof, whom, outcome.unit_id, code, points, incident.occurred_on)


def _substantiated(proof: Evidence, fact: ComplaintSubstantiated, rules: RuleSet) -> Iterator[Effect]:
    rule = rules.rules.sr_04
    points = rule.unit[fact.kind]
    yield _effect(proof, unit(fact.unit_id), fact.unit_id, RuleCode.SR_04, points)
    if fact.person_id:
        whom = person(fact.person_id)
        yield _effect(proof, whom, fact.unit_id, RuleCode.SR_04, points * rule.person_share)


def _batch(proof: Evidence, fact: BatchUnitOverdue, rules: RuleSet) -> Iterator[Effect]:
    rule = rules.rules.sr_05
    if fact.overdue > rule.unit_share_over * fact.total:
        yield _effect(proof, unit(fact.unit_id), fact.unit_id, RuleCode.SR_05, rule.unit)


def _incident_of(incident_id: str, known: Sequence[Evidence]) -> IncidentConfirmed | None:
    """None also for an incident that was set aside, whichever of the two is heard of first (I-014)."""
    facts = [one.fact for one in known]
    if any(isinstance(one, IncidentSetAside) and one.incident_id == incident_id for one in facts):
        return None
    return next(
        (one for one in facts if isinstance(one, IncidentConfirmed) and one.incident_id == incident_id), None
    )


def _summed(found: Iterable[Effect]) -> list[Effect]:
    """One effect for one evidence, rule and subject: a ledger entry is unique in these three."""
    sums: dict[tuple[str, RuleCode, Subject], Effect] = {}
    for one in found:
        known = sums.get(one.key)
        sums[one.key] = replace(one, points=known.points + one.points) if known else one
    return list(sums.values())


def _largest_only(found: list[Effect], rule_sets: Mapping[str, RuleSet]) -> Iterator[Effect]:
    totals: defaultdict[Subject, defaultdict[tuple[RuleCode, str], Decimal]] = defaultdict(
        lambda: defaultdict(Decimal)
    )
    for one in found:
        if _competes(one, rule_sets):
            totals[one.subject][one.rule, one.source] += one.points
    largest = {subject: _heaviest(sources) for subject, sources in totals.items()}
    for one in found:
        if not _competes(one, rule_sets) or largest[one.subject] == (one.rule, one.source):
            yield one


def _competes(one: Effect, rule_sets: Mapping[str, RuleSet]) -> bool:
    return one.rule in rule_sets[one.rule_set_version].largest_only


def _heaviest(sources: Mapping[tuple[RuleCode, str], Decimal]) -> tuple[RuleCode, str]:
    """The lowest sum; of equal ones the first in the order of codes, so that the answer is always the same."""
    return min(sources, key=lambda source: (sources[source], source))
