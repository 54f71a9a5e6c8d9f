"""SR-08: one post costs its unit once for each calendar month that began while a holder was overdue."""

from collections.abc import Iterable

from performance.domain.facts import Fact, RotationOverdue, RotationResolved


def counts_for_post(fact: RotationOverdue, known: Iterable[Fact]) -> bool:
    """Whether this month counts: the holder was not gone before it began, and no other holder of the post paid for it."""
    everything = list(known)
    if _was_gone(fact, everything):
        return False
    rivals = (
        one
        for one in everything
        if isinstance(one, RotationOverdue) and one.post_id == fact.post_id and one.month == fact.month
    )
    first = min((one for one in rivals if not _was_gone(one, everything)), key=lambda one: one.identity)
    return first.identity == fact.identity


def _was_gone(fact: RotationOverdue, known: Iterable[Fact]) -> bool:
    """Whether the holder had left by the day on which the month began to count."""
    ends = [
        one.resolved_on
        for one in known
        if isinstance(one, RotationResolved) and one.rotation_id == fact.rotation_id
    ]
    return any(end <= fact.started_on for end in ends)
