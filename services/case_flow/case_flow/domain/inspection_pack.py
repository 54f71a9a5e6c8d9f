"""The rules of inspections as data: who makes the seed, who inspects, the ten aspects, the kinds of findings."""

from collections.abc import Mapping

import msgspec
from plumbline_shared.deadline import DeadlineRule

from case_flow.domain.control_pack import Label


class FindingKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of finding; a special one is rectified under special supervision (S1-153)."""

    special: bool
    zh: str
    en: str


class InspectionPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the inspection rules."""

    id: str
    version: str
    citation: str
    seed_roles: tuple[str, ...]
    reveal: DeadlineRule
    inspector_role: str
    inspectors_per_file: int
    aspects: Mapping[str, Label]
    finding_kinds: Mapping[str, FindingKind]
