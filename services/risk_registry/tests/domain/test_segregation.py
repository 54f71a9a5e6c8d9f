"""Two duties clash when a rule keeps them apart, whoever else does what."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from risk_registry.domain.catalogue import EntryKind
from risk_registry.domain.processes import DutyPower, StepFunction
from risk_registry.domain.segregation import HeldDuty, SodException, SodRule, clashing, violations
from risk_registry.packs import platform_rules, shipped

FUNCTIONS = [
    StepFunction.ACCEPT,
    StepFunction.INVESTIGATE,
    StepFunction.REVIEW,
    StepFunction.APPROVE,
    StepFunction.DELIVER,
]
CORE = set(FUNCTIONS[:4])
RULES = [rule for rule in platform_rules() if rule.code != "SOD-THREE-POWERS"]
DAY = date(2026, 4, 1)


def duty(index: int, post: str, function: StepFunction, process: str = "P") -> HeldDuty:
    return HeldDuty(f"{process}/{index}", post, process, str(index), function, DutyPower.EXECUTION)


HELD = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(FUNCTIONS), st.sampled_from("PQ")), max_size=6
)


@given(HELD)
def test_a_holder_violates_exactly_when_one_process_gives_two_of_the_four(
    rows: list[tuple[str, StepFunction, str]],
) -> None:
    duties = [duty(i, post, function, process) for i, (post, function, process) in enumerate(rows)]
    expected = {
        post
        for post in "AB"
        for process in "PQ"
        if len({f for p, f, q in rows if (p, q) == (post, process)} & CORE) > 1
    }
    found = violations(RULES, duties, {post: [post] for post in "AB"})
    assert {each.holder for each in found} == expected


@given(HELD, st.integers(-2, 2))
def test_an_exception_excuses_its_person_until_the_day_it_expires(
    rows: list[tuple[str, StepFunction, str]], days: int
) -> None:
    duties = [duty(i, post, function, process) for i, (post, function, process) in enumerate(rows)]
    until = DAY.replace(day=10)
    excused = [SodException(rule.code, "A", "CT-1", DAY, until) for rule in RULES]
    on = until.replace(day=10 + days)
    found = violations(RULES, duties, {post: [post] for post in "AB"}, excused, on)
    everything = violations(RULES, duties, {post: [post] for post in "AB"})
    assert found == (everything if days >= 0 else [each for each in everything if each.holder != "A"])


def published(code: str) -> SodRule:
    (rule,) = [
        e.body for e in shipped()["published"].entries if (e.kind, e.code) == (EntryKind.SOD_RULE, code)
    ]
    assert isinstance(rule, SodRule)
    return rule


def test_the_five_published_rules_come_with_their_source() -> None:
    rules = [each for each in shipped()["published"].entries if each.kind is EntryKind.SOD_RULE]
    assert [each.code for each in rules] == ["RP-142", "RP-143", "RP-144", "RP-145", "RP-146"]
    assert all("https://" in published(each.code).citation for each in rules)


def test_only_neighbours_of_the_export_chain_clash() -> None:
    def held(*steps: str) -> list[HeldDuty]:
        return [
            HeldDuty(s, "A", "出口退(免)税", s, StepFunction.REVIEW, DutyPower.SUPERVISION) for s in steps
        ]

    rule = published("RP-142")
    assert violations([rule], held("人工审核", "调查评估"), {"A": ["A"]})
    assert not violations([rule], held("人工审核", "计算机审核"), {"A": ["A"]})


@given(HELD, st.lists(st.permutations("AB"), max_size=3))
def test_each_holder_is_held_to_all_their_posts_together(
    rows: list[tuple[str, StepFunction, str]], several: list[list[str]]
) -> None:
    duties = [duty(i, post, function, process) for i, (post, function, process) in enumerate(rows)]
    posts_of = {"a": ["A"], "b": ["B"], "none": [], **{f"p{n}": posts for n, posts in enumerate(several)}}
    found = {
        (each.rule, each.holder): set(each.duties) for each in violations(platform_rules(), duties, posts_of)
    }
    for rule in platform_rules():
        for holder, posts in posts_of.items():
            held = [each for post in posts for each in duties if each.post == post]
            assert found.get((rule.code, holder), set()) == {each.code for each in clashing(rule, held)}
