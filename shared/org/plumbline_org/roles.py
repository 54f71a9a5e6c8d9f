"""The role codes of requirements §5.1, and which of them a post gives by itself."""

from enum import StrEnum

from plumbline_org.parts import PostKind, UnitKind


class Role(StrEnum):
    """Who somebody is in the system."""

    BUREAU_HEAD = "BUREAU_HEAD"
    DEPUTY_HEAD = "DEPUTY_HEAD"
    DUTY_DIRECTOR = "DUTY_DIRECTOR"
    DISCIPLINE_LEAD = "DISCIPLINE_LEAD"
    DISCIPLINE_OFFICER = "DISCIPLINE_OFFICER"
    SECTION_CHIEF = "SECTION_CHIEF"
    OFFICE_CHIEF = "OFFICE_CHIEF"
    LEGAL_OFFICER = "LEGAL_OFFICER"
    INTERNAL_AUDITOR = "INTERNAL_AUDITOR"
    WINDOW_CLERK = "WINDOW_CLERK"
    GUIDE = "GUIDE"
    TAX_ADMINISTRATOR = "TAX_ADMINISTRATOR"
    INVESTIGATOR = "INVESTIGATOR"
    REVIEWER = "REVIEWER"
    APPROVER = "APPROVER"
    MATTER_TRACKER = "MATTER_TRACKER"
    INSPECTOR = "INSPECTOR"
    SUPERVISION_MEMBER = "SUPERVISION_MEMBER"
    PANEL_MEMBER = "PANEL_MEMBER"
    SUPERVISION_OFFICE = "SUPERVISION_OFFICE"
    EDUCATION_ADMIN = "EDUCATION_ADMIN"
    HR_OFFICER = "HR_OFFICER"
    HOTLINE_OPERATOR = "HOTLINE_OPERATOR"
    COMPLAINT_HANDLER = "COMPLAINT_HANDLER"
    EXTERNAL_SUPERVISOR = "EXTERNAL_SUPERVISOR"
    PROCURATORATE_LIAISON = "PROCURATORATE_LIAISON"
    UPPER_SUPERVISOR = "UPPER_SUPERVISOR"
    ROLLOUT_ADMIN = "ROLLOUT_ADMIN"
    SYSTEM_OPERATOR = "SYSTEM_OPERATOR"


_GIVEN = {
    PostKind.BUREAU_HEAD: Role.BUREAU_HEAD,
    PostKind.DEPUTY_HEAD: Role.DEPUTY_HEAD,
    PostKind.DISCIPLINE_LEAD: Role.DISCIPLINE_LEAD,
}

BY_POST = frozenset({*_GIVEN.values(), Role.SECTION_CHIEF, Role.OFFICE_CHIEF, Role.DUTY_DIRECTOR})
"""Roles that come from a post or the roster alone; they are not granted by hand."""


def role_of_post(post: PostKind, unit: UnitKind) -> Role | None:
    """The role that holding a post of this rank in this kind of unit gives, if any."""
    if post is PostKind.CHIEF:
        return Role.OFFICE_CHIEF if unit is UnitKind.OFFICE else Role.SECTION_CHIEF
    return _GIVEN.get(post)
