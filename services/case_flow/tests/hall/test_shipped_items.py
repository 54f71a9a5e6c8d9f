"""Every item and form that ships is published in the worked bureau, and each of its limits has a basis."""

from case_flow.testing import FOLDER
from case_flow.testing_hall import publish_forms
from plumbline_shared.principal import system


async def test_all_that_ships_is_sound_and_its_people_exist(bureau):
    items = sorted(path.stem for path in (FOLDER / "items").glob("*.yaml") if path.stem != "receipt_wabo")
    forms = sorted(path.stem for path in (FOLDER / "forms").glob("*.yaml"))
    await publish_forms(bureau, *forms)
    await bureau.publish(*items)
    query = (
        "select definition ->> 'mode' as mode, definition -> 'limit' -> 'citation' as basis from item_version"
    )
    rows = await bureau.within(system("D01"), lambda uow: uow.conn.fetch(query))
    assert len(rows) == len(items) >= 5
    assert all(row["basis"] for row in rows)
    assert "HANDLE_FIRST" in {row["mode"] for row in rows}
