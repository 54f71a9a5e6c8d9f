"""Who gets a step by rule: chosen among those who may, with what speaks against the others kept (S1-087)."""

from collections.abc import Iterable
from enum import StrEnum

from case_flow.domain.definition import Assign, AssignRule, Frozen, Text

HIGH_WORK_BARRED = "HIGH_WORK_BARRED"
"""Overdue education or rotation keeps work of HIGH grade away (scenario 5, S2-021)."""


class Basis(StrEnum):
    """How the step came into somebody's hands: by one of the rules, or by an act."""

    LEAST_LOAD = "LEAST_LOAD"
    ROUND_ROBIN = "ROUND_ROBIN"
    TERRITORY = "TERRITORY"
    DISPATCHED = "DISPATCHED"
    HANDED_OVER = "HANDED_OVER"
    CLAIMED = "CLAIMED"


class Considered(Frozen, frozen=True):
    """One who could do the step: open steps in hand, whose turn it was last (0: never), or why not."""

    person: str
    load: int = 0
    turn: int = 0
    answers: bool = False
    excluded: str | None = None


def choose(rule: Assign, among: Iterable[Considered], number: int) -> tuple[str, ...]:
    """`number` people by the rule, best first; nobody when fewer are free. Equal ones take turns, then by id."""
    free = [one for one in among if one.excluded is None]
    if len(free) < number:
        return ()
    return tuple(one.person for one in sorted(free, key=lambda one: _order(rule.rule, one))[:number])


def _order(rule: AssignRule, one: Considered) -> tuple[int, int, int, str]:
    away = 0 if one.answers or rule is not AssignRule.TERRITORY else 1
    load = 0 if rule is AssignRule.ROUND_ROBIN else one.load
    return (away, load, one.turn, one.person)


_LABELS = {
    Basis.LEAST_LOAD: Text(zh="在办最少者", en="whoever has the least open work"),
    Basis.ROUND_ROBIN: Text(zh="轮流分派", en="in turn"),
    Basis.TERRITORY: Text(zh="按管片", en="whoever answers for the area"),
    Basis.DISPATCHED: Text(zh="负责人分派", en="dispatched by the chief"),
    Basis.HANDED_OVER: Text(zh="转办", en="handed over by a colleague"),
    Basis.CLAIMED: Text(zh="本人领取", en="claimed from the unit's queue"),
}
_EXCLUDED = {
    "RECUSED": Text(zh="回避", en="keeps off by recusal"),
    "SOD_SAME_PERSON": Text(zh="已办理不相容环节", en="did an incompatible step"),
    HIGH_WORK_BARRED: Text(zh="教育或轮岗逾期", en="overdue education or rotation"),
}


def explained(basis: Basis, chosen: tuple[str, ...], considered: Iterable[Considered], reason: str) -> Text:
    """Why these people have the step, in both languages, for whoever sees the matter."""
    among = list(considered)
    label = _LABELS[basis]
    zh, en = (
        [f"{label.zh}：{'、'.join(chosen) or '无人可派，留在队列'}"],
        [f"{label.en}: {', '.join(chosen) or 'nobody, it stays in the queue'}"],
    )
    for one in among:
        if one.excluded:
            why = _EXCLUDED.get(one.excluded, Text(zh=one.excluded, en=one.excluded))
            zh.append(f"{one.person} {why.zh}")
            en.append(f"{one.person} {why.en}")
        else:
            zh.append(f"{one.person} 在办 {one.load}")
            en.append(f"{one.person} has {one.load} open")
    if reason:
        zh.append(f"理由：{reason}")
        en.append(f"reason: {reason}")
    return Text(zh="；".join(zh), en="; ".join(en))
