from datetime import date

import pytest
from directory.domain.segregation import OwnAuthority
from directory.use_cases.change_assignment import AssignmentOverlaps, ChangeAssignment, change_assignment
from directory.use_cases.delegate import AuthorityNotHeld, Delegate, delegate
from directory.use_cases.grant_role import GrantRole, RoleComesWithPost, grant_role
from directory.use_cases.set_duty_roster import DutyDay, NotALeader, SetDutyRoster, set_duty_roster
from plumbline_org.parts import AssignmentKind
from plumbline_org.roles import Role
from plumbline_org.storage.load import load_org
from plumbline_shared.errors import Invalid, NotFound
from plumbline_shared.principal import Principal, system

HR = Principal("person", "D01.xie-tao", "D01", frozenset({"HR_OFFICER"}))
CHEN = Principal("person", "D01.chen-gang", "D01", frozenset({"SECTION_CHIEF"}))
LIN = Principal("person", "D01.lin-jie", "D01")
MAY = date(2026, 5, 1)


async def org_of(directory):
    async with directory.db.read(system()) as conn:
        return await load_org(conn, "D01")


def to_office(person: str = "D01.chen-gang", **more) -> ChangeAssignment:
    return ChangeAssignment(person_id=person, post_id="D01.TO-3.chief", effective_from=MAY, **more)


async def test_a_new_permanent_post_ends_the_old_one_the_day_before(directory) -> None:
    await directory.execute(HR, change_assignment, to_office())
    org = await org_of(directory)
    assert org.posts_of("D01.chen-gang", date(2026, 4, 30)) == ("D01.POLICY.chief",)
    assert org.posts_of("D01.chen-gang", MAY) == ("D01.TO-3.chief",)
    assert org.roles_of("D01.chen-gang", MAY) == {"OFFICE_CHIEF"}


async def test_the_same_change_again_publishes_nothing(directory, sent) -> None:
    await directory.execute(HR, change_assignment, to_office())
    before = await sent()
    await directory.execute(HR, change_assignment, to_office())
    assert await sent() == before


async def test_a_secondment_rests_the_post_and_gives_it_back(directory) -> None:
    june = date(2026, 6, 1)
    await directory.execute(
        HR, change_assignment, to_office(kind=AssignmentKind.SECONDMENT, effective_to=june)
    )
    org = await org_of(directory)
    assert org.chief_of("D01.TO-3", MAY) == "D01.chen-gang"
    assert org.chief_of("D01.POLICY", MAY) is None
    assert org.chief_of("D01.POLICY", june) == "D01.chen-gang"


async def test_a_post_before_a_later_one_is_refused(directory, sent) -> None:
    await directory.execute(HR, change_assignment, to_office())
    before = await sent()
    early = ChangeAssignment(
        person_id="D01.chen-gang", post_id="D01.POLICY.hr", effective_from=date(2026, 4, 10)
    )
    with pytest.raises(AssignmentOverlaps):
        await directory.execute(HR, change_assignment, early)
    assert await sent() == before


ASSIGNMENTS = [
    (LIN, to_office(), NotFound),
    (HR, to_office("D01.nobody"), NotFound),
    (HR, to_office("D02.chen-gang"), NotFound),
    (HR, to_office("D01.xie-tao"), OwnAuthority),
    (HR, to_office(effective_to=MAY), Invalid),
    (HR, ChangeAssignment(person_id="D01.chen-gang", post_id="C01.x", effective_from=MAY), NotFound),
]


async def test_an_assignment_that_is_not_theirs_to_make(directory, sent) -> None:
    before = await sent()
    for who, command, error in ASSIGNMENTS:
        with pytest.raises(error):
            await directory.execute(who, change_assignment, command)
    assert await sent() == before


async def test_a_role_is_granted_and_ended(directory) -> None:
    grant = GrantRole(person_id="D01.lin-jie", role=Role.MATTER_TRACKER, domain="RELIEF", effective_from=MAY)
    await directory.execute(HR, grant_role, grant)
    assert "MATTER_TRACKER" in (await org_of(directory)).roles_of("D01.lin-jie", date(2026, 7, 1))
    ended = GrantRole(
        person_id="D01.lin-jie",
        role=Role.MATTER_TRACKER,
        domain="RELIEF",
        effective_from=MAY,
        effective_to=date(2026, 6, 1),
    )
    await directory.execute(HR, grant_role, ended)
    org = await org_of(directory)
    assert "MATTER_TRACKER" in org.roles_of("D01.lin-jie", MAY)
    assert "MATTER_TRACKER" not in org.roles_of("D01.lin-jie", date(2026, 6, 1))


async def test_nobody_grants_a_role_to_themselves_or_one_that_comes_with_a_post(directory) -> None:
    own = GrantRole(person_id="D01.xie-tao", role=Role.ROLLOUT_ADMIN, effective_from=MAY)
    with pytest.raises(OwnAuthority):
        await directory.execute(HR, grant_role, own)
    head = GrantRole(person_id="D01.lin-jie", role=Role.BUREAU_HEAD, effective_from=MAY)
    with pytest.raises(RoleComesWithPost):
        await directory.execute(HR, grant_role, head)


async def test_a_roster_replaces_its_month(directory) -> None:
    duties = (DutyDay(MAY, "D01.huang-zhen"), DutyDay(MAY, "D01.zhou-min", 2))
    await directory.execute(HR, set_duty_roster, SetDutyRoster("D01", "2026-05", duties))
    assert (await org_of(directory)).duty_directors(MAY) == ("D01.huang-zhen", "D01.zhou-min")
    await directory.execute(HR, set_duty_roster, SetDutyRoster("D01", "2026-05", duties[1:]))
    assert (await org_of(directory)).duty_directors(MAY) == ("D01.zhou-min",)
    assert (await org_of(directory)).duty_director(date(2026, 4, 1)) == "D01.zhou-min"


ROSTERS = [
    ((DutyDay(MAY, "D01.lin-jie"),), NotALeader),
    ((DutyDay(MAY, "D02.head"),), NotFound),
    ((DutyDay(date(2026, 6, 1), "D01.zhou-min"),), Invalid),
    ((DutyDay(MAY, "D01.zhou-min"), DutyDay(MAY, "D01.huang-zhen")), Invalid),
]


async def test_a_roster_that_cannot_be_is_refused(directory, sent) -> None:
    before = await sent()
    for duties, error in ROSTERS:
        with pytest.raises(error):
            await directory.execute(HR, set_duty_roster, SetDutyRoster("D01", "2026-05", duties))
    assert await sent() == before


def acting(**more) -> Delegate:
    plain = {"grantor_id": "D01.chen-gang", "delegate_id": "D01.lin-jie", "authority": Role.SECTION_CHIEF}
    return Delegate(**{**plain, "effective_from": date(2026, 6, 1), **more})


async def test_an_officer_delegates_the_own_authority_and_takes_it_back(directory) -> None:
    await directory.execute(CHEN, delegate, acting())
    june = date(2026, 6, 1)
    assert ("SECTION_CHIEF", "D01.POLICY") in (await org_of(directory)).role_units_of("D01.lin-jie", june)
    await directory.execute(CHEN, delegate, acting(revoked=True))
    assert "SECTION_CHIEF" not in (await org_of(directory)).roles_of("D01.lin-jie", june)


DELEGATIONS = [
    (LIN, acting(delegate_id="D01.huang-zhen"), NotFound),
    (CHEN, acting(authority=Role.DEPUTY_HEAD), AuthorityNotHeld),
    (CHEN, acting(delegate_id="D01.chen-gang"), Invalid),
    (CHEN, acting(delegate_id="D01.nobody"), NotFound),
    (HR, acting(delegate_id="D01.xie-tao"), OwnAuthority),
    (Principal("person", "D02.chen-gang", "D02"), acting(), NotFound),
]


async def test_a_delegation_that_is_not_theirs_to_make(directory, sent) -> None:
    before = await sent()
    for who, command, error in DELEGATIONS:
        with pytest.raises(error):
            await directory.execute(who, delegate, command)
    assert await sent() == before


async def test_what_was_delegated_is_not_passed_on(directory) -> None:
    await directory.execute(CHEN, delegate, acting())
    onward = acting(grantor_id="D01.lin-jie", delegate_id="D01.zhou-min")
    with pytest.raises(AuthorityNotHeld):
        await directory.execute(LIN, delegate, onward)
