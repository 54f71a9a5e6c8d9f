"""One scheme that ties appraisal, inquiry, liability and warning (工作考核、问责、追责、预警实施方案, S1-143), as data."""

from collections.abc import Iterator, Mapping

import msgspec
from plumbline_shared.errors import Invalid

from case_flow.domain.control_pack import ControlPack, Label
from case_flow.domain.incident import RootCause
from case_flow.domain.liability import Apportionment


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What calls for an inquiry (有错无为问责, S1-082), and into which kinds of incidents."""

    kinds: tuple[str, ...]
    label: Label
    citation: str


class Root(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fundamental problem (S1-163) and the causes that go back to it."""

    causes: tuple[RootCause, ...]
    label: Label
    citation: str


class Tied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of incident: alerts that warn of it, rules of the score that appraise it."""

    warned_by: tuple[str, ...]
    appraised_by: tuple[str, ...]
    citation: str


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One published version of the scheme."""

    id: str
    version: str
    citation: str
    triggers: Mapping[str, Trigger]
    liability: Apportionment
    kinds: Mapping[str, Tied]
    roots: Mapping[str, Root]

    @property
    def named(self) -> str:
        return f"{self.id}/{self.version}"

    def triggers_of(self, incident_kind: str) -> tuple[str, ...]:
        """The triggers that fit a kind of incident, in the scheme's order."""
        return tuple(code for code, one in self.triggers.items() if incident_kind in one.kinds)

    def trigger_for(self, incident_kind: str, chosen: str | None) -> str:
        """The chosen trigger, or the first that fits. Raises Invalid for one that does not fit the incident."""
        fitting = self.triggers_of(incident_kind)
        if not fitting or chosen not in (None, *fitting):
            raise Invalid(f"this incident calls for one of {', '.join(fitting)}", path=("trigger",))
        return chosen or fitting[0]

    def root_of(self, cause: RootCause) -> str | None:
        """The root that a cause goes back to; None for a cause that lies in no person."""
        return next((code for code, root in self.roots.items() if cause in root.causes), None)


def untied(scheme: Scheme, control: ControlPack) -> Iterator[str]:
    """What the scheme leaves loose: each kind of incident has all four parts, and names nothing unknown."""
    for kind in control.incident_kinds:
        tied = scheme.kinds.get(kind)
        if tied is None:
            yield f"{kind}: in no part of the scheme"
            continue
        if not scheme.triggers_of(kind):
            yield f"{kind}: no trigger of an inquiry"
        if not control.forms.get(kind):
            yield f"{kind}: no form of liability"
        if not tied.appraised_by:
            yield f"{kind}: no rule of the score"
        if not tied.warned_by:
            yield f"{kind}: no warning"
        if kind not in {rule.incident_kind for rule in control.alerts.values()}:
            yield f"{kind}: no alert finds it"
        yield from (f"{kind}: no alert {one}" for one in tied.warned_by if one not in control.alerts)
    named = [*scheme.kinds, *(kind for one in scheme.triggers.values() for kind in one.kinds)]
    yield from (f"{kind}: unknown kind of incident" for kind in named if kind not in control.incident_kinds)
    causes = [cause for root in scheme.roots.values() for cause in root.causes]
    yield from (f"{cause}: under two roots" for cause in set(causes) if causes.count(cause) > 1)
