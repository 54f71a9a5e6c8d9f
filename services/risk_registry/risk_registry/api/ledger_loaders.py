"""Rows of the alert ledger, loaded as their reader: row-level security and Cedar both say yes."""

from collections.abc import Sequence

from plumbline_shared.graphql import Context
from plumbline_shared.principal import system

from risk_registry.domain.indicators import IndicatorVersion
from risk_registry.domain.ledger import AlertLine, LedgerRow
from risk_registry.policies import POLICY
from risk_registry.policies.alerts import entry_resource
from risk_registry.storage import indicators
from risk_registry.storage.ledger import lines_of, rows_of


async def row(context: Context, alert_id: str) -> LedgerRow | None:
    """The row of an alert; None when there is none or it is not the reader's to see."""
    return await context.loader(_rows).load(alert_id)


async def lines(context: Context, alert_id: str) -> Sequence[AlertLine]:
    """Who is in a row that was loaded for its reader."""
    return await context.loader(_lines).load(alert_id)


async def indicator(context: Context, version_id: str) -> IndicatorVersion | None:
    """The version that explained an alert, for whoever may read that alert (I-014)."""
    return await context.loader(_indicators).load(version_id)


def allowed(context: Context, rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """Those that Cedar lets the reader see as well."""
    resources = [
        entry_resource(
            each.alert.id, each.alert.bureau_id, each.alert.unit_id, each.seers, each.outcome or ""
        )
        for each in rows
    ]
    decisions = POLICY.decide(context.principal, "read", resources)
    return [each for each, yes in zip(rows, decisions, strict=True) if yes]


async def _rows(context: Context, ids: list[str]) -> list[LedgerRow | None]:
    if context.principal.person_id is None or context.principal.bureau_id is None:
        return [None] * len(ids)
    async with context.read() as conn:
        found = await rows_of(conn, ids)
    seen = {each.alert.id: each for each in allowed(context, list(found.values()))}
    return [seen.get(id_) for id_ in ids]


async def _lines(context: Context, ids: list[str]) -> list[list[AlertLine]]:
    async with context.read() as conn:
        found = await lines_of(conn, ids)
    return [found.get(id_, []) for id_ in ids]


async def _indicators(context: Context, ids: list[str]) -> list[IndicatorVersion | None]:
    bureau = context.principal.bureau_id or ""
    async with context.runtime.db.read(system(bureau)) as conn:
        found = {each.id: each for each in await indicators.versions(conn, bureau, ids=ids)}
    return [found.get(id_) for id_ in ids]
