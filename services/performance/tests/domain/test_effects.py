from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from performance.domain.effects import Effect, effects
from performance.domain.facts import (
    BatchUnitOverdue,
    ComplaintOverturned,
    ComplaintSubstantiated,
    EducationOverdue,
    Evidence,
    Fact,
    HoldCorrected,
    IncidentConfirmed,
    InquiryDecided,
    MatterClosed,
    Outcome,
    Part,
    RectificationOverdue,
)
from performance.domain.rules import ComplaintKind, Form, RuleCode
from performance.domain.subjects import Subject, person, unit
from performance.use_cases.publish_rule_set import packaged
from plumbline_org.grades import RiskGrade

RULES = {one.version: one for one in packaged()}
MAY = date(2026, 5, 1)
COMPETING = {RuleCode.SR_01, RuleCode.SR_03, RuleCode.SR_04}


def proofs(*facts: Fact) -> list[Evidence]:
    return [Evidence(f"ev-{fact.identity}", "DEMO-2026", fact) for fact in facts]  # type: ignore[arg-type]


def totals(found: list[Effect]) -> dict[str, Decimal]:
    sums: defaultdict[Subject, Decimal] = defaultdict(Decimal)
    for one in found:
        sums[one.subject] += one.points
    return {subject.id: points for subject, points in sums.items()}


def score(*facts: Fact) -> dict[str, Decimal]:
    return totals(effects(proofs(*facts), RULES))


def incident(
    kind: str = "TIME_LIMIT_MISSED", late: int = 0, grade: RiskGrade | None = None
) -> IncidentConfirmed:
    return IncidentConfirmed(
        bureau_id="D01",
        incident_id="in",
        kind=kind,
        unit_id="POLICY",
        occurred_on=MAY,
        late_working_days=late,
        grade=grade,
    )


def closed(late: int, matter: str = "mt") -> MatterClosed:
    return MatterClosed(
        bureau_id="D01", matter_id=matter, incident_id="in", closed_on=MAY, late_working_days=late
    )


def decided(*outcomes: Outcome, inquiry: str = "iq") -> InquiryDecided:
    return InquiryDecided(
        bureau_id="D01", inquiry_id=inquiry, incident_id="in", decided_on=date(2026, 6, 4), outcomes=outcomes
    )


def complaint(kind: ComplaintKind, who: str | None = "lin", name: str = "cp", of: str | None = "in"):
    return ComplaintSubstantiated(
        bureau_id="D01",
        complaint_id=name,
        kind=kind,
        unit_id="POLICY",
        person_id=who,
        decided_on=MAY,
        incident_id=of,
    )


def test_exactly_ten_working_days_late_is_not_more_than_ten() -> None:
    assert score(incident(), closed(10)) == {"POLICY": -2}
    assert score(incident(), closed(11)) == {"POLICY": -3}


def test_very_late_counts_once_however_it_becomes_known() -> None:
    assert score(incident(late=12)) == {"POLICY": -3}
    assert score(incident(late=12), closed(15)) == {"POLICY": -3}
    assert score(incident(late=5), closed(15), closed(16, "other")) == {"POLICY": -3}


def test_a_closing_without_its_incident_has_no_effect() -> None:
    assert score(closed(30)) == {}
    assert score(closed(30), incident("CASH_HANDLED")) == {}


def test_a_procedural_violation_weighs_as_the_grade_of_its_day() -> None:
    parts = decided(
        Outcome("lin", "POLICY", Part.PRIMARY, None), Outcome("sun", "TO-3", Part.SECONDARY, None)
    )
    for grade, weight in ((RiskGrade.LOW, "0.5"), (RiskGrade.MEDIUM, "1.0"), (RiskGrade.HIGH, "1.5")):
        found = score(incident("PROCEDURAL_VIOLATION", grade=grade), parts)
        full = Decimal("-2.0") * Decimal(weight)
        assert found == {"POLICY": full, "lin": full, "sun": full / 2}


def test_accountability_stacks_and_reaches_the_unit_from_a_circular_on() -> None:
    found = score(
        decided(
            Outcome("a", "POLICY", None, Form.WRITTEN_SELF_CRITICISM),
            Outcome("b", "POLICY", None, Form.CIRCULAR),
            Outcome("c", "POLICY", None, Form.QUALIFICATION_REVOKED),
            Outcome("d", "TO-3", None, Form.STANDBY),
            Outcome("e", "TO-3", None, None),
        )
    )
    assert found == {"a": -2, "b": -3, "c": -10, "d": -6, "POLICY": -2, "TO-3": -1}


def test_a_decision_without_the_incident_scores_the_form_alone() -> None:
    assert score(decided(Outcome("lin", "POLICY", Part.PRIMARY, Form.CRITICISM_EDUCATION))) == {"lin": -1}


def test_a_complaint_scores_the_unit_and_half_to_the_person() -> None:
    assert score(complaint(ComplaintKind.BEHAVIOUR)) == {"POLICY": -1, "lin": Decimal("-0.5")}
    assert score(complaint(ComplaintKind.RIGHTS)) == {"POLICY": -3, "lin": Decimal("-1.5")}
    assert score(complaint(ComplaintKind.QUALITY, who=None)) == {"POLICY": -2}


def test_an_overturned_decision_scores_the_handling_unit() -> None:
    fact = ComplaintOverturned(bureau_id="D01", complaint_id="cp", unit_id="HALL", decided_on=MAY)
    assert score(fact) == {"HALL": -2}


def test_a_late_incident_outweighs_a_complaint_and_the_other_way_round() -> None:
    assert score(incident(), complaint(ComplaintKind.BEHAVIOUR, who=None)) == {"POLICY": -2}
    found = effects(proofs(incident(), complaint(ComplaintKind.RIGHTS, who=None)), RULES)
    assert [(one.rule, one.points) for one in found] == [(RuleCode.SR_04, Decimal("-3.0"))]


def test_two_complaints_about_one_incident_are_one_effect() -> None:
    first, second = complaint(ComplaintKind.QUALITY), complaint(ComplaintKind.RIGHTS, name="cp-2")
    assert score(first, second) == {"POLICY": -3, "lin": Decimal("-1.5")}


def test_education_scores_each_item_and_a_unit_over_a_tenth() -> None:
    late = EducationOverdue(
        bureau_id="D01",
        assignment_id="ea",
        person_id="wu-bin",
        unit_id="TO-7",
        overdue_from=date(2026, 3, 24),
    )
    assert score(late) == {"wu-bin": Decimal("-0.5")}

    def batch(total: int, overdue: int) -> BatchUnitOverdue:
        return BatchUnitOverdue(
            bureau_id="D01",
            batch_id="b",
            unit_id="TO-7",
            due_on=date(2026, 3, 23),
            total=total,
            overdue=overdue,
        )

    assert score(batch(2, 1)) == {"TO-7": Decimal("-0.5")}
    assert score(batch(10, 1)) == {}
    assert score(batch(9, 1)) == {"TO-7": Decimal("-0.5")}
    assert score(batch(2, 0)) == {}


def test_a_rectification_scores_when_it_begins_and_each_block_to_the_cap() -> None:
    def order(block: int) -> RectificationOverdue:
        return RectificationOverdue(
            bureau_id="D01", order_id="ro", unit_id="TO-5", block=block, overdue_from=date(2026, 7, 18)
        )

    assert score(order(0), order(1)) == {"TO-5": Decimal("-1.5")}
    assert score(*(order(block) for block in range(20))) == {"TO-5": Decimal("-5.0")}


def test_an_unknown_rule_set_scores_nothing() -> None:
    assert effects([Evidence("ev", "DEMO-1999", incident())], RULES) == []


PEOPLE = st.sampled_from(["lin", "sun", "chen"])
outcomes = st.builds(
    Outcome,
    PEOPLE,
    st.sampled_from(["POLICY", "TO-3"]),
    st.none() | st.sampled_from(Part),
    st.none() | st.sampled_from(Form),
)
facts = st.lists(
    st.one_of(
        st.builds(
            incident,
            st.sampled_from(["TIME_LIMIT_MISSED", "PROCEDURAL_VIOLATION", "OTHER"]),
            st.integers(0, 20),
            st.sampled_from(RiskGrade),
        ),
        st.builds(closed, st.integers(0, 20), st.sampled_from(["mt", "other"])),
        st.lists(outcomes, max_size=3, unique_by=lambda one: one.person_id).flatmap(
            lambda found: st.builds(
                lambda name: decided(*found, inquiry=name), st.sampled_from(["iq", "iq-2"])
            )
        ),
        st.builds(
            complaint, st.sampled_from(ComplaintKind), st.none() | PEOPLE, st.sampled_from(["cp", "cp-2"])
        ),
        st.builds(
            lambda unit_id: ComplaintOverturned(
                bureau_id="D01", complaint_id="cp", unit_id=unit_id, decided_on=MAY
            ),
            st.sampled_from(["POLICY", "HALL"]),
        ),
    ),
    max_size=8,
    unique_by=lambda fact: fact.identity,
)


@given(facts, st.randoms())
def test_one_incident_has_one_competing_effect_a_subject_in_any_order(found: list[Fact], random) -> None:
    known = proofs(*found)
    before = effects(known, RULES)
    random.shuffle(known)
    assert effects(known, RULES) == before
    sources = Counter((one.subject, one.rule, one.source) for one in before if one.rule in COMPETING)
    assert all(count == 1 for count in Counter(subject for subject, _, _ in sources).values())
    assert len({one.key for one in before}) == len(before)


@given(facts, facts)
def test_more_facts_never_raise_a_score(some: list[Fact], more: list[Fact]) -> None:
    known = {fact.identity: fact for fact in [*more, *some]}
    fewer, all_of_them = score(*some), score(*known.values())
    assert all(all_of_them.get(subject, 0) <= points for subject, points in fewer.items())


def test_subjects_are_units_and_persons() -> None:
    assert unit("D01.POLICY") != person("D01.POLICY")


def hold(count: int) -> HoldCorrected:
    return HoldCorrected(
        bureau_id="D01",
        hold_id=f"ho-{count}",
        person_id="he-jun",
        unit_id="TO-5",
        corrected_on=MAY,
        count=count,
    )


def test_only_the_third_corrected_hold_costs_its_person_a_point() -> None:
    assert score(hold(1), hold(2)) == {}
    assert score(hold(1), hold(2), hold(3)) == {"he-jun": Decimal("-1.0")}
    assert score(hold(4)) == {}
