"""Who reads the figures of a bureau's items, and how much of them."""

from plumbline_org.model import Org
from plumbline_org.programme import above
from plumbline_shared.policy import Resource, absent
from plumbline_shared.principal import Principal

from case_flow.access import POLICY
from case_flow.storage.migration import Batch


def measured_resource(org: Org) -> Resource:
    """The items of a bureau, with the bureaus above it."""
    bureau = org.bureau.id
    return Resource("Item", f"{bureau}/*", {"bureau": bureau, "upper": above(org)})


def require_measure(who: Principal, org: Org) -> bool:
    """Whether `who` reads every figure; False with small counts hidden. Raises NotFound for everybody else."""
    resource = measured_resource(org)
    if POLICY.allows(who, "measure", resource):
        return True
    if POLICY.allows(who, "measure_suppressed", resource):
        return False
    raise absent("bureau")


def migration_resource(batch: Batch) -> Resource:
    """A batch that takes matters to another version."""
    return Resource("MatterMigration", batch.id, {"bureau": batch.bureau_id})
