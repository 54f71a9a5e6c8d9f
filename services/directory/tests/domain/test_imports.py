import copy
from datetime import date

import pytest
from directory.domain.imports import Plan, bureaus_in, plan_import
from directory.domain.parts import Directory, Kind
from directory.domain.workbook import read_cells, read_sheets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plumbline_org.parts import PersonStatus

TODAY = date(2026, 4, 1)


@pytest.fixture
def plan(make_file):
    def run(book, known: Directory | None = None, on: date = TODAY) -> Plan:
        sheets, unreadable = read_sheets(read_cells(make_file(book)))
        return plan_import(known or Directory(), sheets, unreadable, on)

    return run


def named(plan: Plan) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.row, one.column) for one in plan.problems]


def test_a_first_load_adds_everything_in_the_order_of_publication(plan, book) -> None:
    found = plan(book)
    assert found.problems == ()
    kinds = [change.kind for change in found.changes]
    assert kinds == sorted(kinds, key=list(Kind).index)
    assert all(change.added for change in found.changes)
    assert found.after.org("D01").chief_of("D01.POLICY", TODAY) == "D01.chen-gang"
    assert found.after.org("D01").duty_directors(TODAY) == ("D01.zhou-min", "D01.huang-zhen")


def test_the_same_file_again_changes_nothing(plan, book) -> None:
    assert plan(book, plan(book).after, on=date(2026, 9, 1)).changes == ()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_importing_in_parts_or_at_once_leads_to_the_same_directory(plan, book, data) -> None:
    whole = plan(book)
    order = ["bureaus", "units", "posts", "persons", "assignments", "roles", "roster", "delegations"]
    cut = data.draw(st.integers(3, len(order)))
    first = plan({name: book[name] for name in order[:cut]})
    assert first.problems == ()
    assert plan({name: book[name] for name in order[cut:] + order[:cut]}, first.after).after == whole.after


def test_a_person_who_leaves_keeps_the_history(plan, book) -> None:
    before = plan(book).after
    row = next(one for one in book["persons"] if one["id"] == "D01.lin-jie")
    row.update(status="LEFT", status_from=date(2026, 6, 1))
    found = plan({"persons": [row]}, before)
    person = found.after.persons["D01.lin-jie"]
    assert [change.part.id for change in found.changes] == ["D01.lin-jie"]
    assert person.status(date(2026, 5, 31)) is PersonStatus.ACTIVE
    assert person.status(date(2026, 6, 1)) is PersonStatus.LEFT
    assert plan({"persons": [row]}, found.after).changes == ()


def test_an_end_changes_the_entry_it_names(plan, book) -> None:
    before = plan(book).after
    ended = {**book["assignments"][2], "effective_to": date(2026, 6, 1)}
    org = plan({"assignments": [ended]}, before).after.org("D01")
    assert org.chief_of("D01.POLICY", date(2026, 5, 31)) == "D01.chen-gang"
    assert org.chief_of("D01.POLICY", date(2026, 6, 1)) is None


def test_a_month_of_the_roster_is_replaced_whole(plan, book) -> None:
    before = plan(book).after
    fresh = {"roster": [{"on": date(2026, 4, 2), "person_id": "D01.huang-zhen"}]}
    org = plan(fresh, before).after.org("D01")
    assert org.duty_director(date(2026, 4, 1)) is None
    assert org.duty_director(date(2026, 4, 2)) == "D01.huang-zhen"


BREAKS = {
    "a unit above itself": ("units", 2, {"parent_id": "D01.TO-3.TEAM"}, "parent_id"),
    "a unit below nothing": ("units", 3, {"parent_id": "D01.TO-9"}, "parent_id"),
    "a chief's post that is not there": ("units", 1, {"head_post_id": "D01.POLICY.boss"}, "head_post_id"),
    "a deputy of another bureau": (
        "units",
        1,
        {"deputy_in_charge_post_id": "D02.x"},
        "deputy_in_charge_post_id",
    ),
    "a unit of an unknown bureau": ("units", 0, {"id": "D07.LEAD"}, "id"),
    "a post in no unit": ("posts", 2, {"unit_id": "D01.POLITY"}, "unit_id"),
    "a person without a bureau": ("persons", 1, {"id": "zhou-min"}, "id"),
    "an account of somebody else": ("persons", 1, {"account": "xie@tax"}, "account"),
    "an assignment of a stranger": ("assignments", 1, {"person_id": "D01.nobody"}, "person_id"),
    "an assignment to no post": ("assignments", 1, {"post_id": "D01.LEAD.vice"}, "post_id"),
    "an end before the beginning": ("assignments", 1, {"effective_to": date(2024, 1, 1)}, "effective_to"),
    "a role that comes with a post": ("roles", 0, {"role": "BUREAU_HEAD"}, "role"),
    "a role in no unit": ("roles", 1, {"unit_id": "D01.NONE"}, "unit_id"),
    "a duty director who leads nothing": ("roster", 0, {"person_id": "D01.lin-jie"}, "person_id"),
    "a delegation of what is not held": ("delegations", 0, {"authority": "DEPUTY_HEAD"}, "authority"),
    "a delegation to oneself": (
        "delegations",
        0,
        {"delegate_person_id": "D01.chen-gang"},
        "delegate_person_id",
    ),
    "a bureau above its superior": ("bureaus", 0, {"parent_id": "D01"}, "parent_id"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_reference_is_named_with_its_row(plan, book, what: str) -> None:
    sheet, index, change, column = BREAKS[what]
    book[sheet][index].update(change)
    assert (sheet, index + 2, column) in named(plan(book))


def test_two_permanent_posts_at_once_are_a_problem(plan, book) -> None:
    book["assignments"].append(
        {**book["assignments"][3], "post_id": "D01.POLICY.hr", "effective_from": TODAY}
    )
    assert ("assignments", 7, "effective_from") in named(plan(book))


@pytest.mark.parametrize(
    "sheet", ["units", "posts", "persons", "assignments", "roles", "roster", "delegations"]
)
def test_the_same_entry_twice_is_a_problem(plan, book, sheet: str) -> None:
    book[sheet].append(copy.deepcopy(book[sheet][0]))
    found = [(name, row) for name, row, _ in named(plan(book))]
    assert (sheet, len(book[sheet]) + 1) in found


def test_a_bureau_keeps_the_one_above(plan, book) -> None:
    before = plan(book).after
    moved = {**book["bureaus"][1], "parent_id": None}
    assert ("bureaus", 2, "parent_id") in named(plan({"bureaus": [moved]}, before))


def test_the_bureaus_of_a_file_are_those_its_rows_are_about(book, make_file) -> None:
    sheets, _ = read_sheets(read_cells(make_file(book)))
    assert bureaus_in(sheets) == {"C01", "D01"}
