"""Windows of the hall: no called ticket is lost under any sequence of acts; whom the load moves."""

import pytest
from case_flow.domain.hall_pack import windows_of
from case_flow.domain.window import (
    TicketRefused,
    Window,
    WindowFixed,
    Windows,
    WindowServing,
    WrongWindow,
    call,
    end,
    hand_over,
    place_of,
    proposed,
    switched,
)
from case_flow.rules import HALL_RULES
from hypothesis import given
from hypothesis import strategies as st
from plumbline_shared.errors import Refused

CLASSES = ("A", "B")
HALL = {
    one.code: one
    for one in (
        Window(code="1", home="A", serves="A"),
        Window(code="2", home="A", serves="A", flexible=True),
        Window(code="3", home="B", serves="B", flexible=True),
        Window(code="4", home="B", serves="B"),
    )
}
CODES, TICKETS = st.sampled_from([*HALL, "9"]), st.sampled_from(["a1", "a2", "b1", "b2"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just(call), CODES, TICKETS),
        st.tuples(st.just(end), TICKETS),
        st.tuples(st.just(hand_over), TICKETS, CODES),
        st.tuples(st.just(switched), CODES, st.sampled_from(CLASSES), st.one_of(st.just(""), CODES)),
    ),
    max_size=30,
)


def queue_of(ticket: str) -> str:
    return ticket[0].upper()


@given(ACTS)
def test_whoever_was_called_stays_at_a_window_of_their_class_until_served(
    acts: list[tuple[object, ...]],
) -> None:
    hall: Windows = HALL
    called: set[str] = set()
    for act, *arguments in acts:
        extra = [queue_of(str(arguments[1]))] if act is call else []
        try:
            hall = act(hall, *arguments, *extra)  # pyright: ignore
        except Refused:
            continue
        if act is call:
            called.add(str(arguments[1]))
        if act is end:
            called.discard(str(arguments[0]))
        at = {one: [w for w in hall.values() if one in w.called] for one in called}
        assert all(len(found) == 1 and found[0].serves == queue_of(one) for one, found in at.items())
        assert sum(len(w.called) for w in hall.values()) == len(called)
        assert all(w.flexible or w.serves == w.home for w in hall.values())


def test_a_window_that_serves_is_switched_only_with_a_hand_over() -> None:
    hall = call(HALL, "2", "a1", "A")
    with pytest.raises(WindowServing) as refusal:
        switched(hall, "2", "B")
    assert refusal.value.details["tickets"] == ["a1"]
    with pytest.raises(WrongWindow):
        switched(hall, "2", "B", "3")
    after = switched(hall, "2", "B", "1")
    assert (after["2"].serves, place_of(after, "a1")) == ("B", "1")


def test_fixed_windows_stay_and_tickets_are_called_once() -> None:
    for code, to in (("1", "B"), ("9", "B"), ("2", "A")):
        with pytest.raises(WindowFixed):
            switched(HALL, code, to)
    hall = call(HALL, "1", "a1", "A")
    with pytest.raises(TicketRefused):
        call(hall, "2", "a1", "A")
    with pytest.raises(TicketRefused):
        end(HALL, "a1")


def test_the_hall_has_54_windows_of_which_7_are_flexible() -> None:
    windows = windows_of(HALL_RULES.shipped())
    assert len(windows) == 54
    assert sum(one.flexible for one in windows) == 7
    assert next(one.home for one in windows if one.code == "W-23") == "INVOICE"


@given(
    st.dictionaries(st.sampled_from(list(HALL_RULES.shipped().classes)), st.integers(0, 40)),
    st.sampled_from(list(HALL_RULES.shipped().classes)),
    st.integers(1, 5),
)
def test_a_proposal_takes_only_flexible_windows_that_can_be_spared(
    waiting: dict[str, int], queue: str, per_window: int
) -> None:
    hall = {one.code: one for one in windows_of(HALL_RULES.shipped())}
    chosen = proposed(hall, waiting, queue, 12, per_window)
    over = waiting.get(queue, 0) - 12
    assert len(chosen) == len(set(chosen)) <= max(0, -(-over // per_window))
    for code in chosen:
        assert hall[code].flexible
        assert hall[code].serves != queue
        assert waiting.get(hall[code].serves, 0) <= 12


def test_fourteen_waiting_for_invoices_bring_two_comprehensive_windows() -> None:
    hall = {one.code: one for one in windows_of(HALL_RULES.shipped())}
    chosen = proposed(hall, {"INVOICE": 14}, "INVOICE", 12, 1)
    assert [hall[one].serves for one in chosen] == ["COMPREHENSIVE", "COMPREHENSIVE"]
    assert proposed(hall, {"INVOICE": 12}, "INVOICE", 12, 1) == ()
