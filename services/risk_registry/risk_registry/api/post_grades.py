"""Post and grade, without a word about why (requirements §5.3: education, personnel)."""

from datetime import date

import strawberry
from plumbline_shared.graphql import Info
from plumbline_shared.principal import system

from risk_registry.api import loaders
from risk_registry.api.enums import RiskGrade
from risk_registry.api.references import Post, Unit, post, unit
from risk_registry.domain.post_grades import highest_by_post
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.points import whole_register


@strawberry.type(description="岗位等级: the highest grade of a post's points in force.")
class PostRiskGrade:
    post: Post
    unit: Unit
    grade: RiskGrade


@strawberry.type
class PostGradeQuery:
    @strawberry.field(
        description="The grade of every post that carries a point, for education, personnel, and who reads the register."
    )
    async def post_risk_grades(self, info: Info, as_of: date | None = None) -> list[PostRiskGrade]:
        context = info.context
        bureau, on = loaders.bureau_of(context), loaders.day_of(context, as_of)
        POLICY.require(context.principal, "read_post_grades", register_resource(bureau))
        async with context.runtime.db.read(system(bureau)) as conn:
            found = highest_by_post(await whole_register(conn, bureau, on))
        return [
            PostRiskGrade(post=post(id_), unit=unit(id_.rpartition(".")[0]), grade=grade)
            for id_, grade in found.items()
        ]
