"""Publish one version of a service item, for ever."""

import hashlib

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.bpmn_in import parse_either
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.errors import VersionImmutable
from case_flow.domain.parsing import Places
from case_flow.matter_access import item_resource
from case_flow.storage import item as items


class PublishItem(msgspec.Struct, frozen=True):
    """A definition file (YAML) or a BPMN 2.0 document, as text. `check_places`: its units and posts must exist in the bureau."""

    source: str
    check_places: bool = True


class ItemPublished(msgspec.Struct, frozen=True):
    """What is in force: the item's code, version and content hash."""

    item: str
    version: int
    hash: str


async def publish_item(uow: Uow, command: PublishItem) -> ItemPublished:
    """Check and store a definition. The same content again changes nothing.

    Raises NotFound for somebody who approves no rules, InvalidDefinition with every fault and its line or element,
    VersionImmutable when that version has other content.
    """
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "publish", item_resource(bureau, "*"))
    places = await _places(uow, bureau) if command.check_places else None
    definition = parse_either(command.source, places)
    digest = content_hash(definition)
    known = await items.find(uow.conn, bureau, definition.item, definition.version)
    if known and known.hash != digest:
        raise VersionImmutable(
            f"{definition.item} v{definition.version} is published with other content: raise the version",
            item=definition.item,
            version=definition.version,
        )
    if not known:
        await items.publish(
            uow.conn, bureau, definition, digest, command.source, uow.now, uow.principal.actor
        )
        detail = {"version": definition.version, "hash": digest}
        await uow.audit("publishItem", "Item", definition.item, detail)
    return ItemPublished(definition.item, definition.version, digest)


def content_hash(definition: ItemDefinition) -> str:
    """SHA-256 over the canonical JSON of the definition: comments and layout of the file do not count."""
    return hashlib.sha256(msgspec.json.encode(definition, order="deterministic")).hexdigest()


async def _places(uow: Uow, bureau: str) -> Places:
    org = await load_org(uow.conn, bureau)
    prefix = f"{bureau}."
    return Places(
        frozenset(unit.removeprefix(prefix) for unit in org.units),
        frozenset(post.removeprefix(prefix) for post in org.posts),
    )
