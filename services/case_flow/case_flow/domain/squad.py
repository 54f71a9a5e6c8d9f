"""The squad of an inspection: somebody of every kind of unit that the rules name (S1-064)."""

from collections.abc import Collection, Mapping

from plumbline_shared.errors import Refused


class SquadComposition(Refused):
    """The squad lacks somebody of a kind of unit, or names somebody who does not inspect."""

    code = "SQUAD_COMPOSITION"


def check_squad(
    members: Mapping[str, Collection[str]], kinds: Mapping[str, Collection[str]], inspectors: Collection[str]
) -> None:
    """Raise SquadComposition unless every kind (→ its units) has a member (→ the person's units), all inspectors.

    A kind of which the bureau has no unit asks for nobody.
    """
    strangers = sorted(set(members).difference(inspectors))
    if strangers:
        raise SquadComposition("every member is appointed to inspect", persons=strangers)
    missing = [
        kind
        for kind, units in kinds.items()
        if units and not any(set(own) & set(units) for own in members.values())
    ]
    if missing:
        raise SquadComposition(f"somebody of each of {', '.join(missing)} is missing", kinds=missing)
