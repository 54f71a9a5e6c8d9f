"""Service items: what the bureau offers, by which steps, and how a new version is published."""

import strawberry
from plumbline_shared.errors import NotFound
from plumbline_shared.graphql import Connection, Edge, Info, PageInfo, UserError, page_size, run

from case_flow.access import POLICY
from case_flow.api.matter_parts import Label, StepInfo
from case_flow.matter_access import item_resource
from case_flow.storage import item as items
from case_flow.storage.item import Published
from case_flow.use_cases.publish_item import PublishItem, publish_item


@strawberry.type(description="事项目录: one version of a service item. Published versions never change.")
class ServiceItem:
    code: str
    version: int
    hash: str
    name: Label
    mode: str
    domain: str
    limit_days: int | None
    limit_unit: str | None
    citation: str
    steps: list[StepInfo]

    @classmethod
    def of(cls, bureau_id: str, published: Published) -> "ServiceItem":
        item = published.definition
        return cls(
            code=item.item,
            version=item.version,
            hash=published.hash,
            name=Label.of(item.name),
            mode=item.mode,
            domain=item.domain,
            limit_days=item.limit.length if item.limit else None,
            limit_unit=item.limit.unit if item.limit else None,
            citation=str(item.citation),
            steps=[StepInfo.of(bureau_id, step) for step in item.steps],
        )


@strawberry.type(description="The bureau's items, newest version each, by code.")
class ServiceItemConnection(Connection[ServiceItem]):
    pass


@strawberry.type
class ItemQuery:
    @strawberry.field(description="One item, its newest version or the one asked for.")
    async def item(self, info: Info, code: str, version: int | None = None) -> ServiceItem | None:
        bureau = info.context.principal.bureau_id
        if bureau is None or not POLICY.allows(info.context.principal, "read", item_resource(bureau, code)):
            return None
        async with info.context.read() as conn:
            if version is not None:
                found = await items.find(conn, bureau, code, version)
                return ServiceItem.of(bureau, found) if found else None
            try:
                return ServiceItem.of(bureau, await items.latest(conn, bureau, code))
            except NotFound:
                return None

    @strawberry.field(description="The catalogue of the caller's bureau.")
    async def items(self, info: Info, first: int = 50, after: str | None = None) -> ServiceItemConnection:
        bureau = info.context.principal.bureau_id
        if bureau is None or not POLICY.allows(info.context.principal, "read", item_resource(bureau, "*")):
            return ServiceItemConnection(edges=[], page_info=PageInfo(has_next_page=False, end_cursor=None))
        async with info.context.read() as conn:
            found = await items.page(conn, bureau, after, page_size(first) + 1)
        edges = [Edge(node=ServiceItem.of(bureau, one), cursor=one.definition.item) for one in found[:first]]
        page = PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None)
        return ServiceItemConnection(edges=edges, page_info=page)


@strawberry.input
class PublishItemInput:
    """A definition file (YAML, see how-to/define-an-item)."""

    client_mutation_id: str
    source: str


@strawberry.type
class PublishItemPayload:
    item: ServiceItem | None
    user_errors: list[UserError]


@strawberry.type
class ItemMutation:
    @strawberry.mutation(description="Publish one version of an item for ever; running matters keep theirs.")
    async def publish_item(self, info: Info, input: PublishItemInput) -> PublishItemPayload:
        done, errors = await run(info, publish_item, PublishItem(input.source), input.client_mutation_id)
        bureau = info.context.principal.bureau_id
        if done is None or bureau is None:
            return PublishItemPayload(item=None, user_errors=errors)
        async with info.context.read() as conn:
            published = await items.get(conn, bureau, done.hash)
        return PublishItemPayload(item=ServiceItem.of(bureau, published), user_errors=errors)
