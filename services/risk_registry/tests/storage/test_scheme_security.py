"""Who may keep a scheme in the database is who Cedar lets keep one; a version stays in its bureau."""

from uuid import uuid4

import asyncpg
from hypothesis import HealthCheck, given, settings
from plumbline_shared.principal import Principal, system
from plumbline_shared.runtime import Runtime
from plumbline_shared.testing.plugin import START
from plumbline_shared.testing.policy import principals
from risk_registry.domain.anchors import Anchor, Factor
from risk_registry.domain.grading import Method, Scheme
from risk_registry.policies import POLICY, register_resource
from risk_registry.storage.anchors import add_anchors
from risk_registry.storage.schemes import add_adoption, add_scheme, schemes

WHO = principals(
    people=["D01.a"],
    roles=["BUREAU_HEAD", "DISCIPLINE_LEAD", "DISCIPLINE_OFFICER", "SECTION_CHIEF"],
    bureaus=("D01", "D01", "D02"),
)
DAY = START.date()


async def writes(runtime: Runtime, who: Principal, version: str) -> bool:
    try:
        async with runtime.db.transaction(who) as conn:
            await add_scheme(conn, "D01", Scheme(version, Method.MAX, 3, 4, 5, "C-04"), DAY, "D01.a")
            await add_anchors(conn, version, [Anchor(Factor.SEVERITY, 1, "轻", "minor", "C-04")])
            await add_adoption(conn, "D01", version, DAY, "D01.a", START)
    except asyncpg.InsufficientPrivilegeError:
        return False
    return True


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=WHO)
async def test_rows_and_cedar_agree_on_who_keeps_a_scheme(runtime: Runtime, who: Principal) -> None:
    allowed = POLICY.allows(who, "keep_scheme", register_resource("D01"))
    assert await writes(runtime, who, f"D01.{uuid4().hex}") == allowed


async def test_a_version_is_its_bureaus_alone(runtime: Runtime) -> None:
    version = f"D01.{uuid4().hex}"
    assert await writes(runtime, system("D01"), version)
    async with runtime.db.read(system("D02")) as conn:
        assert version not in {each.version for each in await schemes(conn)}
