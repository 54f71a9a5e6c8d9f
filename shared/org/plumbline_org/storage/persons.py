"""Single persons in the replica."""

from plumbline_shared.database import Connection

BUREAU_OF_SUBJECT = """
select bureau_id from org_person where coalesce(account, id) = $1 and ($2::text is null or bureau_id = $2)
"""


async def bureau_of_subject(conn: Connection, subject: str, bureau_id: str | None) -> str | None:
    """The bureau of the person whose account (or, without one, id) is the token's subject.

    With `bureau_id` only there: two bureaus may have issuers that name their accounts alike.
    """
    return await conn.fetchval(BUREAU_OF_SUBJECT, subject, bureau_id)
