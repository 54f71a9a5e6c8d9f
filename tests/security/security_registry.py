"""The register: who reads a point, who takes a register over, who opens, votes in and closes a review."""

import base64
from datetime import UTC, date, datetime

from plumbline_org.grades import RiskGrade
from plumbline_shared.principal import system
from risk_registry.storage.signals import add_signal
from risk_registry.testing import declaring, description, put_point, row, sheet
from security_assessment import assessment
from security_cast import ORGS
from security_indicators import indicators
from security_power import power
from security_rules import rules
from security_selection import selection
from security_world import World

POINT = "D01.RP-PENALTY-TIER-01"
PANEL = ("huang-zhen", "zhou-min", "ma-qing", "luo-fang", "panelist", "chen-gang")


async def play(world: World) -> None:
    """A point of TO-5 whose process POLICY owns, under a sealed signal; its review from opening to its end."""
    await world.open(*ORGS.values())
    await register(world)
    async with world.runtime.db.transaction(system("D01")) as conn:
        text = description(["D01.TO-5.administrator"], "D01.POLICY")
        await put_point(
            conn,
            "RP-PENALTY-TIER-01",
            RiskGrade.LOW,
            text,
            date(2026, 1, 1),
            datetime(2026, 1, 1, tzinfo=UTC),
        )
        await add_signal(conn, "sg_1", POINT, "D01", date(2026, 3, 20))
    world.made["RiskPoint"] = POINT
    world.made["ProgrammeDashboard"] = "D01:2026"
    await review(world)
    await assessment(world)
    await rules(world)
    await power(world)
    await selection(world)
    await indicators(world)


async def register(world: World) -> None:
    rows = [row(code="RP-NEW-1")]
    content = base64.b64encode(sheet(rows, declaring(rows))).decode()
    file = {"file": {"name": "register.csv", "contentBase64": content}, "effectiveFrom": "2026-04-01"}
    # R1 and R4 propose for the whole bureau, each in their own; C01 has no such post, so its file has bad cells.
    keepers = {"huang-zhen", "ma-qing", "D02.huang-zhen", "D02.ma-qing", "C01.city-head", "C01.city-lead"}
    no_post = {"C01.city-head": "BAD_CELLS", "C01.city-lead": "BAD_CELLS"}
    await world.everybody("importRegister", file, allowed=keepers, but=no_post)
    # Rules & forms: R1 approves, each head for the own bureau.
    heads = {"huang-zhen", "D02.huang-zhen", "C01.city-head"}
    profile = {"profile": "NATIONAL", "effectiveFrom": "2026-05-01"}
    await world.everybody("chooseDisplayProfile", profile, allowed=heads)


async def review(world: World) -> None:
    members = [f"D01.{name}" for name in PANEL]
    # Grade vote: R1 chairs; the discipline lead does where the head may not (C-05).
    chair = {"huang-zhen", "ma-qing"}
    wanted = {"pointId": POINT, "members": members}
    opened = await world.step(
        "huang-zhen", "openGradingReview", wanted, "gradingReview { id }", allowed=chair
    )
    world.made["GradingReview"] = identifier = opened["gradingReview"]["id"]
    # R1 chair, R2 R4 R8 R18 vote, R6 when owner: those of them who sit on the panel, once.
    ballot = {"reviewId": identifier, "grade": "HIGH"}
    for done, name in enumerate(PANEL[:5]):
        waiting = set(PANEL[done:])
        also = {"ALREADY_VOTED"}
        await world.everybody("castGradeVote", ballot, allowed=waiting, also=also)
        await world.do(name, "castGradeVote", ballot)
    end = {"reviewId": identifier, "effectiveFrom": "2026-04-06"}
    await world.everybody("closeGradingReview", end, allowed=chair)
