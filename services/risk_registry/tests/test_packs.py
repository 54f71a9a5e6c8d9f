"""What ships has the published numbers (§9.3)."""

from collections import Counter

from risk_registry.domain.catalogue import CataloguePoint, EntryKind, ServiceItem, Window
from risk_registry.domain.processes import Graph
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


def test_the_district_and_the_published_points() -> None:
    assert len(bodies("district", EntryKind.POINT)) == 745
    assert len(bodies("published", EntryKind.POINT)) == 168
    assert len(bodies("published", EntryKind.SOD_RULE)) == 5
