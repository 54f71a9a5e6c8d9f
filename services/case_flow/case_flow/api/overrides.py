"""Exceptions to rules (人工干预): who set a rule aside, why and with whose approval, and how often that happens (S2-030)."""

from datetime import date, datetime

import strawberry
from plumbline_shared.errors import Invalid
from plumbline_shared.graphql import (
    Connection,
    Context,
    Info,
    decode_cursor,
    encode_cursor,
    page_size,
    paginate,
)
from plumbline_shared.policy import Resource
from plumbline_shared.principal import system

from case_flow.access import POLICY
from case_flow.api.references import Person, person
from case_flow.domain import override as domain
from case_flow.domain.override import OverrideKind
from case_flow.storage import override as overrides

strawberry.enum(OverrideKind, description="人工干预类别")


@strawberry.type(description="人工干预: one exception to a rule; the record that it is has this id.")
class ManualOverride:
    id: strawberry.ID
    kind: OverrideKind
    at: datetime
    person: Person
    reason: str
    approved_by: list[Person]
    matter_id: strawberry.ID | None
    step: str | None

    @classmethod
    def of(cls, one: domain.Override) -> "ManualOverride":
        return cls(
            id=strawberry.ID(one.id),
            kind=one.kind,
            at=one.at,
            person=person(one.person_id),
            reason=one.reason,
            approved_by=[person(who) for who in one.approved_by],
            matter_id=strawberry.ID(one.matter_id) if one.matter_id else None,
            step=one.step,
        )


@strawberry.type
class ManualOverrideConnection(Connection[ManualOverride]):
    pass


@strawberry.type(
    description="人工干预率: by hand, out of what the rule governed. Signers: out of signatures given."
)
class ManualOverrideShare:
    kind: OverrideKind
    by_hand: int
    out_of: int


@strawberry.type
class OverrideQuery:
    @strawberry.field(
        description="Exceptions since a day and before another, the newest first: all for those who watch, else your own."
    )
    async def manual_overrides(
        self,
        info: Info,
        since: date,
        until: date,
        kind: OverrideKind | None = None,
        first: int = 50,
        after: str | None = None,
    ) -> ManualOverrideConnection:
        context, size = info.context, page_size(first)
        bureau, period = _asked(context, since, until)
        whose = None if _watches(context, bureau) else context.principal.person_id or ""
        cursor = decode_cursor(after, tuple[datetime, str]) if after else None
        async with context.runtime.db.read(system(bureau)) as conn:
            rows = await overrides.page(conn, bureau, period, kind, whose, cursor, size + 1)
        resources = [_resource(one.bureau_id, one.person_id) for one in rows]
        decisions = POLICY.decide(context.principal, "read", resources)
        seen = [row for row, yes in zip(rows, decisions, strict=True) if yes]
        edges, page_info = paginate(
            seen, size, ManualOverride.of, lambda one: encode_cursor(one.at.isoformat(), one.id)
        )
        return ManualOverrideConnection(edges=edges, page_info=page_info)

    @strawberry.field(description="How often hands took the place of rules in a period; for those who watch.")
    async def manual_override_shares(self, info: Info, since: date, until: date) -> list[ManualOverrideShare]:
        bureau, period = _asked(info.context, since, until)
        if not _watches(info.context, bureau):
            return []
        async with info.context.runtime.db.read(system(bureau)) as conn:
            found = await overrides.shares(conn, bureau, period)
        return [ManualOverrideShare(kind=one.kind, by_hand=one.by_hand, out_of=one.out_of) for one in found]


def _asked(context: Context, since: date, until: date) -> tuple[str, tuple[date, date]]:
    if since >= until:
        raise Invalid("`until` is a later day than `since`; its own day does not count", path=("until",))
    return context.principal.bureau_id or "", (since, until)


def _watches(context: Context, bureau: str) -> bool:
    return POLICY.allows(context.principal, "read", _resource(bureau, None))


def _resource(bureau: str, person_id: str | None) -> Resource:
    return Resource("Override", person_id or bureau, {"bureau": bureau, "person": person_id})
