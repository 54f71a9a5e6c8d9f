"""Catalogues: loaded whole and once, used copy-on-write, changed inside bounds, handed on without what is one's own."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from plumbline_contracts.risk_registry.v1 import ControlVersionPublished
from plumbline_org.grades import RiskGrade
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.events import message_of
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from risk_registry.domain.catalogue import EntryKind, OutOfBounds, UncitedRule, plain
from risk_registry.domain.control_tests import ControlAspect, DeficiencyType
from risk_registry.load_packs import load
from risk_registry.packs import shipped
from risk_registry.storage.catalogue import catalogue_entries, catalogues, entries_on
from risk_registry.storage.control_tests import control_tests
from risk_registry.storage.points import whole_register
from risk_registry.storage.processes import load_versions
from risk_registry.testing import description, put_point
from risk_registry.testing_reform import (
    AT,
    DAY,
    HEAD,
    LEGAL,
    PROCESS,
    YEAR,
    nine_points,
    old_version,
    regulation,
)
from risk_registry.use_cases.check_control import CheckControl, check_control
from risk_registry.use_cases.draft_process import DraftProcess, draft_process
from risk_registry.use_cases.keep_catalogue import (
    AdoptCatalogue,
    CatalogueDiffers,
    ExportTemplate,
    LoadPack,
    RecordEntry,
    adopt_catalogue,
    export_template,
    load_pack,
    record,
)
from risk_registry.use_cases.propose_points import ProposePoints, propose_points
from risk_registry.use_cases.publish_process import PublishProcess, publish_process

As = Callable[[str], Principal]
HALL = ("urn:plumbline:hall", "2010.3")
CONTROL: dict[str, Any] = {
    "title_zh": "双人调查", "family": "SEGREGATION", "phase": "IN_PROCESS", "basis": "REG-RELIEF#2",
    "points": ["RP-R-1"], "nodes": [{"process": "RELIEF-APPROVAL", "step": "investigate"}],
}  # fmt: skip


async def use_hall(runtime: Runtime, act_as: As, bureau: str = "D01") -> None:
    head = act_as(f"{bureau}.huang-zhen")
    await runtime.execute(head, load_pack, LoadPack("hall"))
    await runtime.execute(head, adopt_catalogue, AdoptCatalogue(*HALL, DAY))


async def say(
    runtime: Runtime, act_as: As, kind: EntryKind, code: str, body: dict[str, Any], **more: Any
) -> None:
    await runtime.execute(act_as(LEGAL), record, RecordEntry(kind, code, body, DAY, **more))


async def entries(runtime: Runtime, kind: EntryKind, bureau: str = "D01", on: date = DAY) -> dict[str, Any]:
    async with runtime.db.read(system(bureau)) as conn:
        return {each.code: each for each in await entries_on(conn, bureau, on, [kind])}


async def test_a_pack_is_loaded_once_and_used_from_a_day_on(runtime: Runtime, act_as: As) -> None:
    await use_hall(runtime, act_as)
    again = await runtime.execute(act_as(HEAD), load_pack, LoadPack("hall"))
    assert again.entries == 191
    assert len(await entries(runtime, EntryKind.WINDOW)) == 54
    assert await entries(runtime, EntryKind.WINDOW, on=date(2026, 3, 31)) == {}
    assert await entries(runtime, EntryKind.WINDOW, "D02") == {}


async def test_the_loader_takes_every_pack_and_twice_is_once(runtime: Runtime) -> None:
    for _round in range(2):
        kept = await load(runtime, "D01", list(shipped()))
        assert [each.entries for each in kept] == [745, 257, 191, 173, 98, 15, 5, 6, 2]
    async with runtime.db.read(system("D02")) as conn:
        assert len(await catalogues(conn)) == 9


async def test_a_local_change_stays_local_and_inside_the_bounds(runtime: Runtime, act_as: As) -> None:
    await use_hall(runtime, act_as)
    await use_hall(runtime, act_as, "D02")
    window = plain((await entries(runtime, EntryKind.WINDOW))["W-01"].body)
    await say(runtime, act_as, EntryKind.WINDOW, "W-01", {**window, "window_class": "INVOICE"})
    mine, theirs = await entries(runtime, EntryKind.WINDOW), await entries(runtime, EntryKind.WINDOW, "D02")
    assert (mine["W-01"].body.window_class, mine["W-01"].local) == ("INVOICE", True)
    assert (theirs["W-01"].body.window_class, theirs["W-01"].local) == ("DECLARATION", False)
    with pytest.raises(OutOfBounds):
        await say(runtime, act_as, EntryKind.WINDOW, "W-01", {**window, "title_zh": "别的窗口"})


async def test_what_a_catalogue_says_under_a_chinese_code_may_be_said_otherwise(
    runtime: Runtime, act_as: As
) -> None:
    await use_hall(runtime, act_as)
    graph = plain((await entries(runtime, EntryKind.PROCESS))["大厅·退税"].body)
    await say(runtime, act_as, EntryKind.PROCESS, "大厅·退税", {**graph, "limit_days": 5})
    mine = (await entries(runtime, EntryKind.PROCESS))["大厅·退税"]
    assert (mine.body.limit_days, mine.local) == (5, True)
    with pytest.raises(OutOfBounds):
        await say(runtime, act_as, EntryKind.PROCESS, "大厅·退税", {**graph, "limit_days": 181})
    with pytest.raises(Invalid):
        await say(runtime, act_as, EntryKind.PROCESS, "大厅·别的", graph)


async def test_an_uncited_rule_is_not_activated(runtime: Runtime, act_as: As) -> None:
    await regulation(runtime, act_as)
    for basis in ("", "REG-RELIEF#9", "REG-OTHER#1"):
        with pytest.raises(UncitedRule):
            await say(runtime, act_as, EntryKind.CONTROL, "CT-1", {**CONTROL, "basis": basis})
    with pytest.raises(Invalid):
        await say(runtime, act_as, EntryKind.CONTROL, "CT-1", {**CONTROL, "family": "MAGIC"})
    with pytest.raises(NotFound):
        await runtime.execute(
            act_as("D01.lin-jie"), record, RecordEntry(EntryKind.CONTROL, "CT-1", CONTROL, DAY)
        )


async def test_each_version_of_a_control_is_published(runtime: Runtime, act_as: As) -> None:
    await regulation(runtime, act_as)
    await say(runtime, act_as, EntryKind.CONTROL, "CT-1", CONTROL)
    await say(runtime, act_as, EntryKind.CONTROL, "CT-1", CONTROL, retired=True)
    async with runtime.db.read(system("D01")) as conn:
        rows = await conn.fetch(
            "select data from outbox where subject like '%ControlVersionPublished' order by id"
        )
    first, last = [message_of(ControlVersionPublished, row["data"].encode()) for row in rows]
    assert (first.control_id, list(first.point_ids)) == ("D01.CT-1", ["D01.RP-R-1"])
    assert (first.retired, last.retired, first.version < last.version) == (False, True, True)
    assert await entries(runtime, EntryKind.CONTROL) == {}


async def test_design_and_operation_are_tested_apart(runtime: Runtime, act_as: As) -> None:
    await regulation(runtime, act_as)
    await say(runtime, act_as, EntryKind.CONTROL, "CT-1", CONTROL)
    tester = act_as("D01.bai-xue")
    deviation = DeficiencyType.EXECUTION_DEVIATION
    await runtime.execute(tester, check_control, CheckControl("CT-1", ControlAspect.DESIGN, "制度文本"))
    await runtime.execute(
        tester, check_control, CheckControl("CT-1", ControlAspect.OPERATING, "抽查 25 件", deviation)
    )
    with pytest.raises(Invalid):
        await runtime.execute(
            tester, check_control, CheckControl("CT-1", ControlAspect.DESIGN, "x", deviation)
        )
    async with runtime.db.read(system("D01")) as conn:
        found = await control_tests(conn, "D01", "CT-1")
    assert [(each.aspect, each.deficiency) for each in found] == [
        (ControlAspect.DESIGN, None), (ControlAspect.OPERATING, deviation),
    ]  # fmt: skip


async def test_a_template_carries_rules_and_nothing_of_its_own_bureau(runtime: Runtime, act_as: As) -> None:
    await old_version(runtime, act_as)
    await nine_points(runtime)
    async with runtime.db.transaction(system("D01")) as conn:
        await put_point(conn, "RP-ONLY", None, description(), YEAR, AT)
    given = ExportTemplate("urn:plumbline:linjiang", "1", "临江模板")
    await runtime.execute(act_as(HEAD), export_template, given)
    async with runtime.db.read(system("D02")) as conn:
        found = await catalogue_entries(conn, "urn:plumbline:linjiang", "1")
    assert {each.kind for each in found} == {EntryKind.REGULATION, EntryKind.PROCESS, EntryKind.POINT}
    assert "D01" not in str([plain(each.body) for each in found])
    assert "RP-ONLY" not in {each.code for each in found}
    await regulation_again(runtime, act_as)
    with pytest.raises(CatalogueDiffers):
        await runtime.execute(act_as(HEAD), export_template, given)


async def test_the_next_bureau_works_from_a_template_with_posts_of_its_own(
    runtime: Runtime, act_as: As
) -> None:
    """S1-006: what one bureau has is adopted by another, which drafts its process and proposes its points from it."""
    await old_version(runtime, act_as)
    await nine_points(runtime)
    given = ExportTemplate("urn:plumbline:linjiang", "1", "临江模板")
    await runtime.execute(act_as(HEAD), export_template, given)
    head = act_as("D02.huang-zhen")
    await runtime.execute(head, adopt_catalogue, AdoptCatalogue("urn:plumbline:linjiang", "1", DAY))
    drafting = DraftProcess(PROCESS, "D02.POLICY")
    version = (await runtime.execute(act_as("D02.chen-gang"), draft_process, drafting)).version_id
    proposed = await runtime.execute(head, propose_points, ProposePoints("urn:plumbline:linjiang"))
    async with runtime.db.read(system("D02")) as conn:
        (draft,) = await load_versions(conn, "D02", [version])
        points = await whole_register(conn, "D02", DAY)
    assert {step.post.partition(".")[0] for step in draft.graph.steps} == {"D02"}
    assert (proposed.created, {each.state for each in points}) == (9, {"PROPOSED"})
    assert {post for each in points for post in each.description.posts} == {"D02.TO-5.administrator"}
    done = PublishProcess(version, DAY)
    published = await runtime.execute(head, publish_process, done)
    assert published.version_id == version, "the regulation that its steps cite came along"


async def regulation_again(runtime: Runtime, act_as: As) -> None:
    body = {
        "title_zh": "新办法", "category": 1, "effective_from": "2026-01-01",
        "clauses": [{"number": "1", "says": "一"}],
    }  # fmt: skip
    await say(runtime, act_as, EntryKind.REGULATION, "REG-NEW", body)


async def test_points_of_a_catalogue_come_as_proposals_and_once(runtime: Runtime, act_as: As) -> None:
    head = act_as(HEAD)
    await runtime.execute(head, load_pack, LoadPack("hanzhong"))
    await runtime.execute(head, adopt_catalogue, AdoptCatalogue("urn:plumbline:hanzhong", "2010.3", DAY))
    first = await runtime.execute(head, propose_points, ProposePoints("urn:plumbline:hanzhong"))
    again = await runtime.execute(head, propose_points, ProposePoints("urn:plumbline:hanzhong"))
    assert (first.created, again.created, again.known) == (53, 0, 53)
    async with runtime.db.read(system("D01")) as conn:
        found = await whole_register(conn, "D01", DAY)
    assert {each.state for each in found} == {"PROPOSED"}
    assert len({each.description.item for each in found} - {""}) == 21
    assert sum(each.grade is RiskGrade.HIGH for each in found) == 14
