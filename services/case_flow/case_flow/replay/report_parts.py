"""The shape of a replay's report (docs/reference/replay-report.md)."""

import msgspec


class Variant(msgspec.Struct, frozen=True):
    """A sequence of steps and how many cases follow exactly it."""

    steps: tuple[str, ...]
    cases: int


class Variants(msgspec.Struct, frozen=True):
    """How many different sequences there are, and the most frequent."""

    count: int
    most_frequent: tuple[Variant, ...]


class Throughput(msgspec.Struct, frozen=True):
    """Seconds from the first to the last event of a case."""

    median_seconds: float
    p90_seconds: float
    max_seconds: float


class CheckReport(msgspec.Struct, frozen=True):
    """One check: cases it applies to, cases with a finding (by the step it showed at), and those cases' ids."""

    check: str
    kind: str
    applicable_cases: int
    cases: int
    findings: int
    by_step: dict[str, int]
    case_ids: tuple[str, ...]


class LogReport(msgspec.Struct, frozen=True):
    """The log that was replayed."""

    name: str
    sha256: str
    cases: int
    events: int
    empty_cases: int
    duplicates: int


class DefinitionReport(msgspec.Struct, frozen=True):
    """The definition it was replayed with."""

    item: str
    version: int
    hash: str


class Report(msgspec.Struct, frozen=True):
    """What the service's tables say after a replay."""

    schema: str
    run_id: str
    mode: str
    log: LogReport
    definition: DefinitionReport
    cases: int
    events: int
    refused_events: int
    activities: int
    persons: int
    events_without_person: int
    activity_counts: dict[str, int]
    variants: Variants
    main_path: Variant | None
    throughput: Throughput
    checks: tuple[CheckReport, ...]
