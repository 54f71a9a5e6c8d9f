"""The form of a step: known, in force, complete, each field of its kind; its fields are facts for controls."""

from collections.abc import Mapping
from typing import Any

import msgspec
from plumbline_shared.errors import Invalid
from plumbline_shared.use_case import Uow

from case_flow.domain.definition import Step
from case_flow.domain.form import Form, FormInvalid, Submission, require_complete
from case_flow.domain.matter import Matter
from case_flow.storage import form as forms
from case_flow.use_cases.gates import Passed


async def form_gate(uow: Uow, matter: Matter, step: Step, payload: Mapping[str, Any]) -> Passed:
    """The gate `form`. Raises FormInvalid, FormRetired."""
    given = submission(payload)
    form = await _form_of(uow, matter.bureau_id, step, given)
    await forms.require_in_force(uow.conn, matter.bureau_id, form, uow.today)
    require_complete(form, given)
    return Passed(facts=given.fields)


def submission(payload: Mapping[str, Any]) -> Submission:
    """What the payload hands in. Raises Invalid when a part has the wrong shape."""
    parts = {key: payload[key] for key in ("form", "fields", "documents") if payload.get(key) is not None}
    try:
        return msgspec.convert(parts, Submission)
    except msgspec.ValidationError as error:
        raise Invalid(
            f"a submission is {{form, fields, documents}}: {error}", path=("input", "payload")
        ) from None


async def _form_of(uow: Uow, bureau: str, step: Step, given: Submission) -> Form:
    if given.form.rpartition("/")[0] != step.form:
        raise FormInvalid(
            f"step {step.code} takes the form {step.form}: name its version as {step.form}/1",
            path=("input", "payload", "form"),
            form=step.form,
        )
    found = await forms.find(uow.conn, bureau, given.form)
    if found is None:
        raise FormInvalid(f"there is no form {given.form}", path=("input", "payload", "form"), form=step.form)
    return found
