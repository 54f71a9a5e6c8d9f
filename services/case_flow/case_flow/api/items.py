"""Service items: what the bureau offers, by which steps, and how a new version is published."""

from datetime import date

import strawberry
from plumbline_shared.bpmn.picture import picture
from plumbline_shared.bpmn.writing import written
from plumbline_shared.errors import NotFound
from plumbline_shared.graphql import Connection, Edge, Info, PageInfo, UserError, page_size, run

from case_flow.access import POLICY
from case_flow.api.matter_parts import Label, StepInfo
from case_flow.domain.bpmn_out import diagram_of
from case_flow.domain.definition import ItemDefinition
from case_flow.matter_access import item_resource
from case_flow.storage import item as items
from case_flow.storage import process as processes
from case_flow.storage.item import Published
from case_flow.storage.process import ControlVersion
from case_flow.use_cases.publish_item import PublishItem, publish_item


@strawberry.type(description="A control of the register at steps of the process.")
class ItemControl:
    code: str
    version: int
    title: Label
    phase: str
    steps: list[str]

    @classmethod
    def of(cls, one: ControlVersion, process: str) -> "ItemControl":
        prefix = f"{process}/"
        return cls(
            code=one.code,
            version=one.version,
            title=Label(zh=one.title, en=one.title_en),
            phase=one.phase,
            steps=[node.removeprefix(prefix) for node in one.nodes if node.startswith(prefix)],
        )


@strawberry.type(description="The register's approved process behind an item, as case flow keeps it.")
class ItemProcess:
    code: str
    number: int
    effective_from: date
    steps: int
    removed_steps: list[str]
    limit_days: int
    limit_unit: str
    controls: list[ItemControl]


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
    effective_from: date | None = strawberry.field(
        description="Counts for what is accepted from this day on."
    )
    bureau_id: strawberry.Private[str]
    process_code: strawberry.Private[str]
    definition: strawberry.Private[ItemDefinition]

    @strawberry.field(description="As of today; null while the register has published none.")
    async def process(self, info: Info) -> ItemProcess | None:
        return await _process(info, self.bureau_id, self.process_code)

    @strawberry.field(
        description="The flow as a BPMN 2.0 document with its layout; `publishItem` takes it back."
    )
    def bpmn(self) -> str:
        return written(diagram_of(self.definition))

    @strawberry.field(description="The flow as an SVG picture, steps named in Chinese and English.")
    def picture(self) -> str:
        return picture(diagram_of(self.definition))

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
            effective_from=item.effective_from,
            bureau_id=bureau_id,
            process_code=item.process,
            definition=item,
        )


async def _process(info: Info, bureau_id: str, code: str) -> ItemProcess | None:
    async with info.context.read() as conn:
        found = await processes.process_on(conn, bureau_id, code, info.context.today) if code else None
        if found is None:
            return None
        controls = await processes.controls_on(conn, bureau_id, code, info.context.today)
    return ItemProcess(
        code=code,
        number=found.number,
        effective_from=found.effective_from,
        steps=found.step_count,
        removed_steps=found.removed_steps,
        limit_days=found.limit_days,
        limit_unit=found.limit_unit,
        controls=[ItemControl.of(one, code) for one in controls],
    )


@strawberry.type(description="The bureau's items, version in force each, by code.")
class ServiceItemConnection(Connection[ServiceItem]):
    pass


@strawberry.type
class ItemQuery:
    @strawberry.field(description="One item, its version in force or the one asked for.")
    async def item(self, info: Info, code: str, version: int | None = None) -> ServiceItem | None:
        bureau = info.context.principal.bureau_id
        if bureau is None or not POLICY.allows(info.context.principal, "read", item_resource(bureau, code)):
            return None
        async with info.context.read() as conn:
            if version is not None:
                found = await items.find(conn, bureau, code, version)
                return ServiceItem.of(bureau, found) if found else None
            try:
                return ServiceItem.of(bureau, await items.in_force(conn, bureau, code, info.context.today))
            except NotFound:
                return None

    @strawberry.field(description="The catalogue of the caller's bureau.")
    async def items(self, info: Info, first: int = 50, after: str | None = None) -> ServiceItemConnection:
        bureau = info.context.principal.bureau_id
        if bureau is None or not POLICY.allows(info.context.principal, "read", item_resource(bureau, "*")):
            return ServiceItemConnection(edges=[], page_info=PageInfo(has_next_page=False, end_cursor=None))
        async with info.context.read() as conn:
            found = await items.page(conn, bureau, after, page_size(first) + 1, info.context.today)
        edges = [Edge(node=ServiceItem.of(bureau, one), cursor=one.definition.item) for one in found[:first]]
        page = PageInfo(has_next_page=len(found) > first, end_cursor=edges[-1].cursor if edges else None)
        return ServiceItemConnection(edges=edges, page_info=page)


@strawberry.input
class PublishItemInput:
    """A definition file (YAML, see how-to/define-an-item) or a BPMN 2.0 document."""

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
