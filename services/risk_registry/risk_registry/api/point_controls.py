"""Controls and regulations of a point over GraphQL; controls for those who oversee, since they show weaknesses (C-10)."""

from dataclasses import dataclass
from datetime import date

import strawberry
from plumbline_shared.graphql import Context
from plumbline_shared.policy import absent

from risk_registry.api import loaders
from risk_registry.api.enums import AlertPhase
from risk_registry.api.rule_enums import ControlFamily
from risk_registry.domain.catalogue import Control, EntryKind, Regulation
from risk_registry.domain.control_tests import ControlTest
from risk_registry.domain.point_controls import (
    BoundControl,
    ControlStatus,
    controls_of,
    regulations_of,
    uncovered,
)
from risk_registry.domain.register import PointOnDay
from risk_registry.policies import POLICY, entry_resource, finding_resource
from risk_registry.storage.catalogue import bodies_on
from risk_registry.storage.control_tests import control_tests
from risk_registry.storage.points import whole_register
from risk_registry.storage.processes import versions_on

strawberry.enum(ControlStatus, description="有效 EFFECTIVE, 有缺陷 DEFICIENT, 未测试 UNTESTED")


@strawberry.type(
    description="防范措施: a control in force on a point, its design and operation judged apart."
)
class PointControl:
    code: str
    title: str
    title_en: str
    family: ControlFamily
    phase: AlertPhase
    basis: str
    design: ControlStatus | None = strawberry.field(description="Null unless you read tests of controls.")
    operating: ControlStatus | None

    @classmethod
    def of(cls, bound: BoundControl, *, tested: bool) -> "PointControl":
        control = bound.control
        return cls(
            code=bound.code,
            title=control.title_zh,
            title_en=control.title_en,
            family=control.family,
            phase=control.phase,
            basis=control.basis,
            design=bound.design if tested else None,
            operating=bound.operating if tested else None,
        )


@strawberry.type(description="制度 that a point rests on.")
class PointRegulation:
    code: str
    title: str
    title_en: str


@dataclass(frozen=True)
class Rules:
    """What the catalogue of a day says of points; `controls` is None for whoever reads none."""

    controls: dict[str, Control] | None
    tests: tuple[ControlTest, ...] | None
    steps: dict[tuple[str, str], str]
    regulations: dict[str, Regulation]


async def controls_on(context: Context, point: PointOnDay) -> list[PointControl] | None:
    """The point's controls on its day; None for whoever reads no controls."""
    rules = await context.loader(_rules).load((point.bureau_id, point.on))
    if rules.controls is None:
        return None
    bound = controls_of(point, rules.controls, rules.tests or ())
    return [PointControl.of(each, tested=rules.tests is not None) for each in bound]


async def regulations_on(context: Context, point: PointOnDay) -> list[PointRegulation]:
    """What the point's step rests on; for whoever reads controls also what these carry out."""
    rules = await context.loader(_rules).load((point.bureau_id, point.on))
    codes = regulations_of(point, rules.steps, (rules.controls or {}).values())
    known = [(code, rules.regulations[code]) for code in codes if code in rules.regulations]
    return [PointRegulation(code=code, title=body.title_zh, title_en=body.title_en) for code, body in known]


async def gaps(context: Context, bureau: str, on: date) -> tuple[str, ...]:
    """Points that no control is on. Raises NotFound for whoever reads no controls."""
    rules = await context.loader(_rules).load((bureau, on))
    if rules.controls is None:
        raise absent("control")
    who = await loaders.reader_on(context, on)
    async with context.runtime.db.read(who) as conn:
        return tuple(uncovered(await whole_register(conn, bureau, on), rules.controls.values()))


async def _rules(context: Context, keys: list[tuple[str, date]]) -> list[Rules]:
    return [await _rules_on(context, bureau, on) for bureau, on in keys]


async def _rules_on(context: Context, bureau: str, on: date) -> Rules:
    who = await loaders.reader_on(context, on)
    cleared = POLICY.allows(who, "read", entry_resource(bureau, EntryKind.CONTROL, ""))
    tested = POLICY.allows(who, "read", finding_resource("", bureau))
    async with context.runtime.db.read(who) as conn:
        flows = dict(await bodies_on(conn, bureau, on, EntryKind.PROCESS))
        flows |= {each.process: each.graph for each in await versions_on(conn, bureau, on)}
        return Rules(
            controls=dict(await bodies_on(conn, bureau, on, EntryKind.CONTROL)) if cleared else None,
            tests=tuple(await control_tests(conn, bureau)) if tested else None,
            steps={(code, step.code): step.basis for code, graph in flows.items() for step in graph.steps},
            regulations=dict(await bodies_on(conn, bureau, on, EntryKind.REGULATION)),
        )
