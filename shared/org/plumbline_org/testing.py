"""A small bureau to test with: the cast of the worked scenarios (requirements §7). All names are fictional."""

from collections.abc import Mapping, Sequence
from datetime import date

from plumbline_shared.database import Connection

from plumbline_org.model import Org
from plumbline_org.parts import (
    Assignment,
    AssignmentKind,
    Bureau,
    BureauLevel,
    Person,
    PersonStatus,
    Post,
    PostKind,
    RoleGrant,
    Span,
    StatusSpan,
    Unit,
    UnitKind,
)
from plumbline_org.storage import write

SINCE = date(2025, 1, 1)
ALWAYS = Span(SINCE)

_UNITS = {
    "LEAD": ("head", None, ()),
    "POLICY": ("chief", "deputy-1", ("POLICY",)),
    "LEVY": ("chief", "deputy-1", ("LEVY",)),
    "HALL": ("chief", "deputy-1", ("HALL",)),
    "LEGAL": ("chief", "deputy-2", ("LEGAL",)),
    "OFFICE": ("chief", None, ("GENERAL_OFFICE",)),
    "HR": ("chief", None, ("HR",)),
    "DISC": ("lead", None, ("DISCIPLINE",)),
    **{f"TO-{number}": ("chief", "deputy-2", ()) for number in range(1, 10)},
}
_RANKS = {
    "head": PostKind.BUREAU_HEAD,
    "deputy-1": PostKind.DEPUTY_HEAD,
    "deputy-2": PostKind.DEPUTY_HEAD,
    "lead": PostKind.DISCIPLINE_LEAD,
    "chief": PostKind.CHIEF,
}
_CAST = {
    "huang-zhen": ("黄镇", "LEAD.head", ()),
    "zhou-min": ("周敏", "LEAD.deputy-1", ()),
    "tang-li": ("唐丽", "LEAD.deputy-2", ()),
    "ma-qing": ("马清", "DISC.lead", ()),
    "bai-xue": ("白雪", "DISC.officer", ("DISCIPLINE_OFFICER",)),
    "chen-gang": ("陈刚", "POLICY.chief", ()),
    "lin-jie": ("林杰", "POLICY.reviewer", ("REVIEWER",)),
    "qian-lu": ("钱路", "LEVY.tracker", ("MATTER_TRACKER",)),
    "luo-fang": ("罗芳", "LEGAL.chief", ("LEGAL_OFFICER",)),
    "wu-yan": ("吴燕", "HALL.window-23", ("WINDOW_CLERK",)),
    "sun-hao": ("孙浩", "TO-3.chief", ()),
    "li-wei": ("李伟", "TO-3.investigator-1", ("INVESTIGATOR",)),
    "zhao-qiang": ("赵强", "TO-3.investigator-2", ("INVESTIGATOR",)),
    "pan-yu": ("潘宇", "TO-5.chief", ()),
    "he-jun": ("何军", "TO-5.administrator", ("TAX_ADMINISTRATOR",)),
    "wu-bin": ("吴斌", "TO-7.administrator", ("TAX_ADMINISTRATOR",)),
    "gu-ping": ("顾平", "OFFICE.supervision", ("SUPERVISION_OFFICE",)),
    "deng-yi": ("邓怡", "OFFICE.education", ("EDUCATION_ADMIN",)),
    "xie-tao": ("谢涛", "HR.officer", ("HR_OFFICER",)),
    "operator-07": ("热线07", "OFFICE.hotline", ("HOTLINE_OPERATOR",)),
    "fan-ke": ("范珂", "OFFICE.complaints", ("COMPLAINT_HANDLER",)),
}


def linjiang(bureau_id: str = "D01", upper: Org | None = None) -> Org:
    """Linjiang District Tax Bureau: sections, offices TO-1…9 and the cast, all since 2025-01-01."""
    bureau = Bureau(bureau_id, "临江区税务局", BureauLevel.DISTRICT, upper.bureau.id if upper else None)
    units = {unit.id: unit for unit in (_unit(bureau_id, code) for code in _UNITS)}
    posts = {
        post.id: post for _name, post_id, _roles in _CAST.values() for post in [_post(bureau_id, post_id)]
    }
    persons = {one.id: one for one in (person(bureau_id, code, *who) for code, who in _CAST.items())}
    return Org(bureau, units, posts, persons, upper=upper)


def city(bureau_id: str = "C01") -> Org:
    """A bureau one level up with a head and a discipline lead."""
    unit = Unit(f"{bureau_id}.LEAD", bureau_id, "局领导", UnitKind.LEADERSHIP)
    posts = {post.id: post for post in (_post(bureau_id, "LEAD.head"), _post(bureau_id, "LEAD.lead"))}
    persons = {
        one.id: one
        for one in (
            person(bureau_id, "city-head", "市局长", "LEAD.head"),
            person(bureau_id, "city-lead", "市纪检组长", "LEAD.lead"),
        )
    }
    return Org(Bureau(bureau_id, "市税务局", BureauLevel.CITY), {unit.id: unit}, posts, persons)


def person(
    bureau_id: str,
    code: str,
    name: str,
    post: str,
    roles: Sequence[str] = (),
    *,
    kind: AssignmentKind = AssignmentKind.PERMANENT,
    span: Span = ALWAYS,
    statuses: Sequence[StatusSpan] = (),
) -> Person:
    """A person on one post `UNIT.post` with roles for the whole bureau."""
    person_id, post_id = f"{bureau_id}.{code}", f"{bureau_id}.{post}"
    unit_id = post_id.rpartition(".")[0]
    return Person(
        id=person_id,
        bureau_id=bureau_id,
        name=name,
        enforcement_qualified=True,
        statuses=tuple(statuses) or (StatusSpan(PersonStatus.ACTIVE, Span()),),
        assignments=(Assignment(f"{person_id}/1", person_id, post_id, unit_id, kind, span),),
        grants=tuple(RoleGrant(f"{person_id}/{role}", person_id, role, None, None, ALWAYS) for role in roles),
    )


def _unit(bureau_id: str, code: str) -> Unit:
    head, deputy, functions = _UNITS[code]
    kinds: Mapping[str, UnitKind] = {"LEAD": UnitKind.LEADERSHIP, "HALL": UnitKind.HALL}
    return Unit(
        id=f"{bureau_id}.{code}",
        bureau_id=bureau_id,
        name=code,
        kind=UnitKind.OFFICE if code.startswith("TO-") else kinds.get(code, UnitKind.SECTION),
        functions=frozenset(functions),
        head_post_id=f"{bureau_id}.{code}.{head}",
        deputy_in_charge_post_id=f"{bureau_id}.LEAD.{deputy}" if deputy else None,
        span=ALWAYS,
    )


def _post(bureau_id: str, post: str) -> Post:
    unit, _, name = post.partition(".")
    rank = _RANKS.get(name, PostKind.OFFICER)
    return Post(f"{bureau_id}.{post}", bureau_id, f"{bureau_id}.{unit}", name, rank, span=ALWAYS)


async def seed_replica(conn: Connection, *orgs: Org) -> None:
    """Write whole bureaus into a service's replica, as the directory's events would."""
    for org in orgs:
        await write.put_bureau(conn, org.bureau)
        for unit in org.units.values():
            await write.put_unit(conn, unit)
        for post in org.posts.values():
            await write.put_post(conn, post)
        for one in org.persons.values():
            await write.put_person(conn, one)
        for delegation in org.delegations:
            await write.put_delegation(conn, org.bureau.id, delegation)
        await write.put_roster(conn, f"{org.bureau.id}/all", org.bureau.id, org.duties)
