"""The register as a file, and one register on two days."""

import base64
import hashlib
from datetime import date
from enum import StrEnum

import msgspec
import strawberry
from plumbline_shared.graphql import Info

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.api.rule_enums import ChangeMarker
from risk_registry.domain.changes import Change, changes
from risk_registry.domain.oscal import oscal
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.workbook import write_register
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.points import whole_register


@strawberry.enum(description="XLSX comes in again without loss; OSCAL is JSON for other risk tools.")
class RegisterFormat(StrEnum):
    XLSX = "XLSX"
    OSCAL = "OSCAL"


@strawberry.type(description="A file with its SHA-256.")
class RegisterExport:
    name: str
    content_base64: str
    sha256: str


@strawberry.type(description="One point on two days.")
class RegisterChange:
    code: str
    marker: ChangeMarker
    grade_before: RiskGrade | None
    grade_after: RiskGrade | None
    fields: list[str]

    @classmethod
    def of(cls, change: Change) -> "RegisterChange":
        return cls(
            code=change.code,
            marker=change.marker,
            grade_before=change.before.grade if change.before else None,
            grade_after=change.after.grade if change.after else None,
            fields=list(change.fields),
        )


async def export(
    info: Info, format_: RegisterFormat, as_of: date | None, compared_to: date | None
) -> RegisterExport:
    """The whole register of a day, for those who read all of it. Raises NotFound for others."""
    bureau = loaders.bureau_of(info.context)
    on = loaders.day_of(info.context, as_of)
    points = await _register(info, bureau, on)
    if format_ is RegisterFormat.OSCAL:
        content = msgspec.json.encode(oscal(bureau, points, info.context.now))
    else:
        before = await _register(info, bureau, compared_to) if compared_to else None
        content = write_register(points, changes(before, points) if before is not None else ())
    ending = "xlsx" if format_ is RegisterFormat.XLSX else "oscal.json"
    return RegisterExport(
        name=f"register-{bureau}-{on}.{ending}",
        content_base64=base64.b64encode(content).decode(),
        sha256=hashlib.sha256(content).hexdigest(),
    )


async def between(info: Info, start: date, end: date) -> list[RegisterChange]:
    """What is new, changed or dropped from one day to another."""
    bureau = loaders.bureau_of(info.context)
    days = [loaders.day_of(info.context, day) for day in (start, end)]
    before, after = [await _register(info, bureau, day) for day in days]
    return [
        RegisterChange.of(each) for each in changes(before, after) if each.marker is not ChangeMarker.SAME
    ]


async def _register(info: Info, bureau: str, on: date) -> list[PointOnDay]:
    who = await loaders.reader_on(info.context, on)
    POLICY.require(who, "export", register_resource(bureau))
    async with info.context.runtime.db.read(who) as conn:
        return loaders.allowed(who, await whole_register(conn, bureau, on))


@strawberry.type
class ExportQuery:
    @strawberry.field(
        description="The register of a day as a file; with `comparedTo` a sheet of what changed."
    )
    async def register_export(
        self, info: Info, format: RegisterFormat, as_of: date | None = None, compared_to: date | None = None
    ) -> RegisterExport:
        return await export(info, format, as_of, compared_to)

    @strawberry.field(description="New, changed and dropped points between two days.")
    async def register_changes(self, info: Info, start: date, end: date) -> list[RegisterChange]:
        return await between(info, start, end)
