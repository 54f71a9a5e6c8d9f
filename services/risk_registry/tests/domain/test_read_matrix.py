"""Column "Risk register read" of the role matrix (requirements §5.3), row by row: O own posts, U unit, D domain, B bureau."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plumbline_org.model import Org
from plumbline_org.parts import RoleGrant, Span
from plumbline_org.principal import principal_of
from plumbline_org.roles import Role
from plumbline_org.testing import ALWAYS, city, linjiang, person
from plumbline_shared.principal import Principal
from risk_registry.domain.points import Description, Origin
from risk_registry.domain.register import PointOnDay
from risk_registry.domain.standing import PointState
from risk_registry.domain.topics import TOPIC_ROLES, dossier_of, topics_of
from risk_registry.domain.visibility import reader
from risk_registry.policies import POLICY, point_resource, register_resource
from risk_registry.testing import description

DAY = date(2026, 4, 1)
OWN = description(["D01.OFFICE.desk"], process="STAMPS")
RELIEF = description(["D01.TO-5.administrator"], process="RELIEF-APPROVAL")
OTHER = description(["D01.TO-5.administrator"], process="CANCEL-CLEARANCE")
READS = {
    # R5, R8, R9: B.
    Role.DISCIPLINE_OFFICER: "O D B", Role.LEGAL_OFFICER: "O D B", Role.INTERNAL_AUDITOR: "O D B",
    # R10 to R13: O.
    Role.WINDOW_CLERK: "O", Role.GUIDE: "O", Role.TAX_ADMINISTRATOR: "O", Role.INVESTIGATOR: "O",
    # R14: O, D. R15: D. R17: topic. R23: D. Each holds a post as well (R24: O).
    Role.REVIEWER: "O D", Role.APPROVER: "O D", Role.MATTER_TRACKER: "O D", Role.SUPERVISION_MEMBER: "O D",
    Role.COMPLAINT_HANDLER: "O D",
    # R16: the scope of a run, which the register does not know. R18: the dossier alone. R19: counts.
    Role.INSPECTOR: "O", Role.PANEL_MEMBER: "O", Role.SUPERVISION_OFFICE: "O",
    # R20: post and grade only. R21: posts, tenure. R22, R25, R28, R31: nothing of a point beside their own.
    Role.EDUCATION_ADMIN: "O", Role.HR_OFFICER: "O", Role.HOTLINE_OPERATOR: "O", Role.EXTERNAL_SUPERVISOR: "O",
    Role.PROCURATORATE_LIAISON: "O", Role.SYSTEM_OPERATOR: "O",
    # R29, R30: of the bureaus below, counts.
    Role.UPPER_SUPERVISOR: "O", Role.ROLLOUT_ADMIN: "O",
}  # fmt: skip
POST_GRADES = {
    Role.DISCIPLINE_OFFICER, Role.LEGAL_OFFICER, Role.INTERNAL_AUDITOR, Role.EDUCATION_ADMIN, Role.HR_OFFICER
}  # fmt: skip


def bureau(role: str, domain: str | None, span: Span = ALWAYS) -> Org:
    """The small bureau with one officer more, who has one role."""
    org = linjiang(upper=city())
    officer = replace(
        person("D01", "new", "新人", "OFFICE.desk"),
        grants=(RoleGrant("g", "D01.new", role, None, domain, span),),
    )
    return replace(org, persons={**org.persons, "D01.new": officer})


def point(text: Description) -> PointOnDay:
    return PointOnDay("D01.RP-1", "D01", "RP-1", Origin.REGISTER, PointState.ACTIVE, None, DAY, DAY, text)


def reads(org: Org, text: Description, *days: date, scopes: frozenset[str] = frozenset()) -> bool:
    who = reader(principal_of(org, "D01.new", DAY, scopes), org, days or (DAY,))
    return POLICY.allows(who, "read", point_resource(point(text)))


@pytest.mark.parametrize("role", READS)
def test_each_role_reads_what_its_row_says(role: Role) -> None:
    org = bureau(role, "RELIEF")
    seen = {"O": reads(org, OWN), "D": reads(org, RELIEF), "B": reads(org, OTHER)}
    assert " ".join(letter for letter, yes in seen.items() if yes) == READS[role]
    who = principal_of(org, "D01.new", DAY)
    assert POLICY.allows(who, "read_post_grades", register_resource("D01")) is (role in POST_GRADES)


def test_every_role_of_the_matrix_that_can_be_granted_has_a_row() -> None:
    by_post = {
        Role.BUREAU_HEAD,
        Role.DEPUTY_HEAD,
        Role.DISCIPLINE_LEAD,
        Role.SECTION_CHIEF,
        Role.OFFICE_CHIEF,
    }
    assert set(READS) | by_post | {Role.DUTY_DIRECTOR} == set(Role)


@pytest.mark.parametrize("role", sorted(TOPIC_ROLES))
def test_a_role_for_everything_opens_no_topic_and_a_domain_ends_with_its_grant(role: Role) -> None:
    assert not reads(bureau(role, None), RELIEF)
    ended = bureau(role, "RELIEF", Span(None, DAY - timedelta(days=30)))
    assert not reads(ended, RELIEF)
    assert reads(ended, RELIEF, DAY, DAY - timedelta(days=31))


@pytest.mark.parametrize("scope", ["topic:RELIEF", "topic:RELIEF-APPROVAL", dossier_of("D01.RP-1")])
def test_a_token_that_brings_a_topic_or_a_dossier_loses_it(scope: str) -> None:
    org = bureau(Role.WINDOW_CLERK, None)
    assert not reads(org, RELIEF, scopes=frozenset({scope}))
    assert reader(principal_of(org, "D01.new", DAY, frozenset({"x"})), org, [DAY]).scopes == {"x"}


def test_a_panel_reads_its_dossier_and_proposes_nothing() -> None:
    who = Principal("person", "D01.new", "D01", scopes=frozenset({dossier_of("D01.RP-1")}))
    resource = point_resource(point(RELIEF))
    assert POLICY.allows(who, "read", resource)
    assert not POLICY.allows(who, "propose_grade", resource)
    other = replace(point(RELIEF), id="D01.RP-11")
    assert not POLICY.allows(who, "read", point_resource(other))


WORDS = st.lists(st.sampled_from(["RELIEF", "APPROVAL", "税务登记", "A"]), min_size=1, max_size=4)


@given(WORDS, WORDS)
def test_a_family_is_the_first_words_of_a_code(domain: list[str], process: list[str]) -> None:
    opened = "topic:" + "-".join(domain) in topics_of("-".join(process))
    assert opened is (process[: len(domain)] == domain)
    assert topics_of("") == ()
