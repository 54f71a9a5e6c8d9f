"""An inspection's reports as they are printed: one a file, and the run's four (S1-067, S1-068, S1-152).

Pure: what is stored of a report never changes, so the same report gives the same bytes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files as resources

import msgspec
from plumbline_org.model import Org
from plumbline_shared.clock import local_date
from plumbline_shared.printing import Sheet

from case_flow.domain.inspection import AspectResult, InspectionRun, ReportKind
from case_flow.domain.inspection_pack import InspectionPack
from case_flow.storage.inspected_file import InspectedFile, RunReport

KINDS: Mapping[ReportKind, str] = {
    ReportKind.CONCLUSION: "抽查结论报告 Conclusion",
    ReportKind.RECTIFICATION: "问题整改报告 Rectification",
    ReportKind.ADMINISTRATION_ADVICE: "征管建议报告 Advice on administration",
    ReportKind.ACCOUNTABILITY_ADVICE: "追责建议报告 Advice on accountability",
}
RESULTS: Mapping[AspectResult, str] = {
    AspectResult.IN_ORDER: "正常 In order",
    AspectResult.FINDING: "发现问题 Finding",
    AspectResult.NOT_APPLICABLE: "不适用 Not applicable",
}


class Section(msgspec.Struct, frozen=True):
    """A heading with a table, paragraphs, or both; `columns` are the widths of the table in parts."""

    title: str
    rows: Sequence[Sequence[str]] = ()
    columns: Sequence[float] = (1,)
    paragraphs: Sequence[str] = ()


class Book(msgspec.Struct, frozen=True):
    """What the template prints."""

    title: str
    bureau: str
    run: str
    what: str
    date: tuple[int, int, int]
    facts: Sequence[Sequence[str]]
    sections: Sequence[Section]
    signatures: Sequence[str]


def file_report(run: InspectionRun, one: InspectedFile, org: Org, pack: InspectionPack) -> Sheet | None:
    """The report of one file; None until both inspectors have signed it."""
    if one.signed_at is None or one.reported_at is None or one.signed_by is None or one.reported_by is None:
        return None
    aspects = [
        (_label(pack.aspects[key].zh, pack.aspects[key].en), RESULTS[result])
        for key, result in (one.results or {}).items()
    ]
    findings = [
        (
            _label(pack.finding_kinds[found.kind].zh, pack.finding_kinds[found.kind].en),
            _label(pack.aspects[found.aspect].zh, pack.aspects[found.aspect].en),
            found.text,
        )
        for found in one.findings
    ]
    book = Book(
        title="执法检查报告（一户一报告） Report of an inspected file",
        what=one.unit,
        facts=[
            *_period(run),
            ("层 Stratum", _stratum(run, one.stratum)),
            ("户 File", one.unit),
            ("主管税务所 Office", _unit(org, one.office_id)),
            ("抽签号 Ticket", one.ticket),
            ("检查人员 Inspectors", "、".join(_person(org, who) for who in one.inspectors)),
        ],
        sections=[
            Section("检查内容 Aspects", aspects, (2, 1)),
            Section("发现问题 Findings", findings, (1, 1, 2), () if findings else ("无 None",)),
        ],
        signatures=[
            _signed(org, one.reported_by, one.reported_at),
            _signed(org, one.signed_by, one.signed_at),
        ],
        bureau=org.bureau.name,
        run=run.code,
        date=_date(one.signed_at),
    )
    return _sheet(book, one.signed_at)


def run_report(
    run: InspectionRun, report: RunReport, sample: Sequence[InspectedFile], org: Org, pack: InspectionPack
) -> Sheet:
    """One of the four reports of a run, with what the draw and the files' reports add up to."""
    drawn = Counter(one.stratum for one in sample)
    short = " STRATUM_SHORT"
    strata = [
        (
            _stratum(run, one.code),
            str(one.quota),
            f"{drawn[one.code]}{short if drawn[one.code] < one.quota else ''}",
        )
        for one in run.strata
    ]
    counted = Counter(found.kind for one in sample for found in one.findings)
    kinds = [
        (_label(kind.zh, kind.en), str(counted[code]))
        for code, kind in pack.finding_kinds.items()
        if counted[code]
    ]
    book = Book(
        title=KINDS[report.kind],
        what=KINDS[report.kind],
        facts=[*_period(run), ("牵头科室 Lead unit", _unit(org, run.lead_unit_id))],
        sections=[
            Section("抽样 Sample", [("层 Stratum", "定额 Quota", "抽取 Drawn"), *strata], (2, 1, 1)),
            Section("发现问题 Findings", kinds, (3, 1), () if kinds else ("无 None",)),
            Section("报告 Report", paragraphs=[part for part in report.text.split("\n") if part.strip()]),
        ],
        signatures=[_signed(org, report.submitted_by, report.submitted_at)],
        bureau=org.bureau.name,
        run=run.code,
        date=_date(report.submitted_at),
    )
    return _sheet(book, report.submitted_at)


def _sheet(book: Book, at: datetime) -> Sheet:
    template = resources("case_flow.documents").joinpath("inspection_report.typ").read_text(encoding="utf-8")
    return Sheet(template, msgspec.json.encode(book).decode(), int(at.timestamp()))


def _date(at: datetime) -> tuple[int, int, int]:
    day = local_date(at)
    return day.year, day.month, day.day


def _period(run: InspectionRun) -> list[tuple[str, str]]:
    return [
        ("检查所属期 Subject period", f"{run.period_from} — {run.period_to}"),
        ("报告期限 Due", run.report_due_on.isoformat()),
    ]


def _stratum(run: InspectionRun, code: str) -> str:
    named = next((one.label for one in run.strata if one.code == code), "")
    return f"{code} {named}".strip()


def _signed(org: Org, person_id: str, at: datetime) -> str:
    return f"签字 Signed: {_person(org, person_id)}，{local_date(at)}"


def _person(org: Org, person_id: str) -> str:
    known = org.person(person_id)
    return known.name if known else person_id


def _unit(org: Org, unit_id: str) -> str:
    known = org.unit(unit_id)
    return known.name if known else unit_id


def _label(zh: str, en: str) -> str:
    return f"{zh} {en}"
