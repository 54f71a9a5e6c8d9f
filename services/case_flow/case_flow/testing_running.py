"""Running work to test with: an office and a section with colleagues enough to choose from, and two items."""

from dataclasses import replace
from datetime import date
from typing import Any

from plumbline_org.model import Org
from plumbline_org.parts import Delegation, PersonStatus, Post, PostKind, Span, StatusSpan
from plumbline_org.testing import ALWAYS, linjiang, person, seed_replica
from plumbline_shared.database import Database
from plumbline_shared.principal import system

from case_flow.testing import WorkedBureau
from case_flow.use_cases.accept_matter import AcceptMatter, accept_matter
from case_flow.use_cases.publish_item import PublishItem, publish_item

_MORE = {
    "qin-yue": ("秦越", "TO-3.investigator-3", ("INVESTIGATOR",)),
    "bo-tao": ("柏涛", "TO-3.investigator-4", ("INVESTIGATOR",)),
    "shi-yi": ("石毅", "TO-3.investigator-5", ("INVESTIGATOR",)),
    "mei-lan": ("梅兰", "POLICY.reviewer-2", ("REVIEWER",)),
}
AWAY = (
    StatusSpan(PersonStatus.ACTIVE, Span()),
    StatusSpan(PersonStatus.UNPLACED_IN_TRAINING, Span(date(2026, 4, 1), date(2026, 5, 1))),
)
"""Away on a course all April."""

CHIEF_FOR = Delegation(
    "dg-1",
    "D01.chen-gang",
    "D01.mei-lan",
    "SECTION_CHIEF",
    "D01.POLICY",
    Span(date(2026, 4, 1), date(2026, 6, 1)),
)
"""Mei Lan signs for the chief of POLICY in spring."""

SIGNED = """
item: SIGNED
version: 1
name: {zh: 会签事项, en: Signed together}
citation: {source: a rule}
withdrawable: true
limit: {length: 20, citation: {source: a rule}}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, budget: 1, next: look}
  - {code: look, name: {zh: 查, en: Look}, role: INVESTIGATOR, unit: TO-3, budget: 8, min_actors: 2, sign: SIGN, next: check}
  - {code: check, name: {zh: 核, en: Check}, role: REVIEWER, unit: POLICY, budget: 4, incompatible_with: [look], next: say}
  - {code: say, name: {zh: 定, en: Say}, role: SECTION_CHIEF, unit: POLICY, budget: 4, incompatible_with: [check], decides: true, end: true}
"""
ALL_SIGN, ANY_SIGN = SIGNED.replace("SIGN,", "ALL,"), SIGNED.replace("SIGN,", "ANY,")

RULED = """
item: RULED
version: 1
name: {zh: 派单, en: By rule}
citation: {source: a rule}
steps:
  - {code: take, name: {zh: 收, en: Take}, role: WINDOW_CLERK, unit: HALL, next: look}
  - code: look
    name: {zh: 查, en: Look}
    role: INVESTIGATOR
    unit: TO-3
    point: RP-LOOK-01
    assign: {rule: LEAST_LOAD, citation: {source: 分派办法, locator: Art 3}}
    end: true
"""


def running_org() -> Org:
    """Linjiang with five investigators in TO-3, one of them away in April, and two reviewers in POLICY."""
    org = linjiang()
    posts = {f"D01.{post}": _post(post) for _name, post, _roles in _MORE.values()}
    people = {f"D01.{code}": person("D01", code, *who) for code, who in _MORE.items()}
    people["D01.shi-yi"] = replace(people["D01.shi-yi"], statuses=AWAY)
    return replace(
        org,
        posts={**org.posts, **posts},
        persons={**org.persons, **people},
        delegations=(CHIEF_FOR,),
    )


def _post(code: str) -> Post:
    return Post(f"D01.{code}", "D01", f"D01.{code.partition('.')[0]}", code, PostKind.OFFICER, span=ALWAYS)


async def rows(bureau: WorkedBureau, sql: str, *args: Any) -> list[Any]:
    """What is stored, past everybody's eyes."""
    return await bureau.within(system("D01"), lambda uow: uow.conn.fetch(sql, *args))


async def published(bureau: WorkedBureau, *items: str) -> None:
    """Publish these items by their text."""
    for item in items:
        await bureau.run(system("D01"), publish_item, PublishItem(item))


async def accepted(bureau: WorkedBureau, item: str, **facts: Any) -> tuple[str, list[str]]:
    """A new matter of a published item, and who has its open step."""
    taken = await bureau.do("wu-yan", accept_matter, AcceptMatter(item, "x", facts=facts))
    [found] = await rows(bureau, "select handlers from matter where id = $1", taken.matter_id)
    return taken.matter_id, list(found["handlers"])


async def seed_running(db: Database) -> None:
    """Put these people into the directory's replica."""
    async with db.transaction(system("D01")) as conn:
        await seed_replica(conn, running_org())
