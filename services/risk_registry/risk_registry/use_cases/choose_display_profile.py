"""Choose how the bureau shows its grades: colours and words only, never the grade itself (C-01)."""

from datetime import date

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from risk_registry.domain.grading import EffectiveInPast
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.display import choose, profiles


class ChooseDisplayProfile(msgspec.Struct, frozen=True):
    """Show grades by `profile` from `effective_from` on."""

    profile: str
    effective_from: date


class DisplayProfileChosen(msgspec.Struct, frozen=True):
    """The profile and its first day."""

    profile: str
    effective_from: date


async def choose_display_profile(uow: Uow, command: ChooseDisplayProfile) -> DisplayProfileChosen:
    """Refuses an unknown profile, and a day that has passed: what was printed stays as it was."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "choose_display", register_resource(bureau))
    known = await profiles(uow.conn)
    if command.profile not in known:
        raise Invalid(f"one of: {', '.join(known)}", path=("profile",))
    if command.effective_from < uow.today:
        raise EffectiveInPast(f"a profile counts from {uow.today} or later", path=("effectiveFrom",))
    await choose(uow.conn, bureau, command.profile, command.effective_from, uow.now)
    await uow.audit("choose_display_profile", "Register", bureau, {"profile": command.profile})
    return DisplayProfileChosen(command.profile, command.effective_from)
