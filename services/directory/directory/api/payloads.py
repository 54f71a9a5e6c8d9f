"""What mutations answer with: the object, or what the caller can put right."""

from typing import Self

import strawberry
from plumbline_shared.graphql import UserError

from directory.api.types import Bureau, Person, WorkingCalendar
from directory.domain.rows import Problem
from directory.use_cases.import_directory import Count, ImportReport


@strawberry.type(description="How many parts of one kind a file adds and changes")
class ImportCount:
    kind: str
    added: int
    changed: int

    @classmethod
    def of(cls, one: Count) -> Self:
        return cls(kind=one.kind, added=one.added, changed=one.changed)


@strawberry.type(description="One bad cell; `row` is the spreadsheet's own number, 0 the whole sheet")
class ImportProblem:
    sheet: str
    row: int
    column: str
    message: str

    @classmethod
    def of(cls, one: Problem) -> Self:
        return cls(sheet=one.sheet, row=one.row, column=one.column, message=one.message)


@strawberry.type(description="What a file changes, or every problem it has")
class DirectoryImportReport:
    applied: bool
    changes: list[ImportCount]
    problems: list[ImportProblem]

    @classmethod
    def of(cls, report: ImportReport) -> Self:
        return cls(
            applied=report.applied,
            changes=[ImportCount.of(one) for one in report.changes],
            problems=[ImportProblem.of(one) for one in report.problems],
        )


@strawberry.type
class ImportDirectoryPayload:
    report: DirectoryImportReport | None
    user_errors: list[UserError]


@strawberry.type
class PersonPayload:
    person: Person | None
    user_errors: list[UserError]


@strawberry.type
class BureauPayload:
    bureau: Bureau | None
    user_errors: list[UserError]


@strawberry.type
class CalendarPayload:
    calendar: WorkingCalendar | None
    user_errors: list[UserError]
