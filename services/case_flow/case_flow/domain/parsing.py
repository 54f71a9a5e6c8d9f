"""A definition file (YAML, schema in docs/how-to/define-an-item.md) to an `ItemDefinition`, with every fault."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from plumbline_shared.deadline import DayUnit

from case_flow.domain import parsing_checks, parsing_controls, parsing_hall, parsing_running
from case_flow.domain.definition import (
    Extension,
    ItemDefinition,
    Limit,
    Mode,
    Order,
    Origin,
    PauseReason,
    Sign,
    State,
    Step,
    Text,
    Transfer,
)
from case_flow.domain.record_calendar import RecordCalendar
from case_flow.domain.soundness import check_flow
from case_flow.domain.yaml_nodes import Node, read

E = TypeVar("E", bound=StrEnum)
_role = parsing_controls.known_role
_TOP = (
    "item", "version", "name", "start", "steps", "citation", "domain", "process", "mode", "order", "time_zone", "calendar",
    "limit", "extension", "pauses", "main_path", "effective_from", "migrates", "checks",
    "origin", "former_owner", "post_review", "withdrawable", "direct_intake",
)  # fmt: skip
_STEP = (
    "code", "name", "role", "unit", "post", "state", "min_actors", "budget", "point", "activity",
    "incompatible_with", "requires", "facts", "controls", "transfer", "decides", "end", "visit", "next",
    "form", "declaration", "pre_review", "sign", "assign", "split", "join",
)  # fmt: skip


@dataclass(frozen=True)
class Places:
    """What a bureau has: unit codes (`POLICY`) and post codes (`POLICY.chief`), to check the names used."""

    units: frozenset[str]
    posts: frozenset[str]


def parse(text: str, places: Places | None = None) -> ItemDefinition:
    """Read one definition; with `places`, units and posts must exist there.

    Raises InvalidDefinition with every fault found, each with its line.
    """
    root = read(text)
    root.only(*_TOP)
    nodes = root.get("steps").items()
    if not nodes:
        root.get("steps").fault("MISSING", "'steps' is needed: at least one step")
    order = _choice(root.get("order"), Order, Order.STRICT)
    steps = tuple(_step(node, order, places) for node in nodes)
    definition = ItemDefinition(
        item=root.get("item").text(),
        version=root.get("version").integer(least=1),
        name=_name(root.get("name")),
        start=root.get("start").text(steps[0].code if steps else "-"),
        steps=steps,
        citation=parsing_controls.citation(root.get("citation")),
        domain=root.get("domain").text(""),
        process=root.get("process").text(""),
        mode=_choice(root.get("mode"), Mode, Mode.REVIEW_FIRST),
        origin=_choice(root.get("origin"), Origin, Origin.RETAINED),
        former_owner=root.get("former_owner").text(""),
        withdrawable=root.get("withdrawable").flag(),
        direct_intake=parsing_hall.direct_intake(
            root.get("direct_intake"), _role, lambda node: _unit(node, places)
        ),
        post_review=parsing_hall.post_review(
            root.get("post_review"), _role, lambda node: _unit(node, places)
        ),
        order=order,
        calendar=_choice(root.get("calendar"), RecordCalendar, RecordCalendar.STATE_COUNCIL),
        time_zone=parsing_checks.time_zone(root.get("time_zone")),
        limit=_limit(root.get("limit")),
        extension=_extension(root.get("extension")),
        pauses=tuple(_pause(one) for one in root.get("pauses").items()),
        main_path=tuple(parsing_checks.step_code(one, steps) for one in root.get("main_path").items()),
        effective_from=parsing_checks.day(root.get("effective_from")),
        migrates=tuple(parsing_checks.migrates(one, steps) for one in root.get("migrates").items()),
        checks=parsing_checks.checks(root.get("checks"), steps),
    )
    check_flow(definition, root)
    parsing_hall.check_hall(definition, root)
    parsing_running.check_running(definition, root)
    root.faults.raise_if_any()
    return definition


def _step(node: Node, order: Order, places: Places | None) -> Step:
    node.only(*_STEP)
    code = node.get("code").text()
    activities = node.get("activity").texts() or (code,)
    step = Step(
        code=code,
        name=_name(node.get("name"), activities[0] if order is Order.FREE else None),
        roles=tuple(_role(one) for one in node.get("role").items()),
        unit=_unit(node.get("unit"), places),
        post=_post(node.get("post"), places),
        state=_choice(node.get("state"), State, State.IN_HAND),
        min_actors=node.get("min_actors").integer(1, least=1),
        sign=_choice(node.get("sign"), Sign, Sign.ALL),
        assign=parsing_running.assign(node.get("assign"), lambda one: _post(one, places)),
        budget=_budget(node.get("budget")),
        budget_alert=node.get("budget").get("alert").flag(),
        point=node.get("point").text(""),
        activities=activities,
        incompatible_with=node.get("incompatible_with").texts(),
        requires=node.get("requires").texts(),
        facts=parsing_hall.gates(node),
        form=node.get("form").text(""),
        declaration=parsing_hall.declaration(node.get("declaration"), _name),
        pre_review=node.get("pre_review").flag(),
        controls=tuple(parsing_controls.control(one) for one in node.get("controls").items()),
        transfer=_transfer(node.get("transfer"), places),
        decides=node.get("decides").flag(),
        end=node.get("end").flag(),
        visit=node.get("visit").flag(),
        next=node.get("next").texts(),
        split=node.get("split").texts(),
        join=node.get("join").text(""),
    )
    if order is Order.STRICT and not (step.roles or step.post):
        node.fault("MISSING", f"step {code!r} needs a 'role' or a 'post': somebody must be answerable for it")
    return step


def _budget(node: Node) -> int | None:
    if not any(node.pairs()):
        return node.integer() if node.raw else None
    node.only("days", "alert")
    return node.get("days").integer()


def _name(node: Node, default: str | None = None) -> Text:
    if node.raw is None and default is not None:
        return Text(zh=default, en=default)
    node.only("zh", "en")
    return Text(zh=node.get("zh").text(), en=node.get("en").text())


def _unit(node: Node, places: Places | None) -> str:
    unit = node.text("")
    if places and unit and unit != "@office" and unit not in places.units:
        node.fault("UNKNOWN_UNIT", f"the bureau has no unit {unit!r}")
    return unit


def _post(node: Node, places: Places | None) -> str:
    post = node.text("")
    if places and post and post not in places.posts:
        node.fault("UNKNOWN_POST", f"the bureau has no post {post!r}")
    return post


def _limit(node: Node) -> Limit | None:
    if node.raw is None:
        return None
    node.only("length", "unit", "citation", "point", "approaching")
    return Limit(
        length=node.get("length").integer(least=1),
        unit=_choice(node.get("unit"), DayUnit, DayUnit.WORKING_DAY),
        citation=parsing_controls.citation(node.get("citation")),
        point=node.get("point").text(""),
        approaching=tuple(one.integer(least=1) for one in node.get("approaching").items()),
    )


def _extension(node: Node) -> Extension | None:
    if node.raw is None:
        return None
    node.only("cap", "approver", "citation")
    return Extension(
        cap=node.get("cap").integer(least=1),
        approver=_role(node.get("approver")),
        citation=parsing_controls.citation(node.get("citation")),
    )


def _pause(node: Node) -> PauseReason:
    node.only("code", "name", "citation")
    return PauseReason(
        code=node.get("code").text(),
        name=_name(node.get("name")),
        citation=parsing_controls.citation(node.get("citation")),
    )


def _transfer(node: Node, places: Places | None) -> Transfer | None:
    if node.raw is None:
        return None
    node.only("to", "acknowledge", "point")
    return Transfer(
        to=_unit(node.get("to"), places),
        acknowledge=node.get("acknowledge").integer(1, least=1),
        point=node.get("point").text(""),
    )


def _choice(node: Node, kind: type[E], default: E) -> E:
    text = node.text(str(default))
    if text in {str(one) for one in kind}:
        return kind(text)
    node.fault(
        "UNKNOWN_VALUE", f"{node.name!r} is one of {', '.join(str(one) for one in kind)}, not {text!r}"
    )
    return default
