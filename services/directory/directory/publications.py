"""Events out: a changed part as its contract message, in the outbox and in the directory's own replica."""

from collections.abc import Sequence
from datetime import date

from google.protobuf.message import Message
from plumbline_org import messages
from plumbline_org.parts import Bureau, Delegation, Person, Post, Unit
from plumbline_org.replica import ORG_SUBSCRIPTIONS
from plumbline_shared.use_case import Uow

from directory.domain.parts import Change, Part, PublishedCalendar, Roster, bureau_of


async def publish(uow: Uow, changes: Sequence[Change]) -> None:
    """Emit every change in order and apply it to the replica tables in the same transaction."""
    for change in changes:
        message = message_of(change.part, uow.today)
        await uow.emit(change.part.id, message, bureau_id=bureau_of(change.part))
        await ORG_SUBSCRIPTIONS[type(message)](uow, message)


def message_of(part: Part, today: date) -> Message:
    """The contract message with the part's whole state."""
    match part:
        case Bureau():
            return messages.bureau_changed(part)
        case Unit():
            return messages.unit_changed(part)
        case Post():
            return messages.post_changed(part)
        case Person():
            return messages.person_changed(part, today)
        case Roster():
            return messages.duty_roster_changed(part.bureau_id, part.month, part.duties)
        case Delegation():
            return messages.delegation_changed(bureau_of(part), part)
        case PublishedCalendar():
            return messages.calendar_published(part.bureau_id, part.data, part.citation)
