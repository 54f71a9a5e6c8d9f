"""Events out about indicators."""

from datetime import date

from plumbline_contracts.risk_registry.v1 import IndicatorVersionPublished as Published

from risk_registry.domain.indicators import IndicatorVersion


def indicator_published(
    version: IndicatorVersion, effective_from: date, *, retired: bool = False
) -> Published:
    """A version counts from a day on, or with `retired` no version of its code does any more."""
    body = version.body
    return Published(
        indicator_id=version.indicator_id,
        bureau_id=version.bureau_id,
        code=version.code,
        version=version.version,
        title=body.title_zh,
        title_en=body.title_en,
        alert_kind=body.alert_kind,
        phase=f"CONTROL_PHASE_{body.phase}",
        source=body.source,
        condition=body.when,
        facts=[Published.Fact(name=name, type=kind) for name, kind in sorted(body.facts.items())],
        basis=body.basis,
        citation=body.citation,
        effective_from=effective_from.isoformat(),
        retired=retired,
    )
