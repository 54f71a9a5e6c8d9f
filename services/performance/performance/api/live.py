"""`scorePosted`: entries as they are posted, each read again as the viewer is now."""

from collections.abc import AsyncGenerator

from plumbline_contracts.performance.v1 import ScoreEntryPosted
from plumbline_org.parts import PersonStatus
from plumbline_org.principal import principal_of
from plumbline_org.storage.load import load_org
from plumbline_shared.graphql import Context, live

from performance.api.loaders import EntryOf, load_entries


async def posted_in(context: Context, unit_id: str) -> AsyncGenerator[EntryOf]:
    """Entries of a unit and of its persons that the viewer may see when they are delivered."""
    async for _meta, event in live(context, ScoreEntryPosted):
        if event.bureau_id == context.principal.bureau_id:
            viewer = await as_of_now(context)
            for found in await load_entries(viewer, [one.entry_id for one in event.entries]):
                if found and found.entry.unit_id == unit_id:
                    yield found


async def as_of_now(context: Context) -> Context:
    """The same person with the roles of this moment: a subscription outlives a change of post."""
    principal, bureau = context.principal, context.principal.bureau_id
    fresh = Context(context.runtime, principal)
    if principal.person_id is None or bureau is None:
        return fresh
    async with context.read() as conn:
        org = await load_org(conn, bureau)
    if org.status_of(principal.person_id, fresh.today) in (None, PersonStatus.LEFT):
        return Context(context.runtime, type(principal)("person"))
    return Context(context.runtime, principal_of(org, principal.person_id, fresh.today, principal.scopes))
