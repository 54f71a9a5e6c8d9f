"""Whole bureaus put into the directory, as an import by the service itself."""

from collections.abc import Iterable
from datetime import date

from plumbline_org.model import Org
from plumbline_shared.principal import system
from plumbline_shared.runtime import Runtime
from plumbline_shared.use_case import Uow

from directory.domain.parts import Directory, Part, changes, directory_of
from directory.use_cases.recording import known_for_change, record


async def put_bureaus(runtime: Runtime, on: date, *orgs: Org) -> None:
    """Record the bureaus, each after the one above it, with their units, posts and persons."""
    for org in orgs:
        async with runtime.db.transaction(system(org.bureau.id)) as conn:
            uow = Uow(conn, system(org.bureau.id), runtime.clock.now())
            known = await known_for_change(uow, [org.bureau.id])
            after = directory_of(iter([*known.bureaus.values(), *_parts(org)]))
            await record(uow, "directory.import", after, changes(Directory(known.bureaus), after), on)


def _parts(org: Org) -> Iterable[Part]:
    return [org.bureau, *org.units.values(), *org.posts.values(), *org.persons.values()]
