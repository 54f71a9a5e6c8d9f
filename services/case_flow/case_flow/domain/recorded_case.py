"""One case of a record, judged event by event by the rules that a replay into the tables asks too."""

from datetime import datetime

from case_flow.domain import checks, clock, transitions
from case_flow.domain.checks import Finding
from case_flow.domain.definition import Frozen, ItemDefinition
from case_flow.domain.matter import Completion, Matter, Regime
from case_flow.domain.record_calendar import record_calendar


class Judged(Frozen, frozen=True):
    """What the checks found at one event; a refused step is not done, and only its first finding counts."""

    findings: tuple[Finding, ...]
    refused: bool


class RecordedCase:
    """A case from its first event to its end, by time; it keeps the trail, not the events."""

    def __init__(
        self, definition: ItemDefinition, regime: Regime, ref: str, facts: dict[str, str], at: datetime
    ) -> None:
        self.began = False
        self._definition = definition
        self._calendar = record_calendar(definition.calendar)
        self._matter = Matter(
            id=ref, bureau_id="", case_ref=ref, item_code=definition.item, item_version=definition.version,
            item_hash="", title=ref, unit_id="", people=(), units=(), accepted_at=at, accepted_on=at.date(),
            regime=regime, facts=dict(facts), step=definition.start,
        )  # fmt: skip

    def step(self, code: str, at: datetime, official: str | None) -> Judged:
        """The next event: `official` completes the step `code`."""
        local_on = clock.local_day(self._definition, at, live=False)
        done = Completion(step=code, signers=(official,) if official else (), at=at, local_on=local_on)
        findings = tuple(checks.at_step(self._definition, self._matter, done, self._calendar))
        if findings and self._enforced:
            return Judged(findings=findings[:1], refused=True)
        self._matter = transitions.record(self._definition, self._matter, done)
        self.began = True
        return Judged(findings=findings, refused=False)

    def end(self) -> Judged:
        """No more events. Where checks are enforced, a finding keeps the case open."""
        findings = tuple(checks.at_end(self._definition, self._matter, self._calendar))
        return Judged(findings=findings, refused=bool(findings) and self._enforced)

    @property
    def _enforced(self) -> bool:
        return self._matter.regime is Regime.ENFORCE
