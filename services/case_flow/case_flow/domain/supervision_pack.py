"""The rules of supervised events as data: the five domains, the notice, the record, the report."""

from collections.abc import Mapping

import msgspec
from plumbline_shared.deadline import DeadlineRule

from case_flow.domain.control_pack import HoldRule, Label


class SupervisionPack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the rules of supervised events (S1-061 to S1-063)."""

    id: str
    version: str
    citation: str
    domains: Mapping[str, Label]
    members_at_least: int
    notice: DeadlineRule
    """How long before its day an event is announced."""
    recorders: int
    """How many members of the group record what they saw on the spot."""
    record: DeadlineRule
    report: DeadlineRule
    notice_missing: HoldRule
