"""The programme: every scene's steps on one timeline."""

from plumbline_local.demo.closing import Closing
from plumbline_local.demo.ledger import Ledger
from plumbline_local.demo.opening import Opening
from plumbline_local.demo.real_cases import RealCases
from plumbline_local.demo.scenario_1 import Relief
from plumbline_local.demo.scenario_1_inquiry import Inquiry
from plumbline_local.demo.scenario_2 import Scenario2
from plumbline_local.demo.scenario_3 import Scenario3
from plumbline_local.demo.scenario_5 import Scenario5
from plumbline_local.demo.scenario_5_cases import RunningMatters
from plumbline_local.demo.scenario_7 import Reform
from plumbline_local.demo.scenario_7_work import ReformedWork
from plumbline_local.demo.scenario_10 import Hall
from plumbline_local.demo.scenario_10_windows import HallWindows
from plumbline_local.demo.world import Step, World


def scenes(world: World) -> list[Step]:
    """All steps, in the order of the programme; the player sorts them by instant."""
    relief = Relief(world)
    programme = (
        Opening(world),
        RealCases(world),
        relief,
        Inquiry(world, relief),
        Ledger(world),
        Scenario2(world),
        Scenario3(world),
        Scenario5(world),
        RunningMatters(world),
        Reform(world),
        ReformedWork(world),
        HallWindows(world),
        Hall(world),
        Closing(world),
    )
    return [step for scene in programme for step in scene.steps()]
