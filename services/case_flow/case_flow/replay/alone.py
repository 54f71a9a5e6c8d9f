"""Replay without a database: the same rules over the log as it is read, and the same report."""

from case_flow.domain.bpmn_in import parse_either
from case_flow.domain.definition import ItemDefinition
from case_flow.domain.recorded_case import Judged, RecordedCase
from case_flow.replay.report import report_of
from case_flow.replay.report_parts import LogReport, Report
from case_flow.replay.run import Progress, Replay, run_id, silent
from case_flow.replay.survey import Surveyor
from case_flow.replay.tally import CaseTally, Tally
from case_flow.replay.xes import LogPart, read_parts
from case_flow.use_cases.publish_item import content_hash


def replay_alone(wanted: Replay, progress: Progress = silent) -> Report:
    """Judge every case of the log in one pass. The report equals that of a replay into a database.

    Raises LogRefused for a broken log, InvalidDefinition.
    """
    definition = parse_either(wanted.definition)
    surveyor, tally = Surveyor(wanted.log, definition), Tally(definition)
    cases = _Cases(wanted, definition, tally)
    size = wanted.log.stat().st_size
    for part in read_parts(wanted.log, read=lambda done: progress("replay", done, size, tally.seen)):
        surveyor.see(part)
        if surveyor.sound:
            cases.take(part)
    looked, digest = surveyor.survey(), content_hash(definition)
    log = LogReport(
        wanted.log.name, looked.sha256, looked.cases, looked.events, looked.empty_cases, looked.duplicates
    )
    return report_of(run_id(wanted, looked, digest), log, wanted.regime, definition, digest, tally)


class _Cases:
    """The case at hand, from its first part to its last."""

    def __init__(self, wanted: Replay, definition: ItemDefinition, tally: Tally) -> None:
        self._regime = wanted.regime
        self._definition = definition
        self._tally = tally
        self._open: tuple[RecordedCase, CaseTally] | None = None

    def take(self, part: LogPart) -> None:
        """The next part of the log."""
        if not part.events:
            return
        case, notes = self._open or self._begin(part)
        for event in part.events:
            step = self._definition.by_activity[event.activity].code
            judged = case.step(step, event.at, event.official)
            notes.add(judged.findings)
            if judged.refused:
                self._tally.refused(notes, step)
            else:
                self._tally.done(notes, step, event.at, event.official)
        self._open = (case, notes)
        if part.ends:
            self._end(case, notes)

    def _begin(self, part: LogPart) -> tuple[RecordedCase, CaseTally]:
        at = part.events[0].at
        case = RecordedCase(self._definition, self._regime, part.ref, part.attributes, at)
        return case, CaseTally(part.ref, part.attributes)

    def _end(self, case: RecordedCase, notes: CaseTally) -> None:
        last: Judged | None = case.end() if case.began else None
        notes.add(last.findings if last else ())
        self._tally.close(notes)
        self._open = None
