"""Publish one version of a form for ever, or take one out of use with its successor (S2-023)."""

from datetime import date

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.errors import VersionImmutable
from case_flow.domain.form_parsing import parse_form
from case_flow.hall_access import form_resource
from case_flow.storage import form as forms


class PublishForm(msgspec.Struct, frozen=True):
    """A form file as text (YAML)."""

    source: str


class RetireForm(msgspec.Struct, frozen=True):
    """Take a version (`CODE/1`) out of use from a day on; `successor` is used instead."""

    form: str
    successor: str
    effective_from: date


class FormPublished(msgspec.Struct, frozen=True):
    """The version by its reference."""

    form: str


async def publish_form(uow: Uow, command: PublishForm) -> FormPublished:
    """Check and store a form. The same content again changes nothing.

    Raises NotFound for somebody who approves no forms, InvalidDefinition, VersionImmutable.
    """
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "publish", form_resource(bureau, "*"))
    form = parse_form(command.source)
    known = await forms.find(uow.conn, bureau, form.ref)
    if known and known != form:
        raise VersionImmutable(
            f"{form.ref} is published with other content: raise the version", form=form.ref
        )
    if not known:
        await forms.publish(uow.conn, bureau, form, command.source, uow.now, uow.principal.actor)
        await uow.audit("publishForm", "Form", form.ref, {"version": form.version})
    return FormPublished(form.ref)


async def retire_form(uow: Uow, command: RetireForm) -> FormPublished:
    """From the day on a submission on the version is refused and told its successor; a notice given before holds.

    Raises NotFound; Invalid for a day that is past, or a successor that is the same, unknown or retired itself.
    """
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, "publish", form_resource(bureau, command.form))
    form = await forms.get(uow.conn, bureau, command.form)
    after = await forms.find(uow.conn, bureau, command.successor)
    if after is None or after.ref == form.ref:
        raise Invalid("the successor is another published form, as CODE/2", path=("input", "successor"))
    if await forms.successor(uow.conn, bureau, after, date.max):
        raise Invalid("the successor is retired itself", path=("input", "successor"))
    if command.effective_from < uow.today:
        raise Invalid("a form is retired from today on, or later", path=("input", "effectiveFrom"))
    if await forms.retire(
        uow.conn, bureau, form, command.effective_from, after.ref, uow.now, uow.principal.actor
    ):
        await uow.audit("retireForm", "Form", form.ref, {"successor": after.ref})
    return FormPublished(form.ref)
