"""Matters and items as the policies see them."""

from dataclasses import replace

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


def allowed(who: Principal, action: str, matter: Matter) -> bool:
    """Whether Cedar lets `who` do it, by one of the open steps."""
    return any(POLICY.decide(who, action, _resources(matter)))


def _resources(matter: Matter) -> list[Resource]:
    """The matter as seen from each of its open steps: each branch waits in a queue of its own."""
    others = [(f"{matter.id}/{one.step}", matter.focused(one.step)) for one in matter.others]
    return [matter_resource(matter), *(replace(matter_resource(one), id=key) for key, one in others)]


def item_resource(bureau_id: str, item: str) -> Resource:
    """A service item of a bureau."""
    return Resource("Item", f"{bureau_id}/{item}", {"bureau": bureau_id})


def visible(who: Principal, matters: list[Matter]) -> list[Matter]:
    """Those that Cedar lets `who` read: the second lock on the door that row-level security is."""
    resources = [(matter, each) for matter in matters for each in _resources(matter)]
    decisions = POLICY.decide(who, "read", [each for _, each in resources])
    seen = {matter.id for (matter, _), yes in zip(resources, decisions, strict=True) if yes}
    return [matter for matter in matters if matter.id in seen]
