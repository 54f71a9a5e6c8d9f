"""An inspection run (执法检查): planned, drawn, in the field, reported, adjudicated, rectified, closed (requirements §3.2)."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec
from plumbline_shared.errors import Invalid, Refused

from case_flow.domain.draw import FrameUnit, Stratum

_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNIT = re.compile(r"[A-Za-z0-9._:-]{1,128}")


class InspectionState(StrEnum):
    """Requirements §3.2."""

    PLANNED = "PLANNED"
    DRAWN = "DRAWN"
    FIELDWORK = "FIELDWORK"
    REPORTED = "REPORTED"
    ADJUDICATED = "ADJUDICATED"
    RECTIFYING = "RECTIFYING"
    CLOSED = "CLOSED"


class RunKind(StrEnum):
    """Of the routine cycle (日常循环), told beforehand; or unannounced (突击抽查), told when it starts (S1-066)."""

    ROUTINE = "ROUTINE"
    UNANNOUNCED = "UNANNOUNCED"


class ReportKind(StrEnum):
    """The four reports of a run (S1-068)."""

    CONCLUSION = "CONCLUSION"
    RECTIFICATION = "RECTIFICATION"
    ADMINISTRATION_ADVICE = "ADMINISTRATION_ADVICE"
    ACCOUNTABILITY_ADVICE = "ACCOUNTABILITY_ADVICE"


class AspectResult(StrEnum):
    """What the inspectors found of one aspect of one file."""

    IN_ORDER = "IN_ORDER"
    FINDING = "FINDING"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class InspectionRun(msgspec.Struct, frozen=True):
    """One run. The frame is frozen once; `attempt` numbers the draws, of which void ones stay on record."""

    id: str
    bureau_id: str
    code: str
    lead_unit_id: str
    period_from: date
    period_to: date
    report_due_on: date
    strata: tuple[Stratum, ...]
    aspects: tuple[str, ...]
    plan_hash: str
    pack: str
    state: InspectionState
    planned_by: str
    planned_at: datetime
    attempt: int = 1
    frame_root: str | None = None
    frozen_by: str | None = None
    frozen_at: datetime | None = None
    seed: str | None = None
    drawn_by: str | None = None
    drawn_at: datetime | None = None
    kind: RunKind = RunKind.ROUTINE


class Notice(msgspec.Struct, frozen=True):
    """What an inspected office is told of a run: neither strata nor quotas, population or files."""

    code: str
    kind: RunKind
    lead_unit_id: str
    period_from: date
    period_to: date
    report_due_on: date
    aspects: tuple[str, ...]

    @classmethod
    def of(cls, run: InspectionRun) -> "Notice":
        """The notice of a run."""
        return cls(
            run.code,
            run.kind,
            run.lead_unit_id,
            run.period_from,
            run.period_to,
            run.report_due_on,
            run.aspects,
        )


class Finding(msgspec.Struct, frozen=True):
    """Something wrong in a file: its kind, its aspect, what was seen, and the risk point it hit, if one is named."""

    kind: str
    aspect: str
    text: str
    point_id: str | None = None


class InspectionStateRefused(Refused):
    """The run is not at the stage where this act belongs."""

    code = "INSPECTION_STATE"


class SnapshotFrozen(Refused):
    """The population is frozen and cannot be edited any more (SoD-11)."""

    code = "SNAPSHOT_FROZEN"


class SeedRefused(Refused):
    """A commitment or a reveal is missing, repeated, or does not fit."""

    code = "DRAW_SEED"


class InspectorsShort(Refused):
    """A file finds fewer free inspectors than it needs (SoD-3)."""

    code = "INSPECTORS_SHORT"


class ReportIncomplete(Refused):
    """A report leaves something out, or is not signed by both inspectors."""

    code = "REPORT_INCOMPLETE"


_ORDER = tuple(InspectionState)


def move(state: InspectionState, to: InspectionState) -> InspectionState:
    """The next state; a run without orders closes from ADJUDICATED. InspectionStateRefused otherwise."""
    unrectified = (state, to) == (InspectionState.ADJUDICATED, InspectionState.CLOSED)
    if not unrectified and _ORDER.index(to) != _ORDER.index(state) + 1:
        raise InspectionStateRefused(f"a run that is {state} cannot become {to}", state=state, wanted=to)
    return to


def check_plan(code: str, strata: Sequence[Stratum]) -> None:
    """Raise Invalid for names that a line of the frame cannot hold, repeated strata and quotas under 1."""
    if not _CODE.fullmatch(code):
        raise Invalid("a run's code is made of letters, digits, - and _", path=("code",))
    codes = [one.code for one in strata]
    if not codes or len(set(codes)) != len(codes) or not all(_CODE.fullmatch(one) for one in codes):
        raise Invalid("name each stratum once, with letters, digits, - and _", path=("strata",))
    if any(one.quota < 1 for one in strata):
        raise Invalid("a quota is at least 1", path=("strata",))


def check_frame(strata: Sequence[Stratum], frame: Sequence[FrameUnit]) -> None:
    """Raise Invalid for an unknown stratum, a repeated unit, an unusable name, or a unit told in two ways."""
    codes, seen = {one.code for one in strata}, set[tuple[str, str]]()
    told: dict[str, tuple[str, tuple[str, ...]]] = {}
    for number, one in enumerate(frame):
        if one.stratum not in codes or not _UNIT.fullmatch(one.unit) or (one.stratum, one.unit) in seen:
            raise Invalid(
                "each unit is once in a planned stratum, named with letters, digits and . _ : -",
                path=("units", number),
            )
        if told.setdefault(one.unit, (one.office_id, one.touched)) != (one.office_id, one.touched):
            raise Invalid("a unit of two strata has one office and the same persons", path=("units", number))
        seen.add((one.stratum, one.unit))


def check_checklist(
    aspects: Sequence[str],
    results: Mapping[str, AspectResult],
    findings: Sequence[Finding],
    kinds: Collection[str],
) -> None:
    """Raise ReportIncomplete unless every aspect is answered and every finding belongs to one found wanting."""
    if set(results) != set(aspects):
        missing = sorted(set(aspects).symmetric_difference(results))
        raise ReportIncomplete("answer every aspect of the checklist and no other", aspects=missing)
    wanting = {aspect for aspect, result in results.items() if result is AspectResult.FINDING}
    if wanting != {one.aspect for one in findings}:
        raise ReportIncomplete("describe a finding for each aspect that has one, and for no other")
    if any(one.kind not in kinds or not one.text.strip() for one in findings):
        raise ReportIncomplete("a finding has a kind of the rule pack and says what was seen")
