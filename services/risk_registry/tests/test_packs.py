"""What ships has the published numbers (§9.3)."""

from collections import Counter
from dataclasses import replace

from risk_registry.domain.alerts import AlertPhase
from risk_registry.domain.catalogue import (
    CataloguePoint,
    Conduct,
    Control,
    ControlFamily,
    EntryKind,
    GeneralControl,
    Grant,
    Node,
    Reform,
    Regulation,
    ServiceItem,
    Window,
)
from risk_registry.domain.coverage import coverage
from risk_registry.domain.departments import PowerSplit, check_split
from risk_registry.domain.processes import Activity, Graph
from risk_registry.packs import shipped


def bodies(pack: str, kind: EntryKind) -> list[object]:
    return [each.body for each in shipped()[pack].entries if each.kind is kind]


def test_the_hanzhong_frame() -> None:
    processes = [body for body in bodies("hanzhong", EntryKind.PROCESS) if isinstance(body, Graph)]
    points = [body for body in bodies("hanzhong", EntryKind.POINT) if isinstance(body, CataloguePoint)]
    assert (len({each.process_class for each in processes}), len(processes)) == (7, 183)
    assert (len(bodies("hanzhong", EntryKind.RISK_ITEM)), len(points)) == (21, 53)
    assert Counter(str(each.grade) for each in points) == {"HIGH": 14, "MEDIUM": 18, "LOW": 21}


def test_every_point_of_the_frame_sits_on_a_step_and_an_item_of_it() -> None:
    entries = {(each.kind, each.code): each.body for each in shipped()["hanzhong"].entries}
    for body in entries.values():
        if isinstance(body, CataloguePoint):
            graph = entries[EntryKind.PROCESS, body.process]
            assert isinstance(graph, Graph)
            assert body.step in graph.by_code
            assert (EntryKind.RISK_ITEM, body.item) in entries


def test_the_service_hall() -> None:
    items = [body for body in bodies("hall", EntryKind.SERVICE_ITEM) if isinstance(body, ServiceItem)]
    windows = [body for body in bodies("hall", EntryKind.WINDOW) if isinstance(body, Window)]
    processes = [body for body in bodies("hall", EntryKind.PROCESS) if isinstance(body, Graph)]
    assert Counter(each.origin for each in items) == {"RETAINED": 25, "FRONT_LOADED": 29, "NEW": 3}
    assert Counter(each.former_owner for each in items if each.former_owner) == {"OFFICE": 13, "SECTION": 16}
    assert (len(windows), sum(each.flexible for each in windows)) == (54, 7)
    assert len({each.window_class for each in windows}) == 3
    assert [len(each.steps) for each in processes] == [11, 6, 5, 3, 1, 4, 2, 1]


def test_what_each_process_is_of_the_six_activities_of_enforcement() -> None:
    """征、管、查、减、免、罚 (S1-035); what is no enforcement has none."""
    for pack in ("hanzhong", "hall"):
        graphs = [body for body in bodies(pack, EntryKind.PROCESS) if isinstance(body, Graph)]
        found = {each for graph in graphs for each in graph.activities}
        assert found == set(Activity) - ({Activity.INSPECT} if pack == "hall" else set()), pack
        without = {graph.process_class for graph in graphs if not graph.activities}
        assert without == ({"咨询辅导"} if pack == "hall" else {"纳税评估与行政管理"}), pack
    named = {each.code: each.body for each in shipped()["hanzhong"].entries if isinstance(each.body, Graph)}
    assert named["行政处罚·决定"].activities == (Activity.PENALISE,)
    assert named["政府采购·招标"].activities == ()


def test_two_processes_are_divided_between_four_kinds_of_department() -> None:
    """审批、执行和监督 (S2-017), as C-12 recommends: two departments approve, one executes, one supervises."""
    splits = [body for body in bodies("powers", EntryKind.POWER_SPLIT) if isinstance(body, PowerSplit)]
    departments = {each.code for each in shipped()["powers"].entries if each.kind is EntryKind.DEPARTMENT}
    processes = {each.code for each in shipped()["hanzhong"].entries if each.kind is EntryKind.PROCESS}
    assert len(departments) == 4
    assert {each.process for each in splits} <= processes
    for each in splits:
        check_split(each)
        assert set(each.departments) == departments
        assert (len(each.decision), len(each.execution), len(each.supervision)) == (2, 1, 1)
        assert "C-12" in each.citation


def test_the_district_and_the_published_points() -> None:
    assert len(bodies("district", EntryKind.POINT)) == 745
    assert len(bodies("published", EntryKind.POINT)) == 168
    assert len(bodies("published", EntryKind.SOD_RULE)) == 5


def test_forty_grants_and_thirty_two_reforms_of_the_hall() -> None:
    grants = [body for body in bodies("hall", EntryKind.GRANT) if isinstance(body, Grant)]
    reforms = [body for body in bodies("hall", EntryKind.REFORM) if isinstance(body, Reform)]
    items = {
        each.code: each.body for each in shipped()["hall"].entries if each.kind is EntryKind.SERVICE_ITEM
    }
    assert len(grants) == 40
    assert {(each.grantee, each.operations) for each in grants} == {
        ("纳税人学校", ("信息维护", "税种认定", "初次发票领购认定"))
    }
    assert (len(reforms), sum(each.removed_steps for each in reforms)) == (32, 55)
    assert {items[each.item].title_zh for each in reforms} == {each.title_zh for each in reforms}
    assert {each.steps_before for each in reforms} == {None}, "the source does not say"


def library() -> dict[str, Regulation]:
    entries = shipped()["regulations"].entries
    return {each.code: each.body for each in entries if isinstance(each.body, Regulation)}


def test_the_regulation_library_has_15_categories_98_items_and_invents_no_source() -> None:
    rules = library()
    assert (len(rules), {each.category for each in rules.values()}) == (98, set(range(1, 16)))
    assert len({each.title_zh for each in rules.values()}) == 98
    assert len({(each.category, each.category_name) for each in rules.values()}) == 15
    assert all(each.clauses and each.citation for each in rules.values())
    blank = {each.clauses[0].says for each in rules.values() if each.placeholder}
    assert len(blank) == 1
    assert blank.isdisjoint(each.clauses[0].says for each in rules.values() if not each.placeholder)
    processes = {each.code for each in shipped()["hanzhong"].entries if each.kind is EntryKind.PROCESS}
    assert {name for each in rules.values() for name in each.processes} <= processes


def test_the_library_names_the_five_general_controls() -> None:
    """S2-054: each is one regulation of the library, and coverage names the one that is taken away."""
    rules = library()
    found = coverage({}, rules, []).general
    assert {control: [rules[code].title_zh for code in codes] for control, codes in found.items()} == {
        GeneralControl.WORK_RULES: ["工作规则"],
        GeneralControl.OPEN_AFFAIRS: ["政务公开制度"],
        GeneralControl.KEY_POSTS_AND_STEPS: ["重点岗位和关键环节监督管理办法"],
        GeneralControl.LAWFUL_ADMINISTRATION_APPRAISAL: ["依法行政考核评价办法"],
        GeneralControl.LEADERSHIP_APPRAISAL: ["领导班子和领导干部综合考核评价体系"],
    }
    (code,) = found[GeneralControl.OPEN_AFFAIRS]
    blank = {**rules, code: replace(rules[code], placeholder=True)}
    for fewer in ({each: rule for each, rule in rules.items() if each != code}, blank):
        assert coverage({}, fewer, []).general[GeneralControl.OPEN_AFFAIRS] == ()


def test_clauses_of_the_library_without_a_node_are_named() -> None:
    rules = library()
    nodes = (Node("减免税·调查", "办理"),)
    relief = next(code for code, each in rules.items() if each.title_zh == "减免税管理流程")
    control = Control(
        "双人调查", ControlFamily.SEGREGATION, AlertPhase.IN_PROCESS, f"{relief}#1", nodes=nodes
    )
    found = coverage({}, rules, [control])
    assert (found.clauses, len(found.bare_clauses), found.clauses_percent) == (98, 97, 1)
    assert f"{relief}#1" not in found.bare_clauses


def test_prohibited_and_shared_conduct_each_have_a_source() -> None:
    lines = [body for body in bodies("conduct", EntryKind.CONDUCT) if isinstance(body, Conduct)]
    assert Counter(each.prohibited for each in lines) == {True: 10, False: 5}
    assert all(each.basis and each.title_en for each in lines)
