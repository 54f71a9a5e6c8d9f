"""Answer in public what taxpayers ask most, or take an answer away (S1-044)."""

from datetime import date

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.policy import absent
from plumbline_shared.use_case import Uow

from case_flow.domain.hot_issue import HotIssue, HotIssueContent, check_issue
from case_flow.hall_access import POLICY, hot_issue_resource
from case_flow.storage import hot_issue as issues
from case_flow.storage import item as items


class PublishHotIssue(msgspec.Struct, frozen=True):
    """A question with its answer, from a day on."""

    code: str
    content: HotIssueContent
    from_on: date


class WithdrawHotIssue(msgspec.Struct, frozen=True):
    """From a day on it is shown no longer."""

    code: str
    from_on: date


class HotIssuePublished(msgspec.Struct, frozen=True):
    """The version that was added."""

    code: str
    version: int


async def publish_hot_issue(uow: Uow, command: PublishHotIssue) -> HotIssuePublished:
    """The same content again changes nothing. Raises NotFound for who approves no rules or an item that is none."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "publish", hot_issue_resource(bureau, command.code))
    check_issue(command.code, command.content)
    for item in command.content.items:
        await items.in_force(uow.conn, bureau, item, command.from_on)
    return await _add(
        uow, HotIssue(code=command.code, version=1, content=command.content, from_on=command.from_on)
    )


async def withdraw_hot_issue(uow: Uow, command: WithdrawHotIssue) -> HotIssuePublished:
    """The versions before stay on record. Raises NotFound."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "publish", hot_issue_resource(bureau, command.code))
    last = await issues.newest(uow.conn, bureau, command.code)
    if last is None:
        raise absent("hot issue")
    return await _add(uow, msgspec.structs.replace(last, from_on=command.from_on, withdrawn=True))


async def _add(uow: Uow, issue: HotIssue) -> HotIssuePublished:
    bureau = uow.principal.bureau_id or ""
    last = await issues.newest(uow.conn, bureau, issue.code)
    if last and msgspec.structs.replace(issue, version=last.version) == last:
        return HotIssuePublished(last.code, last.version)
    if last and issue.from_on < last.from_on:
        raise Invalid(
            f"version {last.version} counts from {last.from_on}: not before it", path=("input", "fromOn")
        )
    added = msgspec.structs.replace(issue, version=last.version + 1 if last else 1)
    await issues.add(uow.conn, bureau, added, uow.now, uow.principal.actor)
    detail = {"version": added.version, "withdrawn": added.withdrawn}
    await uow.audit("publishHotIssue", "HotIssue", added.code, detail)
    return HotIssuePublished(added.code, added.version)
