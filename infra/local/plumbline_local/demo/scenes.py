"""The programme: every scene's steps on one timeline."""

from collections.abc import Callable, Iterator

from plumbline_local.demo.opening import Opening
from plumbline_local.demo.real_cases import RealCases
from plumbline_local.demo.scenario_3 import Scenario3
from plumbline_local.demo.scenario_5 import Scenario5
from plumbline_local.demo.world import Step, World

Scene = Callable[[World], Iterator[Step]]

PROGRAMME: tuple[Scene, ...] = (
    lambda world: Opening(world).steps(),
    lambda world: RealCases(world).steps(),
    lambda world: Scenario3(world).steps(),
    lambda world: Scenario5(world).steps(),
)


def scenes(world: World) -> list[Step]:
    """All steps, in the order of the programme; the player sorts them by instant."""
    return [step for scene in PROGRAMME for step in scene(world)]
