"""What the hall does, counted, and its windows as a picture (S1-092…S1-094, S1-097, S1-098, S1-113)."""

from datetime import date

import strawberry
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Context, Info, UserError, run
from plumbline_shared.principal import system

from case_flow.api.control_enums import Lang
from case_flow.api.matter_parts import Label
from case_flow.api.references import Unit
from case_flow.api.references import unit as unit_ref
from case_flow.domain.hall_service import (
    LINE_LABELS,
    PART_LABELS,
    GuidePart,
    ServiceLine,
    Waited,
    waited,
)
from case_flow.hall_access import POLICY, hall_resource
from case_flow.pictures.windows import EN, ZH, Cell, QueueBar, windows_picture
from case_flow.rules import HALL_RULES, rules_of
from case_flow.storage import hall_service as store
from case_flow.storage import window as windows
from case_flow.storage.intake import direct
from case_flow.use_cases.record_guidance import RecordGuidance, record_guidance

strawberry.enum(
    ServiceLine, description="导税咨询 GUIDANCE, 综合服务 ONE_WINDOW, 纳税人学校 TAXPAYER_SCHOOL."
)
strawberry.enum(GuidePart, description="接待员 RECEIVE, 联络员 LIAISE, 协调员 COORDINATE, 救火员 RESOLVE.")


@strawberry.type(description="Visits on a service line, by what the guide was for them.")
class GuidanceCount:
    line: ServiceLine
    line_label: Label
    part: GuidePart
    part_label: Label
    visits: int

    @classmethod
    def of(cls, line: ServiceLine, part: GuidePart, visits: int) -> "GuidanceCount":
        return cls(
            line=line,
            line_label=Label(zh=LINE_LABELS[line][0], en=LINE_LABELS[line][1]),
            part=part,
            part_label=Label(zh=PART_LABELS[part][0], en=PART_LABELS[part][1]),
            visits=visits,
        )


@strawberry.type(description="Matters of an item that the hall accepted.")
class IntakeCount:
    item_code: str
    origin: str | None = strawberry.field(description="RETAINED, FRONT_LOADED or NEW, by the newest version.")
    matters: int


@strawberry.type(description="直接受理: matters of an item that a unit took in past the hall.")
class DirectIntakeCount:
    item_code: str
    unit: Unit
    matters: int


@strawberry.type(description="From drawing a ticket to being called, in whole minutes, by nearest rank.")
class QueueWait:
    queue: str
    tickets: int
    median_minutes: int
    p90_minutes: int

    @classmethod
    def of(cls, queue: str, one: Waited) -> "QueueWait":
        return cls(queue=queue, tickets=one.tickets, median_minutes=one.median, p90_minutes=one.p90)


@strawberry.type(description="办税服务厅统计: a period of the hall, the last day not included.")
class HallStatistics:
    visits: int
    guidance: list[GuidanceCount]
    intake: list[IntakeCount]
    direct: list[DirectIntakeCount] = strawberry.field(description="The exceptions from the one front door.")
    waiting: list[QueueWait] = strawberry.field(
        description="Trips of a matter: `Matter.path`, `pathMetrics`."
    )


@strawberry.input
class RecordGuidanceInput:
    client_mutation_id: str
    line: ServiceLine
    part: GuidePart
    visits: int = 1


@strawberry.type
class GuidancePayload:
    recorded: bool
    user_errors: list[UserError]


@strawberry.type
class HallServiceQuery:
    @strawberry.field(description="For everybody of the bureau; null before the hall's windows are set up.")
    async def hall_statistics(self, info: Info, since: date, until: date) -> HallStatistics | None:
        if since >= until:
            raise Invalid("`until` is a later day than `since`; its own day does not count", path=("until",))
        unit = await _hall(info.context)
        return await statistics(info.context, unit, (since, until)) if unit else None

    @strawberry.field(
        description="The windows now, as SVG: who sits there, what it serves, how much there is to do."
    )
    async def hall_picture(self, info: Info, lang: Lang = Lang.ZH) -> str | None:
        return await picture(info.context, lang) if await _hall(info.context) else None


@strawberry.type
class HallServiceMutation:
    @strawberry.mutation(description="导税计数: count whom a guide helped, on which line, as what.")
    async def record_guidance(self, info: Info, input: RecordGuidanceInput) -> GuidancePayload:
        command = RecordGuidance(input.line, input.part, input.visits)
        done, errors = await run(info, record_guidance, command, input.client_mutation_id)
        return GuidancePayload(recorded=done is not None, user_errors=errors)


async def statistics(context: Context, unit: str, period: tuple[date, date]) -> HallStatistics:
    """The figures of a hall; its reader was checked, and they name nobody."""
    bureau = context.principal.bureau_id or ""
    async with context.runtime.db.read(system(bureau)) as conn:
        guidance = await store.guidance(conn, bureau, period)
        accepted = await store.intake(conn, bureau, period, unit)
        past = await direct(conn, bureau, period)
        waits = await store.waits(conn, bureau, period)
    rows = [(queue, waited(found)) for queue, found in sorted(waits.items())]
    return HallStatistics(
        visits=sum(guidance.values()),
        guidance=[GuidanceCount.of(*key, visits) for key, visits in sorted(guidance.items())],
        intake=[
            IntakeCount(item_code=one.item_code, origin=one.origin, matters=one.matters) for one in accepted
        ],
        direct=[
            DirectIntakeCount(item_code=one.item_code, unit=unit_ref(one.unit_id), matters=one.matters)
            for one in past
        ],
        waiting=[QueueWait.of(queue, one) for queue, one in rows if one],
    )


async def picture(context: Context, lang: Lang) -> str:
    """The board of this moment as a picture."""
    bureau, chinese = context.principal.bureau_id or "", lang is Lang.ZH
    pack = await rules_of(context, HALL_RULES)
    kinds = list(pack.classes)
    async with context.read() as conn:
        board = await windows.board(conn, context.now)
        desks = await store.desks(conn, bureau, context.today)
        waiting = await windows.waiting(conn, bureau, context.now)
        org = await load_org(conn, bureau)

    def named(code: str) -> str:
        return pack.classes[code].zh if chinese else pack.classes[code].en

    def who(code: str) -> str:
        sitting = org.person(desks[code].last_by) if code in desks else None
        return "" if sitting is None else sitting.name if chinese else sitting.name_en or sitting.name

    cells = [
        Cell(
            code=one.code,
            kind=kinds.index(one.serves),
            serves=named(one.serves),
            who=who(one.code),
            called=desks[one.code].called if one.code in desks else 0,
            served=desks[one.code].served if one.code in desks else 0,
            flexible=one.flexible,
            switched=one.serves != one.home,
        )
        for one in board
    ]
    bars = [
        QueueBar(at, named(one), waiting.get(one, 0), pack.waiting_threshold) for at, one in enumerate(kinds)
    ]
    return windows_picture(cells, bars, ZH if chinese else EN)


async def _hall(context: Context) -> str | None:
    """The unit of the hall; None before it is set up, and for whoever is of no bureau."""
    bureau = context.principal.bureau_id or ""
    if not POLICY.allows(context.principal, "read", hall_resource(bureau, f"{bureau}.HALL")):
        return None
    async with context.read() as conn:
        return await windows.unit_if_set_up(conn, bureau)
