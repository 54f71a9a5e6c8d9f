"""Who decides an item up to which amount, where and when, and who looks at it again (S2-012, S2-027).

A rule belongs to a step of an item. Its rows share out all amounts from 0 on, without a gap and without an overlap:
every amount has exactly one row, and the row says whose decision it is and which levels look again, each after the last.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Any, cast

import msgspec
from plumbline_shared.clock import SHANGHAI
from plumbline_shared.errors import Invalid, Refused
from plumbline_shared.principal import Principal

from case_flow.domain.definition import Citation, Frozen, Step
from case_flow.domain.eligibility import may_do, unit_of
from case_flow.domain.errors import CoSignerMissing
from case_flow.domain.matter import Matter, Pending, Recheck


class Breach(StrEnum):
    """In what an act is beyond its authority: whose it is, how much, where, or when."""

    PERSON = "PERSON"
    AMOUNT = "AMOUNT"
    PLACE = "PLACE"
    TIME = "TIME"


class OnBreach(StrEnum):
    """What becomes of such an act, beside its alert: it is held and moves to whoever decides, or it is refused."""

    HOLD = "HOLD"
    REFUSE = "REFUSE"


class Level(Frozen, frozen=True):
    """Who looks again: one of these roles, of a unit of the bureau, or of the unit whose step it is."""

    roles: tuple[str, ...]
    unit: str = ""


class Row(Frozen, frozen=True):
    """Amounts in fen from `from_fen` to below `below_fen`, or all from there on."""

    roles: tuple[str, ...]
    from_fen: int = 0
    below_fen: int | None = None
    unit: str = ""
    rechecks: tuple[Level, ...] = ()

    def covers(self, amount_fen: int) -> bool:
        """Whether this row is the amount's."""
        return self.from_fen <= amount_fen and (self.below_fen is None or amount_fen < self.below_fen)


class Hours(Frozen, frozen=True):
    """Working days from `start` to before `until`, HH:MM in Asia/Shanghai."""

    start: str
    until: str


class Authority(Frozen, frozen=True):
    """The rule of one step. `amount` is where the amount stands in what the step or the application states."""

    item: str
    step: str
    rows: tuple[Row, ...]
    citation: Citation
    amount: tuple[str, ...] = ("amount_fen",)
    on_breach: OnBreach = OnBreach.HOLD
    hours: Hours | None = None

    def row(self, amount_fen: int) -> Row:
        """The one row of the amount. Raises Invalid for a negative one."""
        if amount_fen < 0:
            raise Invalid("an amount is not negative", path=("payload", *self.amount))
        return next(one for one in self.rows if one.covers(amount_fen))

    def at_once(self) -> tuple[str, ...]:
        """Every role that decides some amount."""
        return tuple(dict.fromkeys(role for row in self.rows for role in row.roles))


class RecheckOutOfOrder(Refused):
    """An earlier level has not looked yet."""

    code = "RECHECK_OUT_OF_ORDER"


def amount_in(rule: Authority, stated: Mapping[str, Any]) -> int | None:
    """The amount that is stated there, in fen; None where there is none. Raises Invalid for anything but a whole number."""
    found: object = reduce(_inside, rule.amount, stated)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool):
        raise Invalid("the amount is a whole number of fen", path=("payload", *rule.amount))
    return found


def _inside(value: object, key: str) -> object:
    return cast("Mapping[str, object]", value).get(key) if isinstance(value, Mapping) else None


def narrowed(step: Step, row: Row) -> Step:
    """The step as the row has it: for the roles and the unit of the amount."""
    return msgspec.structs.replace(step, roles=row.roles, post="", unit=row.unit or step.unit)


def widened(step: Step, rule: Authority) -> Step:
    """The step while no amount is known: for whoever decides any."""
    return msgspec.structs.replace(step, roles=tuple(dict.fromkeys((*step.roles, *rule.at_once()))))


def breach(
    rule: Authority, row: Row, step: Step, matter: Matter, who: Principal, at: datetime, *, working: bool
) -> Breach | None:
    """In what the act is beyond the caller's authority; None when it is within. `working`: today is a working day."""
    if rule.hours and not (
        working and rule.hours.start <= f"{at.astimezone(SHANGHAI):%H:%M}" < rule.hours.until
    ):
        return Breach.TIME
    if may_do(narrowed(step, row), matter.unit_id, who) and matter.unit_id == place(row, step, matter):
        return None
    if may_do(narrowed(step, row), place(row, step, matter), who):
        return Breach.PLACE
    others = (one for one in rule.rows if one is not row)
    smaller = any(may_do(narrowed(step, one), matter.unit_id, who) for one in others)
    return Breach.AMOUNT if smaller else Breach.PERSON


def place(row: Row, step: Step, matter: Matter) -> str:
    """The unit whose decision the amount is; where the row names none, the one that has the step."""
    if not row.unit:
        return matter.unit_id
    return unit_of(narrowed(step, row), matter.bureau_id, matter.office_id, matter.unit_id)


def split(row: Row, step: Step, co_signers: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who signs beside the caller, and who looks again: the last ones named, in the order of the levels.

    Raises CoSignerMissing when there are fewer than levels.
    """
    many = len(row.rechecks)
    if len(co_signers) < many:
        raise CoSignerMissing(
            f"for this amount {many} more look at step {step.code} again: name one for each level",
            step=step.code,
            levels=[list(one.roles) for one in row.rechecks],
        )
    return co_signers[: len(co_signers) - many], co_signers[len(co_signers) - many :]


def level_step(step: Step, level: Level | Recheck) -> Step:
    """The step as the level has it: for its roles."""
    return msgspec.structs.replace(step, roles=level.roles, post="")


def level_unit(level: Level, matter: Matter) -> str:
    """The unit whose people look again."""
    return f"{matter.bureau_id}.{level.unit}" if level.unit else matter.unit_id


def rechecks(row: Row, matter: Matter, people: Iterable[str]) -> tuple[Recheck, ...]:
    """Each level with who it is; what was asked for at the first signature stays until the last."""
    pairs = zip(row.rechecks, people, strict=True)
    return tuple(
        Recheck(person=person, roles=level.roles, unit_id=level_unit(level, matter))
        for level, person in pairs
    )


def require_in_turn(pending: Pending, person: str) -> Recheck | None:
    """The level that the person looks at again, None for another signer.

    Raises RecheckOutOfOrder before everybody below has signed.
    """
    again = [one.person for one in pending.rechecks]
    if person not in again:
        return None
    turn = again.index(person)
    before = [one for one in pending.signers if one not in again] + again[:turn]
    if missing := [one for one in before if one not in pending.signed]:
        raise RecheckOutOfOrder(
            f"{', '.join(missing)} signs first: each level looks at it after the one below", waits_for=missing
        )
    return pending.rechecks[turn]
