"""Catalogues that ship as data: the district of 745 points, the Hanzhong frame, the service hall, published rules.

python -m risk_registry.packs                 names and sizes of what ships
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from plumbline_org.grades import RiskGrade

from risk_registry import district_register
from risk_registry.domain.catalogue import (
    Catalogue,
    CataloguePoint,
    Entry,
    EntryKind,
    Grant,
    Reform,
    RiskItem,
    ServiceItem,
    Window,
)
from risk_registry.domain.entries import CATEGORIES
from risk_registry.domain.marks import Focus, Tag
from risk_registry.domain.points import PointScope
from risk_registry.domain.processes import Activity, Graph, Step, StepFunction
from risk_registry.domain.published_format import read_published
from risk_registry.domain.segregation import SodRule
from risk_registry.domain.sheet import read_table
from risk_registry.indicator_packs import alert_rules
from risk_registry.office_packs import offices
from risk_registry.regulation_packs import conduct, powers, regulations

FUNCTIONS = {
    "受理": StepFunction.ACCEPT, "调查": StepFunction.INVESTIGATE, "核查": StepFunction.INVESTIGATE,
    "审核": StepFunction.REVIEW, "初审": StepFunction.REVIEW, "复审": StepFunction.REVIEW,
    "复核": StepFunction.REVIEW, "审批": StepFunction.APPROVE, "核准": StepFunction.APPROVE,
    "决定": StepFunction.APPROVE, "送达": StepFunction.DELIVER, "归档": StepFunction.RECORD,
    "对账": StepFunction.RECONCILE, "收入核算对账": StepFunction.RECONCILE,
}  # fmt: skip
PROCESS_BOUNDS: Mapping[str, Any] = {
    EntryKind.PROCESS: {"steps": None, "limit_days": (1, 180), "title_zh": None, "title_en": None},
    EntryKind.POINT: {"posts": None, "cause": None, "controls": None},
    EntryKind.CONTROL: {"points": None, "nodes": None, "powers": None},
    EntryKind.WINDOW: {"window_class": None},
}
PUBLISHED = ("urn:plumbline:published", "2026.1")


class ItemRow(msgspec.Struct, frozen=True, array_like=True):
    """A risk item with its process, step and points (weakness, grade)."""

    title: str
    process: str
    step: str
    points: list[tuple[str, RiskGrade]]


class Hanzhong(msgspec.Struct, frozen=True):
    """The Hanzhong file."""

    urn: str
    version: str
    title_zh: str
    title_en: str
    source: str
    ways: dict[StepFunction, list[str]]
    activities: dict[str, list[Activity]]
    processes: dict[str, dict[str, list[str]]]
    items: list[ItemRow]


class WindowClass(msgspec.Struct, frozen=True):
    """How many windows of one class, and how many of them are flexible."""

    name: str
    count: int
    flexible: int


class Grants(msgspec.Struct, frozen=True):
    """So many codes of one kind."""

    count: int
    grantor: str
    grantee: str
    operations: list[str]


class Hall(msgspec.Struct, frozen=True):
    """The hall file."""

    urn: str
    version: str
    title_zh: str
    title_en: str
    source: str
    items: dict[str, dict[str, list[str]]]
    windows: dict[str, WindowClass]
    processes: dict[str, list[str]]
    activities: dict[str, list[Activity]]
    grants: Grants
    reforms: dict[str, int]


@cache
def shipped() -> Mapping[str, Catalogue]:
    """Every pack by name."""
    makers: Mapping[str, Callable[[], Catalogue]] = {
        "district": _district, "hanzhong": _hanzhong, "hall": _hall, "published": _published,
        "regulations": regulations, "conduct": conduct, "alert-rules": alert_rules, "powers": powers, "offices": offices,
    }  # fmt: skip
    return {name: make() for name, make in makers.items()}


@cache
def platform_rules() -> tuple[SodRule, ...]:
    """Segregation that holds in every bureau without being adopted (§5.5)."""
    return msgspec.yaml.decode(_data("sod_rules.yaml"), type=tuple[SodRule, ...])


def _data(name: str) -> bytes:
    return files("risk_registry").joinpath("data", *name.split("/")).read_bytes()


def _hanzhong() -> Catalogue:
    given = msgspec.yaml.decode(_data("packs/hanzhong.yaml"), type=Hanzhong)
    return Catalogue(
        given.urn, given.version, given.title_zh, given.source, tuple(_hanzhong_entries(given)), given.title_en,
        bounds=PROCESS_BOUNDS,
    )  # fmt: skip


def _hanzhong_entries(given: Hanzhong) -> Iterator[Entry]:
    for name, subjects in given.processes.items():
        for subject, actions in subjects.items():
            for action in actions:
                steps = tuple(_way(given.ways[_function(action)], action))
                does = tuple(given.activities.get(subject, given.activities.get(name, [])))
                title = f"{subject}·{action}"
                graph = Graph(title, steps, limit_days=20, process_class=name, activities=does)
                yield Entry(EntryKind.PROCESS, f"{subject}·{action}", graph)
    for number, item in enumerate(given.items, start=1):
        code = f"RI-HZ-{number:02d}"
        process = f"{item.process}·{item.step}"
        yield Entry(EntryKind.RISK_ITEM, code, RiskItem(item.title, process))
        for index, (weakness, grade) in enumerate(item.points, start=1):
            point = CataloguePoint(
                f"{item.title}：{weakness}", process, "办理", cause=item.title, item=code, grade=grade
            )
            yield Entry(EntryKind.POINT, f"RP-HZ-{number:02d}-{index}", point)


def _way(names: Sequence[str], action: str) -> Iterator[Step]:
    """The steps around an action, which itself is the step 办理."""
    for name in names:
        title = action if name == "办理" else name
        yield Step(name, title, _function(title))


def _hall() -> Catalogue:
    given = msgspec.yaml.decode(_data("packs/hall.yaml"), type=Hall)
    return Catalogue(
        given.urn, given.version, given.title_zh, given.source, tuple(_hall_entries(given)), given.title_en,
        bounds=PROCESS_BOUNDS,
    )  # fmt: skip


def _hall_entries(given: Hall) -> Iterator[Entry]:
    rows = [
        (origin, owner, title)
        for origin, by in given.items.items()
        for owner, ts in by.items()
        for title in ts
    ]
    for number, (origin, owner, title) in enumerate(rows, start=1):
        yield Entry(EntryKind.SERVICE_ITEM, f"SI-{number:02d}", ServiceItem(title, origin, owner))
    windows = [(name, each, index) for name, each in given.windows.items() for index in range(each.count)]
    for number, (name, each, index) in enumerate(windows, start=1):
        yield Entry(EntryKind.WINDOW, f"W-{number:02d}", Window(each.name, name, index < each.flexible))
    for process, names in given.processes.items():
        steps = tuple(Step(name, name, _function(name)) for name in names)
        does = tuple(given.activities.get(process, []))
        graph = Graph(process, steps, 20, process_class=process, activities=does)
        yield Entry(EntryKind.PROCESS, f"大厅·{process}", graph)
    yield from _hall_grants(given.grants)
    items = {title: f"SI-{number:02d}" for number, (_origin, _owner, title) in enumerate(rows, start=1)}
    for number, (title, removed) in enumerate(given.reforms.items(), start=1):
        yield Entry(EntryKind.REFORM, f"RF-{number:02d}", Reform(title, items[title], removed))


def _hall_grants(given: Grants) -> Iterator[Entry]:
    for number in range(1, given.count + 1):
        body = Grant(f"代码{number:02d}", given.grantor, given.grantee, tuple(given.operations))
        yield Entry(EntryKind.GRANT, f"GR-{number:02d}", body)


def _district() -> Catalogue:
    district = district_register.district()
    title = district.source["title"]
    entries = [
        Entry(EntryKind.POINT, line["code"], _district_point(line)) for line in district_register.lines()
    ]
    return Catalogue(
        "urn:plumbline:district", "2026.1", title, title, tuple(entries), "An invented district register",
        bounds=PROCESS_BOUNDS,
    )  # fmt: skip


def _district_point(line: Mapping[str, str]) -> CataloguePoint:
    return CataloguePoint(
        title_zh=line["title_zh"],
        title_en=line["title_en"],
        process=line["process"],
        step=line["step"],
        cause=line["cause"],
        category=CATEGORIES[line["category"]],
        scope=PointScope(line["scope"]),
        posts=tuple(line["posts"].split(";")),
        grade=RiskGrade(line["grade"]),
        consequence=line["consequence"],
        controls=line["controls"],
        traits=line["traits"],
        tags=tuple(map(Tag, filter(None, line["tags"].split(";")))),
        focus=tuple(map(Focus, filter(None, line["focus"].split(";")))),
    )


def _published() -> Catalogue:
    """The published points and the five rules of segregation, each with its source."""
    content = _data("risk_points_published.csv")
    points = read_published(read_table("published.csv", content)).entries
    entries = [
        Entry(
            EntryKind.POINT,
            each.code,
            CataloguePoint(
                title_zh=each.description.title_zh, process=each.description.process, step=each.description.step,
                cause=each.description.source.title, category=each.description.category, grade=each.grade,
                consequence=each.description.consequence, controls=each.description.controls,
            ),
        )
        for each in points
    ]  # fmt: skip
    source = "税务机关公开的风险点与岗位制约规定; 每条附来源"
    rules = tuple(entries) + tuple(_published_rules(content))
    return Catalogue(*PUBLISHED, "公开风险点与岗位制约", source, rules, "Published points and rules")


def _published_rules(content: bytes) -> Iterator[Entry]:
    selectors = msgspec.yaml.decode(_data("packs/published_sod.yaml"), type=dict[str, dict[str, Any]])
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        if row["row_kind"] != "sod_rule":
            continue
        said: dict[str, Any] = {
            "title_zh": f"{row['risk_point']}：{row['control']}",
            "citation": f"{row['source_title']} {row['source_locator']} {row['source_url']}",
            "processes": [row["process"]],
            **selectors[row["row_id"]],
        }
        yield Entry(EntryKind.SOD_RULE, row["row_id"], msgspec.convert(said, SodRule))


def _function(name: str) -> StepFunction:
    return next((found for word, found in FUNCTIONS.items() if word in name), StepFunction.EXECUTE)


if __name__ == "__main__":
    for pack, each in shipped().items():
        print(f"{pack}: {each.urn} {each.version}, {len(each.entries)} entries")
