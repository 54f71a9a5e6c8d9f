"""Set up the windows of a hall by the published rules (S1-092)."""

import msgspec
from plumbline_org.parts import UnitKind
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import NotFound
from plumbline_shared.use_case import Uow

from case_flow.domain.hall_pack import windows_of
from case_flow.hall_access import POLICY, form_resource
from case_flow.rules import HALL_RULES
from case_flow.storage import window as windows


class SetUpWindows(msgspec.Struct, frozen=True):
    """The unit whose hall it is."""

    unit_id: str


class WindowsSetUp(msgspec.Struct, frozen=True):
    """How many windows the hall has."""

    unit_id: str
    windows: int


async def set_up_windows(uow: Uow, command: SetUpWindows) -> WindowsSetUp:
    """Once for a hall; again changes nothing. Raises NotFound for a unit that is no hall, or who approves no rules."""
    bureau, pack = uow.principal.bureau_id or "", (await HALL_RULES.of(uow))
    POLICY.require(uow.principal, "publish", form_resource(bureau, pack.ref))
    unit = (await load_org(uow.conn, bureau)).unit(command.unit_id)
    if unit is None or unit.kind is not UnitKind.HALL:
        raise NotFound("the bureau has no such service hall", path=("input", "unitId"))
    made = windows_of(pack)
    await windows.set_up(uow.conn, bureau, command.unit_id, uow.now, made)
    await uow.audit("setUpWindows", "Hall", command.unit_id, {"pack": pack.ref, "windows": len(made)})
    return WindowsSetUp(command.unit_id, len(made))
