"""The organisation's enums as GraphQL enums. Import them from here, so that they are registered."""

import strawberry
from plumbline_org.parts import AssignmentKind, BureauLevel, PersonStatus, PostKind, UnitKind
from plumbline_org.roles import Role

strawberry.enum(BureauLevel, description="机关层级 · where a bureau stands in the chain")
strawberry.enum(UnitKind, description="部门类型 · what a unit is inside its bureau")
strawberry.enum(PostKind, description="岗位层级 · the rank of a post")
strawberry.enum(PersonStatus, description="人员状态 · whether a person serves")
strawberry.enum(AssignmentKind, name="PostAssignmentKind", description="任职方式 · how a person holds a post")
strawberry.enum(Role, name="RoleCode", description="角色 · the roles of the system")

__all__ = ["AssignmentKind", "BureauLevel", "PersonStatus", "PostKind", "Role", "UnitKind"]
