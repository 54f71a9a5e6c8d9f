"""The sheets of the import workbook: one struct a sheet, its fields are the columns."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import msgspec
from plumbline_org.parts import AssignmentKind, BureauLevel, PersonStatus, PostKind, UnitKind
from plumbline_org.roles import Role


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a sheet. Field titles are the columns' Chinese names."""


def _zh(title: str) -> msgspec.Meta:
    return msgspec.Meta(title=title)


Id = Annotated[str, _zh("编号")]
Name = Annotated[str, _zh("名称")]
NameEn = Annotated[str, _zh("英文名称")]
ParentId = Annotated[str | None, _zh("上级编号")]
From = Annotated[date | None, _zh("生效日")]
To = Annotated[date | None, _zh("失效日")]
UnitId = Annotated[str | None, _zh("部门编号")]
PersonId = Annotated[str, _zh("人员编号")]


class BureauRow(Row, frozen=True, kw_only=True):
    """Sheet `bureaus`."""

    id: Id
    name: Name
    name_en: NameEn = ""
    level: Annotated[BureauLevel, _zh("层级")]
    parent_id: ParentId = None
    effective_from: From = None
    effective_to: To = None


class UnitRow(Row, frozen=True, kw_only=True):
    """Sheet `units`."""

    id: Id
    name: Name
    name_en: NameEn = ""
    kind: Annotated[UnitKind, _zh("类型")]
    parent_id: ParentId = None
    functions: Annotated[frozenset[str], _zh("职能")] = frozenset()
    head_post_id: Annotated[str | None, _zh("负责人岗位")] = None
    deputy_in_charge_post_id: Annotated[str | None, _zh("分管领导岗位")] = None
    effective_from: From = None
    effective_to: To = None


class PostRow(Row, frozen=True, kw_only=True):
    """Sheet `posts`."""

    id: Id
    unit_id: Annotated[str, _zh("部门编号")]
    title: Annotated[str, _zh("岗位名称")]
    title_en: Annotated[str, _zh("岗位英文名称")] = ""
    kind: Annotated[PostKind, _zh("类型")]
    effective_from: From = None
    effective_to: To = None


class PersonRow(Row, frozen=True, kw_only=True):
    """Sheet `persons`."""

    id: Id
    name: Name
    name_en: NameEn = ""
    account: Annotated[str | None, _zh("账号")] = None
    status: Annotated[PersonStatus, _zh("状态")] = PersonStatus.ACTIVE
    status_from: Annotated[date | None, _zh("状态起始日")] = None
    managed_by_bureau_id: Annotated[str | None, _zh("管理机关")] = None
    enforcement_qualified: Annotated[bool, _zh("执法资格")] = False


class AssignmentRow(Row, frozen=True, kw_only=True):
    """Sheet `assignments`."""

    person_id: PersonId
    post_id: Annotated[str, _zh("岗位编号")]
    kind: Annotated[AssignmentKind, _zh("类型")] = AssignmentKind.PERMANENT
    effective_from: Annotated[date, _zh("生效日")]
    effective_to: To = None


class RoleRow(Row, frozen=True, kw_only=True):
    """Sheet `roles`."""

    person_id: PersonId
    role: Annotated[Role, _zh("角色")]
    unit_id: UnitId = None
    domain: Annotated[str | None, _zh("领域")] = None
    effective_from: Annotated[date, _zh("生效日")]
    effective_to: To = None


class DutyRow(Row, frozen=True, kw_only=True):
    """Sheet `roster`."""

    on: Annotated[date, _zh("日期")]
    person_id: PersonId
    rank: Annotated[int, _zh("次序")] = 1


class DelegationRow(Row, frozen=True, kw_only=True):
    """Sheet `delegations`."""

    grantor_person_id: Annotated[str, _zh("授权人")]
    delegate_person_id: Annotated[str, _zh("被授权人")]
    authority: Annotated[Role, _zh("权限")]
    unit_id: UnitId = None
    effective_from: Annotated[date, _zh("生效日")]
    effective_to: To = None


SHEETS: Mapping[str, type[Row]] = {
    "bureaus": BureauRow,
    "units": UnitRow,
    "posts": PostRow,
    "persons": PersonRow,
    "assignments": AssignmentRow,
    "roles": RoleRow,
    "roster": DutyRow,
    "delegations": DelegationRow,
}
SHEET_TITLES: Mapping[str, str] = {
    "机关": "bureaus",
    "部门": "units",
    "岗位": "posts",
    "人员": "persons",
    "任职": "assignments",
    "角色": "roles",
    "值班": "roster",
    "授权": "delegations",
}


class Problem(msgspec.Struct, frozen=True, order=True):
    """What is wrong where: `row` is the spreadsheet's own number, 0 for the whole sheet."""

    sheet: str
    row: int
    column: str
    message: str


class Sheets(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a workbook with the numbers they have in the file."""

    bureaus: tuple[tuple[int, BureauRow], ...] = ()
    units: tuple[tuple[int, UnitRow], ...] = ()
    posts: tuple[tuple[int, PostRow], ...] = ()
    persons: tuple[tuple[int, PersonRow], ...] = ()
    assignments: tuple[tuple[int, AssignmentRow], ...] = ()
    roles: tuple[tuple[int, RoleRow], ...] = ()
    roster: tuple[tuple[int, DutyRow], ...] = ()
    delegations: tuple[tuple[int, DelegationRow], ...] = ()
