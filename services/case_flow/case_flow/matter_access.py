"""Matters and items as the policies see them."""

from plumbline_shared.policy import Resource
from plumbline_shared.principal import Principal

from case_flow.access import POLICY
from case_flow.domain.matter import Matter


def matter_resource(matter: Matter) -> Resource:
    """A matter: who had a part in it, its units, its domain, and the queue it waits in."""
    return Resource(
        "Matter",
        matter.id,
        {
            "bureau": matter.bureau_id,
            "people": matter.people,
            "units": matter.units,
            "leads": [f"leads:{unit}" for unit in matter.units],
            "tracks": [f"tracks:{matter.domain}", "tracks:*"],
            "queue": matter.queue_unit,
            "queue_roles": matter.queue_roles,
        },
    )


def item_resource(bureau_id: str, item: str) -> Resource:
    """A service item of a bureau."""
    return Resource("Item", f"{bureau_id}/{item}", {"bureau": bureau_id})


def visible(who: Principal, matters: list[Matter]) -> list[Matter]:
    """Those that Cedar lets `who` read: the second lock on the door that row-level security is."""
    decisions = POLICY.decide(who, "read", [matter_resource(one) for one in matters])
    return [matter for matter, yes in zip(matters, decisions, strict=True) if yes]
