from dataclasses import replace
from datetime import date

import pytest
from directory.domain.merge import delegation
from directory.domain.parts import Change, Directory
from directory.domain.segregation import OwnAuthority, refuse_own_authority
from plumbline_org.parts import PostKind, RoleGrant, Span
from plumbline_org.testing import linjiang

ORG = linjiang()
KNOWN = Directory(units=ORG.units, posts=ORG.posts, persons=ORG.persons)
ME = "D01.xie-tao"
TODAY = date(2026, 4, 1)


def grant(person_id: str) -> Change:
    one = ORG.persons[person_id]
    return Change(
        replace(one, grants=(*one.grants, RoleGrant("g", one.id, "ROLLOUT_ADMIN", None, None, Span()))), False
    )


OWN = {
    "a role": grant(ME),
    "a post": Change(replace(ORG.persons[ME], assignments=()), False),
    "the rank of my post": Change(replace(ORG.posts["D01.HR.officer"], kind=PostKind.BUREAU_HEAD), False),
    "an authority": Change(delegation("D01.huang-zhen", ME, "BUREAU_HEAD", None, Span(TODAY)), True),
}


@pytest.mark.parametrize("what", OWN)
def test_nobody_changes_their_own(what: str) -> None:
    with pytest.raises(OwnAuthority):
        refuse_own_authority(ME, KNOWN, [OWN[what]])


@pytest.mark.parametrize("what", OWN)
def test_another_administrator_may(what: str) -> None:
    refuse_own_authority("D01.gu-ping", KNOWN, [OWN[what]])
    refuse_own_authority(None, KNOWN, [OWN[what]])


def test_an_own_name_is_no_authority() -> None:
    refuse_own_authority(
        ME, KNOWN, [Change(replace(ORG.persons[ME], name="谢韬"), False), grant("D01.chen-gang")]
    )
