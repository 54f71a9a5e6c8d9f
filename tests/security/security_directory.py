"""The directory: R21 edits posts and persons of the bureau, R30 loads the bureaus below, everybody delegates."""

import base64
import io

import xlsxwriter
from directory.testing import put_bureaus
from security_cast import ORGS
from security_world import World

# §5.3, Rules & forms: R21 edits posts; R30 templates of the bureaus below; the loader is R30's program.
EDITORS = {"xie-tao", "C01.rollout", "loader"}


async def play(world: World) -> None:
    """One of each change that the directory knows."""
    await put_bureaus(world.runtime, world.clock.now().date(), ORGS["C01"], ORGS["D01"], ORGS["D02"])
    await world.open()
    world.made |= {"Bureau": "D01", "Unit": "D01.POLICY", "Post": "D01.POLICY.chief", "Person": "D01.lin-jie"}
    await changes_by_hand(world)
    await files(world)


async def changes_by_hand(world: World) -> None:
    move = {"personId": "D01.lin-jie", "postId": "D01.LEVY.tracker", "effectiveFrom": "2026-05-01"}
    await world.everybody("changeAssignment", move, allowed=EDITORS)
    grant = {"personId": "D01.lin-jie", "role": "APPROVER", "effectiveFrom": "2026-05-01"}
    await world.everybody("grantRole", grant, allowed=EDITORS)
    duty = {"on": "2026-05-04", "personId": "D01.zhou-min"}
    roster = {"bureauId": "D01", "month": "2026-05", "duties": [duty]}
    await world.everybody("setDutyRoster", roster, allowed=EDITORS)
    authority = {
        "grantorId": "D01.chen-gang",
        "delegateId": "D01.lin-jie",
        "authority": "SECTION_CHIEF",
        "effectiveFrom": "2026-05-01",
    }
    # I-003: the own authority; nobody but an editor puts somebody else's into other hands.
    own = EDITORS | {"chen-gang"}
    await world.everybody("delegate", authority, allowed=own)
    # SoD-9: the administrator of roles changes nothing about themselves.
    self_made = {"personId": "D01.xie-tao", "role": "APPROVER", "effectiveFrom": "2026-05-01"}
    await world.everybody("grantRole", self_made, allowed=EDITORS - {"xie-tao"})


async def files(world: World) -> None:
    persons = [("id", "name"), ("D01.new-hand", "新人")]
    await world.everybody("importDirectory", {"file": workbook("persons", persons)}, allowed=EDITORS)
    notice = {
        "bureauId": "D01",
        "version": "2026-b",
        "firstDay": "2026-01-01",
        "horizon": "2026-12-31",
        "citation": "国办发明电",
        "offDays": ["2026-04-02"],
    }
    await world.everybody("importCalendar", notice, allowed=EDITORS)


def workbook(sheet: str, rows: list[tuple[str, ...]]) -> str:
    """An `.xlsx` with one sheet, in base64."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return base64.b64encode(content.getvalue()).decode()
