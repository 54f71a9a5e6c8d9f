"""Joint signing: who is asked, when it is enough, and how somebody is added or taken off before they signed."""

import msgspec
from plumbline_shared.errors import Refused

from case_flow.domain.definition import Sign, Step
from case_flow.domain.errors import NothingToSign
from case_flow.domain.matter import Matter, Pending, Recheck, joined
from case_flow.domain.separation import require_signers, signers_needed


class SignerRefused(Refused):
    """That person cannot be added to or taken off the signatures that are being collected."""

    code = "SIGNER_REFUSED"


def asked(matter: Matter, step: Step, signer: str, co_signers: tuple[str, ...]) -> tuple[str, ...]:
    """All who are asked to sign, the signer first; alone where any one of them is enough (或签).

    Raises CoSignerIsSigner, CoSignerMissing.
    """
    everybody = require_signers(matter, step, signer, co_signers)
    return everybody[:1] if step.sign is Sign.ANY and signers_needed(matter, step) == 1 else everybody


def needed(matter: Matter, step: Step, everybody: tuple[str, ...]) -> int:
    """How many signatures complete the step."""
    return signers_needed(matter, step) if step.sign is Sign.ANY else len(everybody)


def waiting(pending: Pending) -> tuple[str, ...]:
    """Who has not signed; nobody once there are enough signatures."""
    if len(pending.signed) >= (pending.needed or len(pending.signers)):
        return ()
    return tuple(one for one in pending.signers if one not in pending.signed)


def add(matter: Matter, step: Step, person: str) -> Matter:
    """`person` is asked to sign too (加签). Raises NothingToSign, SignerRefused."""
    pending = _collected(matter, step)
    if person in pending.signers:
        raise SignerRefused(f"{person} is asked to sign already", person=person)
    more = (*pending.signers, person)
    return _changed(matter, step, pending, more).change(people=joined(matter.people, person))


def remove(matter: Matter, step: Step, person: str, in_place: str | None = None) -> Matter:
    """`person` is asked no longer (减签); what was signed stands, and nobody is taken off whom the step needs.

    Somebody who looks again is taken off only for `in_place`, asked already, who takes over the level.

    Raises NothingToSign, SignerRefused for a signature given, below the number that the step needs by its
    definition or a second review, or for the last one whose signature is still to come.
    """
    pending = _collected(matter, step)
    if person not in pending.signers:
        raise SignerRefused(f"{person} is not asked to sign", person=person)
    if person in pending.signed:
        raise SignerRefused(f"{person} has signed: a signature is not taken back", person=person)
    left = tuple(one for one in pending.signers if one != person)
    again = _taken_over(pending, person, in_place)
    least = signers_needed(matter, step) + len(again)
    if len(left) < least:
        raise SignerRefused(
            f"step {step.code} needs {least} different people: add another signer first",
            person=person,
            needed=least,
        )
    if set(left) == set(pending.signed):
        raise SignerRefused(
            f"{person} is the last one asked: add another signer first, or return the matter", person=person
        )
    return _changed(matter, step, msgspec.structs.replace(pending, rechecks=again), left)


def _taken_over(pending: Pending, person: str, in_place: str | None) -> tuple[Recheck, ...]:
    if all(one.person != person for one in pending.rechecks):
        return pending.rechecks
    if in_place is None:
        raise SignerRefused(
            f"{person} looks at it again for its amount: add another signer of that level first",
            person=person,
        )
    return tuple(
        msgspec.structs.replace(one, person=in_place) if one.person == person else one
        for one in pending.rechecks
    )


def _collected(matter: Matter, step: Step) -> Pending:
    if matter.pending is None or matter.pending.step != step.code:
        raise NothingToSign(
            f"no signatures are being collected on {step.code}: name the co-signers when you sign",
            step=step.code,
        )
    return matter.pending


def _changed(matter: Matter, step: Step, pending: Pending, signers: tuple[str, ...]) -> Matter:
    enough = needed(matter, step, signers)
    changed = msgspec.structs.replace(pending, signers=signers, needed=enough)
    return matter.change(pending=changed, row_version=matter.row_version + 1)
