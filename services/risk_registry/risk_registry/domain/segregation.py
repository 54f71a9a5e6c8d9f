"""Incompatible duties: rules with scope and end, held against who holds which duty (S2-015…017, SoD-12).

A duty is a step of a published process or a duty of the catalogue, each with its post. Two duties clash when one
selector of a rule takes the first, the other takes the second, and the scope of the rule covers both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from risk_registry.domain.processes import DutyPower, Graph, StepFunction


@dataclass(frozen=True)
class HeldDuty:
    """A duty of a post."""

    code: str
    post: str
    process: str
    step: str
    function: StepFunction
    power: DutyPower


@dataclass(frozen=True)
class Selector:
    """Which duties one side of a pair means; an empty part takes all."""

    functions: tuple[StepFunction, ...] = ()
    powers: tuple[DutyPower, ...] = ()
    steps: tuple[str, ...] = ()

    def takes(self, duty: HeldDuty) -> bool:
        return (
            (not self.functions or duty.function in self.functions)
            and (not self.powers or duty.power in self.powers)
            and (not self.steps or duty.step in self.steps)
        )


@dataclass(frozen=True)
class Pair:
    """Two sides that one person must not hold together."""

    first: Selector
    second: Selector


@dataclass(frozen=True)
class SodRule:
    """A rule of segregation (不相容岗位分离). `processes` empty is every process.

    `same_process`: the two duties clash only inside one process. Rules without pairs are kept for their text.
    """

    title_zh: str
    citation: str
    pairs: tuple[Pair, ...] = ()
    title_en: str = ""
    processes: tuple[str, ...] = ()
    same_process: bool = True
    code: str = ""


@dataclass(frozen=True)
class SodException:
    """One person may break one rule for a time, with a compensating control behind it."""

    rule: str
    person: str
    control: str
    valid_from: date
    expires_on: date

    def holds(self, on: date) -> bool:
        """Whether it counts on a day; the day of expiry no longer does."""
        return self.valid_from <= on < self.expires_on


@dataclass(frozen=True)
class Violation:
    """One person (or one post) with duties that a rule keeps apart; with `unit`, an office against its template.

    An office may be at fault without a person: `holder` is empty then.
    """

    rule: str
    holder: str
    posts: tuple[str, ...]
    duties: tuple[str, ...]
    unit: str = ""


def duties_of(process: str, graph: Graph) -> list[HeldDuty]:
    """Every step of a process as a duty of its accountable post."""
    return [
        HeldDuty(f"{process}/{step.code}", step.post, process, step.code, step.function, step.power)
        for step in graph.steps
        if step.post
    ]


def clashing(rule: SodRule, duties: Sequence[HeldDuty]) -> list[HeldDuty]:
    """Those of `duties`, held by one, that the rule keeps apart; in the order given."""
    groups: defaultdict[str, list[HeldDuty]] = defaultdict(list)
    for duty in duties:
        if not rule.processes or duty.process in rule.processes:
            groups[duty.process if rule.same_process else ""].append(duty)
    bad = {duty.code for group in groups.values() for pair in rule.pairs for duty in _clash_in(pair, group)}
    return [duty for duty in duties if duty.code in bad]


def _clash_in(pair: Pair, group: Sequence[HeldDuty]) -> list[HeldDuty]:
    first = [duty for duty in group if pair.first.takes(duty)]
    second = [duty for duty in group if pair.second.takes(duty)]
    if {duty.code for duty in first} == {duty.code for duty in second} and len(first) < 2:
        return []
    return [*first, *second] if first and second else []


Clash = tuple[tuple[str, ...], tuple[str, ...]]


def violations(
    rules: Iterable[SodRule],
    duties: Iterable[HeldDuty],
    posts_of: Mapping[str, Sequence[str]],
    exceptions: Iterable[SodException] = (),
    on: date | None = None,
) -> list[Violation]:
    """What each holder of `posts_of` (holder → posts) holds against the rules, exceptions of the day left out.

    A rule is asked once about each duty, and holders of the same posts are looked at once.
    """
    excused = {(each.rule, each.person) for each in exceptions if on is not None and each.holds(on)}
    known = [rule for rule in rules if rule.pairs]
    concerned = _by_rule_and_post(known, duties)

    @cache
    def clashes(posts: tuple[str, ...]) -> list[Clash | None]:
        return [_clash_of(rule, posts, concerned[rule.code]) for rule in known]

    return [
        Violation(rule.code, holder, *clash)
        for holder, posts in posts_of.items()
        for rule, clash in zip(known, clashes(tuple(posts)), strict=True)
        if clash and (rule.code, holder) not in excused
    ]


def _by_rule_and_post(
    rules: Sequence[SodRule], duties: Iterable[HeldDuty]
) -> dict[str, defaultdict[str, list[HeldDuty]]]:
    """The duties that some side of a rule takes, under the rule's code and their post."""
    found: dict[str, defaultdict[str, list[HeldDuty]]] = {rule.code: defaultdict(list) for rule in rules}
    for duty in duties:
        for rule in rules:
            if any(pair.first.takes(duty) or pair.second.takes(duty) for pair in rule.pairs):
                found[rule.code][duty.post].append(duty)
    return found


def _clash_of(
    rule: SodRule, posts: Sequence[str], concerned: Mapping[str, Sequence[HeldDuty]]
) -> Clash | None:
    """Posts and duties of one holder that the rule keeps apart."""
    held = [duty for post in posts for duty in concerned.get(post, ())]
    bad = clashing(rule, held) if len(held) > 1 else []
    if not bad:
        return None
    return tuple(sorted({duty.post for duty in bad})), tuple(sorted({duty.code for duty in bad}))
