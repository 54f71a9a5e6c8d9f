"""The education assignment as an entity of the graph, and what belongs to it."""

from datetime import date, datetime

import strawberry
from plumbline_shared import deadline as rules
from plumbline_shared.graphql import Citation, Deadline, Info, deadline_value

from education.api import loaders
from education.api.references import Incident, Unit
from education.domain.alert import EducationAlert as Alert
from education.domain.assignment import Assignment, Status
from education.domain.curriculum import Curriculum as CurriculumData
from education.domain.curriculum import Kind
from education.domain.quiz import Question as QuestionData
from education.storage.outcomes import Attempt

strawberry.enum(Kind, name="EducationKind", description="承诺 PLEDGE, 课程 LESSON")
strawberry.enum(
    Status,
    name="EducationStatus",
    description="待完成 OPEN, 逾期 OVERDUE, 已完成 COMPLETED, 已免除 WAIVED",
)


@strawberry.type(description="One thing to choose; which ones are right is never told.")
class QuizOption:
    id: strawberry.ID
    text_zh: str
    text_en: str


@strawberry.type
class QuizQuestion:
    id: strawberry.ID
    text_zh: str
    text_en: str
    options: list[QuizOption]
    several: bool = strawberry.field(description="Whether more than one option is right.")

    @classmethod
    def of(cls, question: QuestionData) -> "QuizQuestion":
        return cls(
            id=strawberry.ID(question.id),
            text_zh=question.text_zh,
            text_en=question.text_en,
            options=[
                QuizOption(id=strawberry.ID(one.id), text_zh=one.text_zh, text_en=one.text_en)
                for one in question.options
            ],
            several=len(question.correct) > 1,
        )


@strawberry.type(description="A submitted quiz; score in percent.")
class QuizAttempt:
    id: strawberry.ID
    score: int
    passed: bool
    submitted_at: datetime

    @classmethod
    def of(cls, attempt: Attempt) -> "QuizAttempt":
        return cls(
            id=strawberry.ID(attempt.id),
            score=attempt.score,
            passed=attempt.passed,
            submitted_at=attempt.submitted_at,
        )


@strawberry.type(description="What is to be learnt or signed, in one version.")
class Curriculum:
    code: str
    version: int
    kind: Kind
    title_zh: str
    title_en: str
    text_zh: str = strawberry.field(description="The text of a pledge; empty for a lesson.")
    pass_mark: int | None = strawberry.field(description="Percent; null for a pledge.")
    citation: Citation

    @classmethod
    def of(cls, data: CurriculumData) -> "Curriculum":
        return cls(
            code=data.code,
            version=data.version,
            kind=data.kind,
            title_zh=data.title_zh,
            title_en=data.title_en,
            text_zh=data.text_zh,
            pass_mark=data.pass_mark,
            citation=Citation(text=data.rule.citation, version=data.rule.version),
        )


@strawberry.federation.type(keys=["id"], description="教育任务: one person, one curriculum, one due date.")
class EducationAssignment:
    assignment: strawberry.Private[Assignment]
    id: strawberry.ID
    batch_id: strawberry.ID
    kind: Kind
    status: Status
    assigned_on: date
    due_on: date
    overdue_from: date | None = strawberry.field(description="First overdue day; null unless overdue now.")
    completed_at: datetime | None
    waived_at: datetime | None
    score: int | None = strawberry.field(description="Percent of the passing attempt; null for a pledge.")

    @classmethod
    def of(cls, one: Assignment, today: date) -> "EducationAssignment":
        status = one.status(today)
        return cls(
            assignment=one,
            id=strawberry.ID(one.id),
            batch_id=strawberry.ID(one.batch_id),
            kind=one.kind,
            status=status,
            assigned_on=one.assigned_on,
            due_on=one.due_on,
            overdue_from=one.overdue_from if status is Status.OVERDUE else None,
            completed_at=one.completed_at,
            waived_at=one.waived_at,
            score=one.score,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "EducationAssignment | None":
        found = await loaders.assignment(info.context, id)
        return cls.of(found, info.context.today) if found else None

    @strawberry.field
    def person(self) -> "Person":
        return Person(id=strawberry.ID(self.assignment.person_id))

    @strawberry.field(description="The unit for which it counts.")
    def unit(self) -> Unit:
        return Unit(id=strawberry.ID(self.assignment.unit_id))

    @strawberry.field(description="The risk point behind it, if any.")
    def risk_point(self) -> "RiskPoint | None":
        point = self.assignment.point_id
        return RiskPoint(id=strawberry.ID(point)) if point else None

    @strawberry.field(description="The incident behind it, if any.")
    def incident(self) -> Incident | None:
        incident = self.assignment.incident_id
        return Incident(id=strawberry.ID(incident)) if incident else None

    @strawberry.field
    async def curriculum(self, info: Info) -> Curriculum:
        return Curriculum.of(await loaders.curriculum(info.context, self._version))

    @strawberry.field(description="When it is due and why.")
    async def deadline(self, info: Info) -> Deadline:
        one = self.assignment
        rule = (await loaders.curriculum(info.context, self._version)).rule
        computed = rules.Deadline(rule, one.started_on, one.due_on, one.provisional, 0, 0)
        calendar = await loaders.calendar(info.context, one.bureau_id)
        return deadline_value(computed, calendar, info.context.today)

    @strawberry.field(description="The questions of a lesson; empty for a pledge.")
    async def quiz(self, info: Info) -> list[QuizQuestion]:
        return [QuizQuestion.of(one) for one in await loaders.questions(info.context, self._version)]

    @strawberry.field(description="Your own attempts, oldest first; nobody sees those of others.")
    async def attempts(self, info: Info) -> list[QuizAttempt]:
        return [QuizAttempt.of(one) for one in await loaders.attempts(info.context, self.assignment.id)]

    @strawberry.field
    async def waiver_reason(self, info: Info) -> str | None:
        return await loaders.waiver_reason(info.context, self.assignment.id)

    @property
    def _version(self) -> tuple[str, int]:
        return self.assignment.curriculum, self.assignment.curriculum_version


@strawberry.federation.type(keys=["id"])
class Person:
    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Person":
        return cls(id=id)

    @strawberry.field(description="Lessons and pledges of the person, as far as you may see them.")
    async def education_assignments(self, info: Info) -> list[EducationAssignment]:
        found = await loaders.of_person(info.context, self.id)
        return [EducationAssignment.of(one, info.context.today) for one in found]


@strawberry.federation.type(keys=["id"])
class RiskPoint:
    id: strawberry.ID

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "RiskPoint":
        return cls(id=id)

    @strawberry.field(description="Lessons given because of the point, as far as you may see them.")
    async def lessons(self, info: Info) -> list[EducationAssignment]:
        found = await loaders.lessons_of_point(info.context, self.id)
        return [EducationAssignment.of(one, info.context.today) for one in found]


@strawberry.type(
    description="逾期预警: an assignment is overdue. Grade LOW: for the person, the chief, the admin."
)
class EducationAlert:
    alert: strawberry.Private[Alert]
    id: strawberry.ID
    kind: str
    grade: str
    raised_at: datetime

    @classmethod
    def of(cls, alert: Alert) -> "EducationAlert":
        return cls(
            alert=alert,
            id=strawberry.ID(alert.id),
            kind=alert.kind,
            grade=alert.grade,
            raised_at=alert.raised_at,
        )

    @strawberry.field
    def person(self) -> Person:
        return Person(id=strawberry.ID(self.alert.person_id))

    @strawberry.field
    def unit(self) -> Unit:
        return Unit(id=strawberry.ID(self.alert.unit_id))

    @strawberry.field
    async def assignment(self, info: Info) -> EducationAssignment | None:
        found = await loaders.assignment(info.context, self.alert.assignment_id)
        return EducationAssignment.of(found, info.context.today) if found else None
