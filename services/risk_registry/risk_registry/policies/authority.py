"""Delegated authority and its uses as the policies see them."""

from plumbline_shared.policy import Resource


def grant_resource(id_: str, bureau_id: str, grantor_unit: str, grantee_unit: str) -> Resource:
    """A grant, with the unit whose authority it is and the unit that it is given to."""
    return Resource(
        "AuthorityGrant", id_, {"bureau": bureau_id, "grantor": grantor_unit, "grantee": grantee_unit}
    )


def use_resource(id_: str, bureau_id: str, person: str, grantor_unit: str, grantee_unit: str) -> Resource:
    """A use of a grant by a person."""
    units = (grantor_unit, grantee_unit)
    return Resource("AuthorityUse", id_, {"bureau": bureau_id, "person": person, "units": units})
