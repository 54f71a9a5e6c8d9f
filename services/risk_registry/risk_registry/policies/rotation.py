"""Rotations and declared kin as the policies see them."""

from plumbline_shared.policy import Resource


def rotation_resource(id_: str, bureau_id: str, person: str = "", unit: str = "") -> Resource:
    """One person's holding of a post; without a person the rotations of the bureau as a whole."""
    return Resource("Rotation", id_, {"bureau": bureau_id, "person": person, "unit": unit})


def kin_resource(id_: str, bureau_id: str, person: str = "") -> Resource:
    """A declaration of `person`, or what follows from one."""
    return Resource("Kin", id_, {"bureau": bureau_id, "person": person})


def audit_resource(id_: str, bureau_id: str) -> Resource:
    """The special audit of an extension."""
    return Resource("RotationAudit", id_, {"bureau": bureau_id})
