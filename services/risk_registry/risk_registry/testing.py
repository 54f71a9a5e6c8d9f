"""Builders for tests of the register: sheets, points, and a bureau's register already in force."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from plumbline_org.grades import RiskCategory, RiskGrade
from plumbline_shared.database import Connection

from risk_registry.domain.points import Description, Origin, PointScope, Source, point_id
from risk_registry.domain.register_format import KEYS
from risk_registry.domain.standing import PointState, Standing
from risk_registry.storage.points import add_points, add_texts
from risk_registry.storage.standings import add_standings

ROW = {
    "code": "RP-RELIEF-TIME-02",
    "title_zh": "减免税审批超时限",
    "title_en": "Relief approval beyond its time limit",
    "category": "TAX_OPERATIONS",
    "scope": "COMMON",
    "grade": "MEDIUM",
    "posts": "POLICY.reviewer",
    "owner_unit": "POLICY",
    "process": "RELIEF-APPROVAL",
    "step": "review",
    "cause": "限时责任不明",
    "consequence": "影响纳税人权益",
    "controls": "限时预警",
    "traits": "",
    "tags": "",
    "focus": "",
    "item": "",
    "power": "",
    "source_title": "风险点登记表",
    "source_url": "",
    "source_locator": "1",
}


def row(**cells: str) -> dict[str, str]:
    """One row of a register sheet."""
    return {**ROW, **cells}


def sheet(
    rows: Sequence[Mapping[str, str]],
    declared: Iterable[tuple[str, str, object]] = (),
    columns: Sequence[str] = KEYS,
) -> bytes:
    """A register as `.csv`, its declared totals in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerows(["#declared", *map(str, each)] for each in declared)
    writer.writerow(columns)
    writer.writerows([each.get(column, "") for column in columns] for each in rows)
    return buffer.getvalue().encode()


def declaring(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, str, object]]:
    """The totals that agree with `rows`."""
    found: list[tuple[str, str, object]] = [("size", "", len(rows))]
    found += [("category", each, sum(r["category"] == each for r in rows)) for each in RiskCategory]
    return found + [("grade", each, sum(r["grade"] == each for r in rows)) for each in RiskGrade]


def description(
    posts: Sequence[str] = ("D01.POLICY.reviewer",),
    owner_unit: str = "",
    category: RiskCategory = RiskCategory.TAX_OPERATIONS,
    **text: str,
) -> Description:
    """What a point on these posts says."""
    return Description(
        category=category,
        scope=PointScope.COMMON,
        title_zh=text.get("title_zh", "减免税审批超时限"),
        posts=tuple(posts),
        units=tuple(sorted({post.rpartition(".")[0] for post in posts})),
        owner_unit=owner_unit,
        process=text.get("process", "RELIEF-APPROVAL"),
        step=text.get("step", "review"),
        cause="限时责任不明",
        source=Source("风险点登记表"),
    )


async def put_point(
    conn: Connection,
    code: str,
    grade: RiskGrade | None,
    text: Description,
    on: date,
    now: datetime,
    bureau: str = "D01",
) -> str:
    """Put one point into the register from `on`; without a grade it is only proposed. Returns its id."""
    point = point_id(bureau, code)
    state = PointState.ACTIVE if grade else PointState.PROPOSED
    await add_points(conn, bureau, [(point, code, Origin.REGISTER)], now)
    await add_texts(conn, bureau, [(point, text)], on, now)
    await add_standings(conn, bureau, [(point, Standing(state, grade, on, now))])
    return point
