"""Who may do what: the Cedar policies, and the parts as they see them."""

from collections.abc import Mapping
from pathlib import Path

from plumbline_org.parts import Bureau, Delegation
from plumbline_shared.policy import Policy, Resource

from directory.domain.parts import Part, bureau_of
from directory.storage.lines import BureauLine

POLICY = Policy.load(Path(__file__).parent / "policies")

RESOURCE = "Part"
"""One name for every kind: a person as an object must not be the person who asks."""

_ALONE = BureauLine(frozenset(), frozenset())


def part_resource(
    part: Part, lines: Mapping[str, BureauLine], bureaus: Mapping[str, Bureau] | None = None
) -> Resource:
    """A part as policies see it. `bureaus` gives the line of a bureau that is not recorded yet."""
    bureau = bureau_of(part)
    above = lines.get(bureau, _ALONE).above | _above(bureau, bureaus or {})
    return Resource(
        type=RESOURCE,
        id=part.id,
        attrs={
            "bureau": bureau,
            "above": above,
            "line": lines.get(bureau, _ALONE).line | above | {bureau},
            "owner": part.grantor_id if isinstance(part, Delegation) else None,
        },
    )


def bureau_resource(bureau_id: str, line: BureauLine) -> Resource:
    """A bureau by its id, as policies see it."""
    return Resource(RESOURCE, bureau_id, {"bureau": bureau_id, "above": line.above, "line": line.line})


def _above(bureau: str, bureaus: Mapping[str, Bureau]) -> frozenset[str]:
    chain: set[str] = set()
    step = bureaus.get(bureau)
    while step and step.parent_id and step.parent_id not in chain:
        chain.add(step.parent_id)
        step = bureaus.get(step.parent_id)
    return frozenset(chain)
