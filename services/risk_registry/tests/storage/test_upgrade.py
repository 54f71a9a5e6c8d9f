"""A database with rows of an older version is brought up to date with them."""

from pathlib import Path
from shutil import copy

import asyncpg
from plumbline_shared.migrate import Migrations, migrate
from plumbline_shared.testing.databases import TemplateDatabases
from plumbline_shared.testing.plugin import migrations_of
from plumbline_shared.testing.postgres import PostgresServer

ROWS = """
insert into alert_entry (alert_id, bureau_id, kind, phase, grade, unit_id, unit_ids, point_id, matter_id, domain, facts,
  raised_at, limits, acknowledge_due, seers)
select id, 'D01', 'DEADLINE_MISSED', 'EX_POST', 'MEDIUM', 'D01.POLICY', '{D01.POLICY}', 'D01.RP-1', 'mt_1', 'RELIEF', '{}',
  '2026-05-01', 'ALERT-LIMITS-1', '2026-05-06', '{D01.lin-jie}' from unnest(array['al_open', 'al_true']) id;
insert into alert_line values ('al_true', 'D01', 0, 'ANSWERABLE', 'D01.lin-jie', null, null, 'SUBJECT'),
  ('al_true', 'D01', 1, 'MANAGER', 'D01.chen-gang', null, null, 'MANAGER');
insert into alert_progress values ('al_true', 'RESOLVED', 'D01', 'D01.POLICY', '{}', '2026-05-02', 'CONFIRMED', 'in_1');
"""
DEVIATIONS = "select alert_id, process, outcome, answerers from deviation"
SEERS = "select alert_id, seer, open from alert_seer order by alert_id, seer"


async def test_alerts_from_before_are_in_the_list_and_what_they_proved_is_a_deviation(
    templates: TemplateDatabases, postgres: PostgresServer, tmp_path: Path
) -> None:
    service, sources = migrations_of("risk_registry")
    *shared, own = sources
    for file in own.files():
        if file.name < "0114":
            copy(file, tmp_path)
    urls = await templates.fresh(service, [*shared, Migrations(own.namespace, tmp_path)])
    conn = await asyncpg.connect(postgres.url(urls.name))
    await conn.execute(ROWS)
    await migrate(urls.owner, sources)
    found = [tuple(row.values()) for row in await conn.fetch(SEERS)]
    deviations = [tuple(row.values()) for row in await conn.fetch(DEVIATIONS)]
    await conn.close()
    await templates.drop(urls)
    assert found == [
        ("al_open", "D01.lin-jie", True),
        ("al_true", "D01.lin-jie", False),
        ("al_true", "role:DISCIPLINE_LEAD", False),
        ("al_true", "role:INTERNAL_AUDITOR", False),
    ]
    assert deviations == [("al_true", "RELIEF", "CONFIRMED", ["D01.chen-gang"])]
