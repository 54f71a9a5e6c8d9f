"""What mutations take, and the commands they become."""

import base64
import binascii
from datetime import date

import strawberry
from plumbline_shared.errors import Invalid

from directory.api.enums import AssignmentKind, Role
from directory.use_cases.change_assignment import ChangeAssignment
from directory.use_cases.delegate import Delegate
from directory.use_cases.grant_role import GrantRole
from directory.use_cases.import_calendar import ImportCalendar
from directory.use_cases.import_directory import ImportDirectory
from directory.use_cases.set_duty_roster import DutyDay, SetDutyRoster


@strawberry.input
class ImportDirectoryInput:
    client_mutation_id: str
    file: str = strawberry.field(description="The .xlsx file in base64.")
    dry_run: bool = False

    def command(self) -> ImportDirectory:
        """Raises Invalid for text that is not base64."""
        try:
            content = base64.b64decode(self.file, validate=True)
        except binascii.Error:
            raise Invalid("`file` is not base64", path=["input", "file"]) from None
        return ImportDirectory(content, self.dry_run)


@strawberry.input
class ChangeAssignmentInput:
    client_mutation_id: str
    person_id: strawberry.ID
    post_id: strawberry.ID
    kind: AssignmentKind = AssignmentKind.PERMANENT
    effective_from: date
    effective_to: date | None = strawberry.field(
        default=None, description="The first day after; null is open."
    )

    def command(self) -> ChangeAssignment:
        return ChangeAssignment(
            person_id=self.person_id,
            post_id=self.post_id,
            kind=self.kind,
            effective_from=self.effective_from,
            effective_to=self.effective_to,
        )


@strawberry.input
class GrantRoleInput:
    client_mutation_id: str
    person_id: strawberry.ID
    role: Role
    unit_id: strawberry.ID | None = None
    domain: str | None = None
    effective_from: date
    effective_to: date | None = strawberry.field(
        default=None, description="The first day after; null is open."
    )

    def command(self) -> GrantRole:
        return GrantRole(
            person_id=self.person_id,
            role=self.role,
            unit_id=self.unit_id,
            domain=self.domain,
            effective_from=self.effective_from,
            effective_to=self.effective_to,
        )


@strawberry.input
class DutyDayInput:
    on: date
    person_id: strawberry.ID
    rank: int = strawberry.field(default=1, description="1 is on duty, 2 the next one.")


@strawberry.input
class SetDutyRosterInput:
    client_mutation_id: str
    bureau_id: strawberry.ID
    month: str = strawberry.field(description="For example 2026-10; the whole month is replaced.")
    duties: list[DutyDayInput]

    def command(self) -> SetDutyRoster:
        duties = tuple(DutyDay(one.on, one.person_id, one.rank) for one in self.duties)
        return SetDutyRoster(self.bureau_id, self.month, duties)


@strawberry.input
class DelegateInput:
    client_mutation_id: str
    grantor_id: strawberry.ID
    delegate_id: strawberry.ID
    authority: Role
    unit_id: strawberry.ID | None = None
    effective_from: date
    effective_to: date | None = strawberry.field(
        default=None, description="The first day after; null is open."
    )
    revoked: bool = strawberry.field(default=False, description="True takes the same delegation back.")

    def command(self) -> Delegate:
        return Delegate(
            grantor_id=self.grantor_id,
            delegate_id=self.delegate_id,
            authority=self.authority,
            unit_id=self.unit_id,
            effective_from=self.effective_from,
            effective_to=self.effective_to,
            revoked=self.revoked,
        )


@strawberry.input
class ImportCalendarInput:
    client_mutation_id: str
    bureau_id: strawberry.ID | None = strawberry.field(
        default=None, description="Null: the national calendar."
    )
    version: str
    first_day: date
    horizon: date
    citation: str
    off_days: list[date] = strawberry.field(default_factory=list, description="Weekdays that are free.")
    made_up_days: list[date] = strawberry.field(
        default_factory=list, description="Weekend days that are worked."
    )

    def command(self) -> ImportCalendar:
        return ImportCalendar(
            bureau_id=self.bureau_id or "",
            version=self.version,
            first_day=self.first_day,
            horizon=self.horizon,
            citation=self.citation,
            off_days=tuple(self.off_days),
            made_up_days=tuple(self.made_up_days),
        )
