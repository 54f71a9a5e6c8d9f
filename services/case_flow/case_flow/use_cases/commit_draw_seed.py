"""A role commits to its part of the seed before anybody sees the frame, and opens it afterwards."""

import re

import msgspec
from plumbline_org.storage.load import load_org
from plumbline_shared.clock import end_of_day
from plumbline_shared.deadline import add_days
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.use_case import Uow

from case_flow.domain.draw import commitment
from case_flow.domain.inspection import InspectionRun, InspectionState, SeedRefused
from case_flow.rules import INSPECTION_RULES
from case_flow.storage import inspection as runs
from case_flow.storage.inspection import Commitment
from case_flow.use_cases.run_acts import check_state, record

_HEX = re.compile(r"[0-9a-f]{64}")


class CommitDrawSeed(msgspec.Struct, frozen=True):
    """`commitment` is sha256("v1|run|attempt|role|secret") in hex; the secret stays with the person."""

    run_id: str
    role: str
    commitment: str


class RevealDrawSeed(msgspec.Struct, frozen=True):
    """The secret behind the commitment of the current attempt."""

    run_id: str
    role: str
    secret: str


async def commit_draw_seed(uow: Uow, command: CommitDrawSeed) -> str:
    """Return the run's id. Raises NotFound, Invalid, SeedRefused, InspectionStateRefused."""
    run = await runs.lock(uow.conn, command.run_id)
    check_state(run, InspectionState.PLANNED)
    await _check_role(uow, command.role)
    if not _HEX.fullmatch(command.commitment):
        raise Invalid("a commitment is a SHA-256 in lower-case hex", path=("commitment",))
    made = await runs.commitments(uow.conn, run.id, run.attempt)
    if command.role in made or uow.principal.actor in {one.person_id for one in made.values()}:
        raise SeedRefused("each role commits once in an attempt, and each by another person")
    one = Commitment(
        run.id, run.bureau_id, run.attempt, command.role, uow.principal.actor, command.commitment, uow.now
    )
    await runs.put_commitment(uow.conn, one)
    await record(uow, run, "COMMITTED", f"attempt={run.attempt} role={command.role}")
    if run.frame_root is not None and len(made) + 1 == len((await INSPECTION_RULES.of(uow)).seed_roles):
        await await_reveals(uow, run)
    return run.id


async def reveal_draw_seed(uow: Uow, command: RevealDrawSeed) -> str:
    """Return the run's id. Raises NotFound, SeedRefused, InspectionStateRefused."""
    run = await runs.lock(uow.conn, command.run_id)
    check_state(run, InspectionState.PLANNED)
    await _check_role(uow, command.role)
    made = await runs.commitments(uow.conn, run.id, run.attempt)
    if run.frame_root is None or len(made) < len((await INSPECTION_RULES.of(uow)).seed_roles):
        raise SeedRefused("reveal after every role committed and the frame is frozen")
    own = made[command.role]
    if own.person_id != uow.principal.actor or own.secret is not None:
        raise SeedRefused("whoever committed reveals, once")
    if commitment(run.id, run.attempt, command.role, command.secret) != own.commitment:
        raise SeedRefused("this secret does not open the commitment")
    opened = msgspec.structs.replace(own, secret=command.secret, revealed_at=uow.now)
    await runs.put_commitment(uow.conn, opened)
    await record(uow, run, "REVEALED", f"attempt={run.attempt} role={command.role}")
    return run.id


async def await_reveals(uow: Uow, run: InspectionRun) -> None:
    """From now on the secrets are due; an attempt without them is void."""
    limit, org = (await INSPECTION_RULES.of(uow)).reveal, await load_org(uow.conn, run.bureau_id)
    until = add_days(org.calendar, limit.unit, uow.today, limit.length).on
    await uow.schedule("draw_unrevealed", run.id, end_of_day(until), {"attempt": run.attempt})


async def _check_role(uow: Uow, role: str) -> None:
    if role not in (await INSPECTION_RULES.of(uow)).seed_roles or role not in uow.principal.roles:
        raise NotFound("this part of the seed is not yours", path=("role",))
