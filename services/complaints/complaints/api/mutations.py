"""Writes. What carries a passphrase or a secret answer is never stored under an idempotency key."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import strawberry
from plumbline_shared.errors import PlumblineError, Unauthenticated, Unavailable
from plumbline_shared.graphql import Info, UserError, run
from plumbline_shared.use_case import Uow

from complaints.api import inputs, loaders, types
from complaints.use_cases import handle_complaint, handle_report, open_report
from complaints.use_cases.file_intake import take_in
from complaints.vault.officers import WrongPassphrase

T = TypeVar("T")


@strawberry.type
class Mutation:
    @strawberry.mutation(description="Bring something in; the desk gets a receipt and nothing else. 收件")
    async def file_intake(self, info: Info, input: inputs.FileIntakeInput) -> types.FileIntakePayload:
        context = info.context
        try:
            answer = await take_in(
                context.runtime, context.principal, input.intake(), input.client_mutation_id
            )
        except (Unauthenticated, Unavailable):
            raise
        except PlumblineError as error:
            return types.FileIntakePayload(result=None, user_errors=[UserError.of(error)])
        return types.FileIntakePayload(result=types.IntakeResult.of(answer), user_errors=[])

    @strawberry.mutation(description="受理")
    async def accept_complaint(
        self, info: Info, input: inputs.AcceptComplaintInput
    ) -> types.ComplaintPayload:
        command = handle_complaint.AcceptComplaint(input.complaint_id)
        done, errors = await run(info, handle_complaint.accept_complaint, command, input.client_mutation_id)
        return await _complaint(info, done, errors)

    @strawberry.mutation(description="Decide whether it was justified; by somebody outside the unit. 决定")
    async def decide_complaint(
        self, info: Info, input: inputs.DecideComplaintInput
    ) -> types.ComplaintPayload:
        command = handle_complaint.DecideComplaint(
            input.complaint_id, input.substantiated, input.point_id or ""
        )
        done, errors = await run(info, handle_complaint.decide_complaint, command, input.client_mutation_id)
        return await _complaint(info, done, errors)

    @strawberry.mutation(description="The complainant was told (Art 38). 反馈")
    async def feed_back_complaint(
        self, info: Info, input: inputs.FeedBackComplaintInput
    ) -> types.ComplaintPayload:
        command = handle_complaint.FeedBackComplaint(input.complaint_id, input.corrected)
        done, errors = await run(
            info, handle_complaint.feed_back_complaint, command, input.client_mutation_id
        )
        return await _complaint(info, done, errors)

    @strawberry.mutation(
        description="The superior bureau decided otherwise (Art 40); the head records it. 上级改变决定"
    )
    async def overturn_complaint(
        self, info: Info, input: inputs.OverturnComplaintInput
    ) -> types.ComplaintPayload:
        command = handle_complaint.OverturnComplaint(input.complaint_id)
        done, errors = await run(info, handle_complaint.overturn_complaint, command, input.client_mutation_id)
        return await _complaint(info, done, errors)

    @strawberry.mutation(description="Make your own key pair, so that reports can be sealed for you.")
    async def make_sealing_key(
        self, info: Info, input: inputs.MakeSealingKeyInput
    ) -> types.SealingKeyPayload:
        info.context.person_id()
        done, errors = await run(info, open_report.make_key, open_report.MakeKey(input.passphrase), None)
        return types.SealingKeyPayload(person_id=strawberry.ID(done) if done else None, user_errors=errors)

    @strawberry.mutation(description="Read a sealed report. The reading is logged before it is answered.")
    async def open_sealed_report(
        self, info: Info, input: inputs.OpenSealedReportInput
    ) -> types.SealedContentPayload:
        command = open_report.OpenContent(input.report_id, input.passphrase)
        done, errors = await _with_passphrase(info, open_report.open_content, command)
        return types.SealedContentPayload(
            content=types.SealedContent.of(done) if done else None, user_errors=errors
        )

    @strawberry.mutation(description="处置")
    async def dispose_sealed_report(
        self, info: Info, input: inputs.DisposeSealedReportInput
    ) -> types.SealedReportPayload:
        command = handle_report.DisposeReport(input.report_id, input.disposition, input.risk_point_id)
        done, errors = await run(info, handle_report.dispose_report, command, input.client_mutation_id)
        return await _report(info, done, errors)

    @strawberry.mutation(description="The informant was told of the acceptance. 受理告知")
    async def notify_informant(
        self, info: Info, input: inputs.NoteSealedReportInput
    ) -> types.SealedReportPayload:
        command = handle_report.NoteReport(input.report_id)
        done, errors = await run(info, handle_report.notify_informant, command, input.client_mutation_id)
        return await _report(info, done, errors)

    @strawberry.mutation(description="办结")
    async def close_sealed_report(
        self, info: Info, input: inputs.CloseSealedReportInput
    ) -> types.SealedReportPayload:
        command = handle_report.CloseReport(input.report_id, input.outcome)
        done, errors = await run(info, handle_report.close_report, command, input.client_mutation_id)
        return await _report(info, done, errors)

    @strawberry.mutation(description="The informant was told the result. 结果告知")
    async def tell_result(self, info: Info, input: inputs.NoteSealedReportInput) -> types.SealedReportPayload:
        command = handle_report.NoteReport(input.report_id)
        done, errors = await run(info, handle_report.tell_result, command, input.client_mutation_id)
        return await _report(info, done, errors)

    @strawberry.mutation(description="A repeat joins the first report of its series. 重复件")
    async def link_sealed_report(
        self, info: Info, input: inputs.LinkSealedReportInput
    ) -> types.SealedReportPayload:
        command = handle_report.LinkReport(input.report_id, input.first_report_id)
        done, errors = await run(info, handle_report.link_report, command, input.client_mutation_id)
        return await _report(info, done, errors)

    @strawberry.mutation(description="Ask for the informant's identity; another officer has to agree.")
    async def request_identity(
        self, info: Info, input: inputs.RequestIdentityInput
    ) -> types.IdentityOpeningPayload:
        command = open_report.RequestIdentity(input.report_id, input.reason)
        done, errors = await run(info, open_report.request_identity, command, None)
        return _opening(done, errors)

    @strawberry.mutation(description="Agree with your own key. You do not get to read it.")
    async def approve_identity(
        self, info: Info, input: inputs.OpenIdentityInput
    ) -> types.IdentityOpeningPayload:
        command = open_report.OpenIdentity(input.opening_id, input.passphrase)
        done, errors = await _with_passphrase(info, open_report.approve_identity, command)
        return _opening(done, errors)

    @strawberry.mutation(description="Read the identity you asked for, once.")
    async def open_identity(self, info: Info, input: inputs.OpenIdentityInput) -> types.IdentityPayload:
        command = open_report.OpenIdentity(input.opening_id, input.passphrase)
        done, errors = await _with_passphrase(info, open_report.open_identity, command)
        return types.IdentityPayload(informant=types.Caller.of(done) if done else None, user_errors=errors)


Opened = TypeVar("Opened", open_report.OpenContent, open_report.OpenIdentity)


async def _with_passphrase(
    info: Info, use_case: Callable[[Uow, Opened], Awaitable[T]], command: Opened
) -> tuple[T | None, list[UserError]]:
    """Nothing is kept under an idempotency key; a wrong passphrase is noted although its transaction is gone."""
    done, errors = await run(info, use_case, command, None)
    if any(error.code == WrongPassphrase.code for error in errors):
        context = info.context
        await context.runtime.execute(context.principal, open_report.note_wrong_passphrase, command)
    return done, errors


async def _complaint(
    info: Info, done: handle_complaint.ComplaintStep | None, errors: list[UserError]
) -> types.ComplaintPayload:
    found = await loaders.complaint(info.context, done.complaint_id) if done else None
    return types.ComplaintPayload(complaint=types.Complaint.of(found) if found else None, user_errors=errors)


async def _report(info: Info, done: str | None, errors: list[UserError]) -> types.SealedReportPayload:
    found = await loaders.report(info.context, done) if done else None
    return types.SealedReportPayload(
        report=types.SealedReport.of(found) if found else None, user_errors=errors
    )


def _opening(done: str | None, errors: list[UserError]) -> types.IdentityOpeningPayload:
    return types.IdentityOpeningPayload(opening_id=strawberry.ID(done) if done else None, user_errors=errors)
