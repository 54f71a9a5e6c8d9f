"""The same file twice changes nothing; a grade in force moves only by review."""

from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.grades import RiskGrade
from risk_registry.domain.entries import Entry, RegisterFile
from risk_registry.domain.points import Origin
from risk_registry.domain.reconcile import Known, reconcile
from risk_registry.domain.standing import PointState
from risk_registry.testing import description

ENTRIES = st.lists(
    st.builds(
        Entry,
        row=st.integers(2, 900),
        code=st.integers(1, 99).map(lambda n: f"RP-{n:03d}"),
        grade=st.sampled_from(RiskGrade),
        description=st.sampled_from([description(), description(title_zh="另一风险点")]),
    ),
    unique_by=lambda entry: entry.code,
    max_size=12,
)


def known(entry: Entry, origin: Origin = Origin.REGISTER) -> Known:
    return Known(entry.code, origin, PointState.ACTIVE, entry.grade, entry.description)


def register(entries: list[Entry]) -> dict[str, Known]:
    return {entry.code: known(entry) for entry in entries}


def file(entries: list[Entry], origin: Origin = Origin.REGISTER) -> RegisterFile:
    return RegisterFile(origin, tuple(entries))


@given(ENTRIES)
def test_the_same_file_again_changes_nothing(entries: list[Entry]) -> None:
    changes = reconcile(file(entries), register(entries))
    assert (changes.created, changes.changed, changes.missing, changes.errors) == ((), (), (), ())
    assert changes.unchanged == len(entries)


@given(ENTRIES, ENTRIES)
def test_every_point_is_new_met_or_missing(before: list[Entry], after: list[Entry]) -> None:
    changes = reconcile(file(after), register(before))
    assert len(changes.created) + len(changes.changed) + changes.unchanged == len(after)
    assert set(changes.missing) == {entry.code for entry in before} - {entry.code for entry in after}


@given(ENTRIES.filter(bool))
def test_another_grade_needs_a_review(entries: list[Entry]) -> None:
    first = entries[0]
    other = next(grade for grade in RiskGrade if grade is not first.grade)
    regraded = [Entry(first.row, first.code, other, first.description), *entries[1:]]
    (error,) = reconcile(file(regraded), register(entries)).errors
    assert (error.row, error.code) == (first.row, "GRADE_NEEDS_REVIEW")


def test_a_published_list_does_not_take_over_a_point_of_the_register() -> None:
    entry = Entry(2, "RP-001", None, description())
    (error,) = reconcile(file([entry], Origin.PUBLISHED), register([entry])).errors
    assert error.code == "CODE_TAKEN"


def test_a_proposed_point_is_not_missed() -> None:
    entry = Entry(2, "RP-001", None, description())
    proposed = Known(entry.code, Origin.PUBLISHED, PointState.PROPOSED, None, entry.description)
    assert reconcile(file([], Origin.PUBLISHED), {entry.code: proposed}).missing == ()
