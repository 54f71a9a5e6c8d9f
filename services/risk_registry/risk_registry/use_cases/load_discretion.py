"""A standard that ships, or a table of published tiers, is put in force as a standard of the bureau."""

from datetime import date

import msgspec
from plumbline_shared.ids import new_id
from plumbline_shared.use_case import Uow

from risk_registry.domain.discretion import Standard, StandardVersion
from risk_registry.storage import discretion as stored
from risk_registry.use_cases.keep_discretion import PublishStandard, StandardKept, publish_standard


class LoadStandard(msgspec.Struct, frozen=True):
    """`author` says where the standard comes from; the service approves what ships (SoD-6)."""

    code: str
    body: Standard
    effective_from: date
    author: str


async def load_standard(uow: Uow, command: LoadStandard) -> StandardKept:
    """Draft and publish as the service; a second time without effect. Refuses like `publish_standard`."""
    bureau = uow.principal.bureau_id or ""
    number = await stored.next_version(uow.conn, bureau, command.code)
    known = await stored.versions(uow.conn, bureau, command.code)
    same = [each for each in known if each.body == command.body and each.published_at]
    if same:
        return StandardKept(same[-1].id, same[-1].standard_id, same[-1].version)
    draft = StandardVersion(new_id("ds"), bureau, command.code, number, command.body, command.author, uow.now)
    await stored.add_draft(uow.conn, draft)
    return await publish_standard(uow, PublishStandard(draft.id, command.effective_from))
