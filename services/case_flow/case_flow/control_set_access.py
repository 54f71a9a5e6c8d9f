"""A bureau's own controls as the policies see them."""

from plumbline_shared.policy import Resource
from plumbline_shared.use_case import Uow

from case_flow.access import POLICY


def control_set_resource(bureau_id: str, version: int = 0) -> Resource:
    """A version of the bureau's set."""
    return Resource("ControlSet", f"{bureau_id}/{version}", {"bureau": bureau_id})


def require_on_control_set(uow: Uow, action: str) -> str:
    """The bureau of an actor who may do this to its set. Raises NotFound for anybody else."""
    bureau = uow.principal.bureau_id or ""
    POLICY.require(uow.principal, action, control_set_resource(bureau))
    return bureau
