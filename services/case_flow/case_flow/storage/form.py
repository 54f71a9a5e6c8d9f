"""Published form versions and their retirement. Both are only added to."""

from datetime import date, datetime

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.policy import absent

from case_flow.domain.form import Form, FormRetired

PUBLISH = """
insert into form_version (bureau_id, form_code, version, definition, source, published_at, published_by)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def publish(conn: Connection, bureau_id: str, form: Form, source: str, at: datetime, by: str) -> None:
    """Add a version for ever."""
    body = msgspec.json.encode(form).decode()
    await conn.execute(PUBLISH, bureau_id, form.form, form.version, body, source, at, by)


FIND = "select definition from form_version where bureau_id = $1 and form_code = $2 and version = $3"


async def find(conn: Connection, bureau_id: str, ref: str) -> Form | None:
    """One version by its reference `CODE/1`, or None."""
    code, _, version = ref.rpartition("/")
    if not version.isdecimal() or len(version) > 9:
        return None
    body = await conn.fetchval(FIND, bureau_id, code, int(version))
    return msgspec.json.decode(body, type=Form) if body else None


async def get(conn: Connection, bureau_id: str, ref: str) -> Form:
    """One version. Raises NotFound."""
    found = await find(conn, bureau_id, ref)
    if found is None:
        raise absent("form")
    return found


RETIRE = """
insert into form_retirement (bureau_id, form_code, version, effective_from, successor, retired_at, retired_by)
values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
"""


async def retire(
    conn: Connection, bureau_id: str, form: Form, effective_from: date, successor: str, at: datetime, by: str
) -> bool:
    """No more submissions on this version from a day on; False when it was retired before."""
    done = await conn.execute(RETIRE, bureau_id, form.form, form.version, effective_from, successor, at, by)
    return done.endswith(" 1")


SUCCESSOR = """
select successor from form_retirement
where bureau_id = $1 and form_code = $2 and version = $3 and effective_from <= $4
"""


async def successor(conn: Connection, bureau_id: str, form: Form, on: date) -> str | None:
    """What replaces a version on a day; None while it is in force."""
    return await conn.fetchval(SUCCESSOR, bureau_id, form.form, form.version, on)


async def require_in_force(conn: Connection, bureau_id: str, form: Form, on: date) -> None:
    """Raise FormRetired, naming the successor."""
    replaced_by = await successor(conn, bureau_id, form, on)
    if replaced_by:
        raise FormRetired(
            f"the form {form.ref} is no longer in force: use {replaced_by}",
            path=("input", "payload", "form"),
            form=form.ref,
            successor=replaced_by,
        )


CURRENT = """
select v.definition from form_version v
where v.bureau_id = $1 and v.form_code = $2 and not exists (
  select from form_retirement r
  where r.bureau_id = v.bureau_id and r.form_code = v.form_code and r.version = v.version
    and r.effective_from <= $3)
order by v.version desc limit 1
"""


async def newest(conn: Connection, bureau_id: str, code: str, on: date) -> Form | None:
    """The newest version in force on a day, if any."""
    body = await conn.fetchval(CURRENT, bureau_id, code, on)
    return msgspec.json.decode(body, type=Form) if body else None


async def current(conn: Connection, bureau_id: str, code: str, on: date) -> Form:
    """The newest version in force on a day. Raises NotFound."""
    found = await newest(conn, bureau_id, code, on)
    if found is None:
        raise absent("form")
    return found


class FormRow(msgspec.Struct, frozen=True):
    """A version in the catalogue; `successor` from `retired_from` on."""

    form: Form
    retired_from: date | None
    successor: str | None


ALL = """
select v.definition, r.effective_from, r.successor from form_version v
left join form_retirement r using (bureau_id, form_code, version)
where v.bureau_id = $1 and (v.form_code, v.version) > ($2, $3) order by v.form_code, v.version limit $4
"""


async def page(conn: Connection, bureau_id: str, after: tuple[str, int], limit: int) -> list[FormRow]:
    """The catalogue of a bureau (S2-023), retired versions included, by code and version."""
    rows = await conn.fetch(ALL, bureau_id, *after, limit)
    return [FormRow(msgspec.json.decode(row[0], type=Form), row[1], row[2]) for row in rows]
