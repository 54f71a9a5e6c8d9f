"""A register file over GraphQL: what it would do, and what it did."""

import base64
import binascii
from datetime import date

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import Info, UserError, run

from risk_registry.api.enums import PointOrigin, RiskCategory, RiskGrade
from risk_registry.api.loaders import bureau_of
from risk_registry.api.totals import RiskFacets
from risk_registry.domain.entries import CellError
from risk_registry.domain.suppression import shown
from risk_registry.domain.totals import Declared
from risk_registry.policies import POLICY, register_resource
from risk_registry.use_cases.examine_register import Examination, examine
from risk_registry.use_cases.import_register import (
    DeclaredTotals,
    ImportRegister,
    RegisterImported,
    import_register,
)


@strawberry.input(description="A `.csv` or `.xlsx`, at most 4 MB.")
class RegisterFileInput:
    name: str
    content_base64: str

    def content(self) -> bytes:
        try:
            return base64.b64decode(self.content_base64, validate=True)
        except (binascii.Error, ValueError):
            raise Invalid("contentBase64 is not base64", path=("file", "contentBase64")) from None


@strawberry.input
class CategoryTotalInput:
    category: RiskCategory
    count: int


@strawberry.input
class GradeTotalInput:
    grade: RiskGrade
    count: int


@strawberry.input(
    description="The totals that you vouch for; all must agree with the rows and with each other."
)
class RegisterTotalsInput:
    size: int
    categories: list[CategoryTotalInput]
    grades: list[GradeTotalInput]

    def totals(self) -> DeclaredTotals:
        return DeclaredTotals(
            self.size,
            {each.category: each.count for each in self.categories},
            {each.grade: each.count for each in self.grades},
        )


@strawberry.input
class ImportRegisterInput:
    client_mutation_id: str
    file: RegisterFileInput
    effective_from: date
    declared: RegisterTotalsInput | None = None
    dissolve_missing: bool = False


@strawberry.type(description="Rows of one kind that are left out, and how many.")
class RegisterSkippedRows:
    kind: str
    rows: int


@strawberry.type(description="A cell that cannot be taken, and what to do about it.")
class RegisterBadCell:
    row: int
    column: str
    value: str
    code: str
    message: str

    @classmethod
    def of(cls, error: CellError) -> "RegisterBadCell":
        return cls(
            row=error.row, column=error.column, value=error.value, code=error.code, message=error.message
        )


@strawberry.type(description="A declared total that does not agree.")
class RegisterBadTotal:
    what: str
    expected: int
    actual: int


@strawberry.type(description="What an import would do. Any bad cell or total forbids all of it.")
class RegisterPreview:
    origin: PointOrigin
    points: int
    created: int
    changed: int
    unchanged: int
    missing: list[str] = strawberry.field(description="Codes of points in force that the file does not have.")
    skipped: list[RegisterSkippedRows]
    totals: RiskFacets
    totals_declared: bool
    bad_cells: list[RegisterBadCell]
    bad_totals: list[RegisterBadTotal]

    @classmethod
    def of(cls, seen: Examination) -> "RegisterPreview":
        return cls(
            origin=seen.file.origin,
            points=len(seen.file.entries),
            created=len(seen.changes.created),
            changed=len(seen.changes.changed),
            unchanged=seen.changes.unchanged,
            missing=list(seen.changes.missing),
            skipped=[RegisterSkippedRows(kind=kind, rows=rows) for kind, rows in seen.file.skipped.items()],
            totals=RiskFacets.of(shown(seen.found), len(seen.file.entries) - seen.found.size),
            totals_declared=not seen.undeclared,
            bad_cells=[RegisterBadCell.of(each) for each in seen.cells],
            bad_totals=[
                RegisterBadTotal(what=e.what, expected=e.expected, actual=e.actual) for e in seen.totals
            ],
        )


@strawberry.type
class RegisterImport:
    origin: PointOrigin
    created: int
    changed: int
    unchanged: int
    dissolved: int
    skipped: list[RegisterSkippedRows]

    @classmethod
    def of(cls, done: RegisterImported) -> "RegisterImport":
        return cls(
            origin=done.origin,
            created=done.created,
            changed=done.changed,
            unchanged=done.unchanged,
            dissolved=done.dissolved,
            skipped=[RegisterSkippedRows(kind=kind, rows=rows) for kind, rows in done.skipped.items()],
        )


@strawberry.type
class ImportRegisterPayload:
    register: RegisterImport | None
    user_errors: list[UserError]


async def preview(
    info: Info, file: RegisterFileInput, on: date, declared: RegisterTotalsInput | None
) -> RegisterPreview:
    """Read-only; for those who may import. Raises NotFound for others."""
    bureau = bureau_of(info.context)
    POLICY.require(info.context.principal, "import", register_resource(bureau))
    totals: Declared | None = declared.totals().declared() if declared else None
    async with info.context.read() as conn:
        return RegisterPreview.of(await examine(conn, bureau, file.name, file.content(), on, totals))


async def take(info: Info, wanted: ImportRegisterInput) -> ImportRegisterPayload:
    """Import all of it or nothing."""
    try:
        command = ImportRegister(
            wanted.file.name,
            wanted.file.content(),
            wanted.effective_from,
            wanted.declared.totals() if wanted.declared else None,
            wanted.dissolve_missing,
        )
    except Invalid as error:
        return ImportRegisterPayload(register=None, user_errors=[UserError.of(error)])
    done, errors = await run(info, import_register, command, wanted.client_mutation_id)
    return ImportRegisterPayload(register=RegisterImport.of(done) if done else None, user_errors=errors)
