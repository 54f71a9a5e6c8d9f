"""The last look: one query through four services and the directory, and nothing set aside anywhere."""

from collections.abc import Iterator, Mapping
from typing import Any

import asyncpg
from plumbline_shared.testing.postgres import PostgresServer

from plumbline_local.demo.world import Step, World, step
from plumbline_local.environment import roles_of
from plumbline_local.layout import SERVICES

JOINED = """
query Joined {
  unitScore(unitId: "D01.POLICY", year: 2026) {
    unit { id name nameEn }
    total
    entries {
      points rule { code }
      incident {
        kind occurredOn lateWorkingDays
        riskPoint {
          code title grade
          holders(asOf: "2026-05-01") { id name nameEn }
          lessons { kind status dueOn person { id nameEn } curriculum { titleEn } }
        }
      }
    }
  }
}
"""
SET_ASIDE = "select (select count(*) from dead_event) + (select count(*) from dead_timer)"


class Closing:
    """What holds the whole demonstration together."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._expect = world.expect.equal

    def steps(self) -> Iterator[Step]:
        yield step("2026-07-31 18:00", "One query joins four services and the directory", self.join)
        yield step("2026-10-13 18:10", "Nothing was set aside", self.nothing_set_aside)

    async def join(self) -> None:
        score = (await self._world.people("huang-zhen").ask(JOINED))["unitScore"]
        entry = next(one for one in score["entries"] if one["incident"])
        point = entry["incident"]["riskPoint"]
        self._expect("join.unit", "directory: the unit's name", "Tax policy section", score["unit"]["nameEn"])
        self._expect(
            "join.entry",
            "performance: rule and points",
            ["SR-01", "-2.0"],
            [entry["rule"]["code"], f"{float(entry['points']):.1f}"],
        )
        self._expect(
            "join.incident",
            "case flow: the incident behind it",
            "TIME_LIMIT_MISSED",
            entry["incident"]["kind"],
        )
        self._expect("join.point", "risk registry: its risk point", "RP-RELIEF-TIME-02", point["code"])
        self._expect(
            "join.holders",
            "the holders on that date",
            ["Lin Jie"],
            [one["nameEn"] for one in point["holders"]],
        )
        lessons = {(one["person"]["nameEn"], one["status"]) for one in point["lessons"]}
        expected = {("Lin Jie", "COMPLETED"), ("Sun Hao", "COMPLETED"), ("Chen Gang", "COMPLETED")}
        self._expect("join.lessons", "education: the lessons it led to", expected, lessons)
        self._world.trees.append(tree(score))

    async def nothing_set_aside(self) -> None:
        server = PostgresServer(
            self._world.layout.data / "postgres",
            self._world.layout.port("postgres"),
            password=self._world.credentials.postgres,
        )
        found: dict[str, int] = {}
        for service in SERVICES:
            conn = await asyncpg.connect(roles_of(self._world.credentials)[service].urls(server, service).app)
            found[service] = await conn.fetchval(SET_ASIDE)
            await conn.close()
        self._expect(
            "events.none-dead", "events and timers set aside, by service", dict.fromkeys(SERVICES, 0), found
        )


def tree(score: Mapping[str, Any]) -> list[str]:
    """The joined answer as indented lines."""
    lines = [f"{score['unit']['nameEn']} {score['unit']['name']}: {score['total']}"]
    for entry in score["entries"]:
        lines.append(f"  {entry['rule']['code']} {entry['points']}")
        if incident := entry["incident"]:
            point = incident["riskPoint"]
            lines.append(
                f"    incident {incident['kind']} of {incident['occurredOn']}, {incident['lateWorkingDays']} working days late when confirmed"
            )
            lines.append(f"      risk point {point['code']} {point['title']} ({point['grade']})")
            lines += [f"        held by {one['nameEn']} {one['name']}" for one in point["holders"]]
            lines += [
                f'        {one["kind"].lower()} "{one["curriculum"]["titleEn"]}": {one["person"]["nameEn"]}, {one["status"]}'
                for one in point["lessons"]
            ]
    return lines
