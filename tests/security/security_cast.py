"""Everybody who ever asks: one person at least for every role of §5.1, a bureau beside, one above, programs, nobody."""

from collections.abc import Mapping
from dataclasses import replace

from plumbline_org.model import Org
from plumbline_org.parts import PersonStatus, Post, Span, StatusSpan
from plumbline_org.roles import BY_POST, Role
from plumbline_org.testing import ALWAYS, city, linjiang, person
from plumbline_shared.auth import ANONYMOUS_CLAIMS, Claims

GRANTED = tuple(sorted(set(Role) - BY_POST))
"""Every role that can be granted by hand."""

# Who holds the roles that the cast of the scenarios leaves open (requirements §5.1), by post.
_MORE = {
    "duty": ("LEAD.duty", ("DUTY_DIRECTOR",)),
    "legal-clerk": ("LEGAL.clerk", ("LEGAL_OFFICER",)),
    "auditor": ("OFFICE.audit", ("INTERNAL_AUDITOR",)),
    "guide": ("HALL.guide", ("GUIDE",)),
    "approver": ("POLICY.approver", ("APPROVER",)),
    "inspector": ("OFFICE.inspector", ("INSPECTOR",)),
    "inspector-2": ("OFFICE.inspector-2", ("INSPECTOR",)),
    "supervisor": ("OFFICE.supervisor", ("SUPERVISION_MEMBER",)),
    "panelist": ("OFFICE.panel", ("PANEL_MEMBER",)),
    "supervision-2": ("OFFICE.supervision-2", ("SUPERVISION_OFFICE",)),
    "visitor": ("OFFICE.visitor", ("EXTERNAL_SUPERVISOR",)),
    "prosecutor": ("OFFICE.liaison", ("PROCURATORATE_LIAISON",)),
    "technician": ("OFFICE.technician", ("SYSTEM_OPERATOR",)),
}
LEFT = (StatusSpan(PersonStatus.LEFT, Span()),)

CITY = "C01"
PROGRAMS = {
    # R26 and R27 have no account: they come through a program, or as nobody.
    "taxpayers-portal": frozenset[str](),
    "hotline": frozenset({"complaints:intake"}),
    "loader": frozenset({"directory:import"}),
    "hall-queue": frozenset({"hall:queue"}),
    "assessments": frozenset({"assessments:import"}),
    "school": frozenset({"authority:use"}),
    "core-tax": frozenset({"decisions:report"}),
}


def _with(org: Org, more: Mapping[str, tuple[str, tuple[str, ...]]]) -> Org:
    bureau = org.bureau.id
    posts = {f"{bureau}.{post}": _post(bureau, post) for post, _roles in more.values()}
    people = {
        f"{bureau}.{code}": person(bureau, code, code, post, roles) for code, (post, roles) in more.items()
    }
    return replace(org, posts={**posts, **org.posts}, persons={**org.persons, **people})


def _post(bureau: str, post: str) -> Post:
    return Post(f"{bureau}.{post}", bureau, f"{bureau}.{post.partition('.')[0]}", post, span=ALWAYS)


def _orgs() -> dict[str, Org]:
    above = _with(
        city(), {"upper": ("LEAD.upper", ("UPPER_SUPERVISOR",)), "rollout": ("LEAD.it", ("ROLLOUT_ADMIN",))}
    )
    here = _with(linjiang("D01", above), {**_MORE, "left": ("LEGAL.old", GRANTED)})
    gone = replace(here.persons["D01.left"], statuses=LEFT)
    beside = _with(linjiang("D02", above), {"all": ("POLICY.all", GRANTED)})
    return {
        CITY: above,
        "D01": replace(here, persons={**here.persons, "D01.left": gone}),
        "D02": beside,
    }


ORGS = _orgs()
"""D01 where everything happens, D02 beside it, C01 above both."""

PEOPLE = tuple(one.removeprefix("D01.") for one in ORGS["D01"].persons if one != "D01.left")
"""Everybody who serves in D01, by short name."""

_BESIDE = ("huang-zhen", "ma-qing", "zhou-min", "chen-gang", "lin-jie", "all")


def _viewers() -> dict[str, Claims]:
    officers = {name: _officer(f"D01.{name}") for name in (*PEOPLE, "left")}
    beside = {f"D02.{name}": _officer(f"D02.{name}") for name in _BESIDE}
    above = {one: _officer(one) for one in ORGS[CITY].persons}
    programs = {name: Claims(name, "D01", "client", scopes) for name, scopes in PROGRAMS.items()}
    # A token of D01 for a person of D02, and one for somebody whom no bureau knows.
    forged = {"forged": Claims("D02.all", "D01", "person"), "unknown": Claims("D01.nobody", "D01", "person")}
    return {**officers, **beside, **above, **programs, **forged, "anonymous": ANONYMOUS_CLAIMS}


def _officer(person_id: str) -> Claims:
    return Claims(person_id, person_id.partition(".")[0], "person")


VIEWERS: Mapping[str, Claims] = _viewers()
"""By the name that the tables use: the short name of an officer of D01, the whole id of any other."""
