"""Events out: what one cause posted to one subject is one event."""

from collections import defaultdict
from collections.abc import Iterable

from plumbline_contracts.performance.v1 import ScoreEntryPosted, ScoreEntryReversed
from plumbline_contracts.performance.v1 import SubjectKind as ContractKind
from plumbline_shared.use_case import Uow

from performance.domain.ledger import Entry
from performance.domain.subjects import Subject, SubjectKind

_KINDS = {
    SubjectKind.UNIT: ContractKind.SUBJECT_KIND_UNIT,
    SubjectKind.PERSON: ContractKind.SUBJECT_KIND_PERSON,
}


async def publish_posted(uow: Uow, entries: Iterable[Entry]) -> None:
    """Emit ScoreEntryPosted, one for each subject and year."""
    groups: defaultdict[tuple[Subject, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.subject, entry.occurred_on.year].append(entry)
    for (subject, year), posted in groups.items():
        message = ScoreEntryPosted(
            subject_kind=_KINDS[subject.kind],
            subject_id=subject.id,
            bureau_id=posted[0].bureau_id,
            entries=[_line(entry) for entry in posted],
            year=year,
        )
        await uow.emit(_aggregate(subject), message, bureau_id=posted[0].bureau_id)


async def publish_reversed(uow: Uow, counter_entries: Iterable[Entry]) -> None:
    """Emit ScoreEntryReversed for each counter-entry."""
    for entry in counter_entries:
        message = ScoreEntryReversed(
            subject_kind=_KINDS[entry.subject.kind],
            subject_id=entry.subject.id,
            bureau_id=entry.bureau_id,
            entry_id=entry.reverses_id or "",
            reversal_id=entry.id,
            points=str(entry.points),
            evidence_event_id=entry.event_id,
            occurred_on=entry.occurred_on.isoformat(),
            year=entry.occurred_on.year,
        )
        await uow.emit(_aggregate(entry.subject), message, bureau_id=entry.bureau_id)


def _line(entry: Entry) -> ScoreEntryPosted.Entry:
    return ScoreEntryPosted.Entry(
        entry_id=entry.id,
        rule=entry.rule,
        rule_set_version=entry.rule_set_version,
        points=str(entry.points),
        incident_id=entry.incident_id or "",
        evidence_event_id=entry.event_id,
        occurred_on=entry.occurred_on.isoformat(),
    )


def _aggregate(subject: Subject) -> str:
    return f"score/{subject.id}"
