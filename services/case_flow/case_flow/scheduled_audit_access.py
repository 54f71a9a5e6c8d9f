"""Audits that come round, as the policies see them."""

from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY
from case_flow.domain.scheduled_audit import ScheduledAudit


def audit_resource(one: ScheduledAudit) -> Resource:
    """An audit: its team, and who opened it."""
    attributes = {"bureau": one.bureau_id, "team": list(one.team), "opener": one.opened_by}
    return Resource("ScheduledAudit", one.id, attributes)


def require_on_audits(uow: Uow, action: str) -> str:
    """The bureau of an actor who may do this to its audits. Raises NotFound for anybody else."""
    bureau = uow.principal.bureau_id or ""
    resource = Resource("ScheduledAudit", bureau, {"bureau": bureau, "team": [], "opener": ""})
    POLICY.require(uow.principal, action, resource)
    return bureau


def require_on_audit(uow: Uow, action: str, one: ScheduledAudit) -> None:
    """Raise NotFound unless the actor may do this to the audit."""
    POLICY.require(uow.principal, action, audit_resource(one))
