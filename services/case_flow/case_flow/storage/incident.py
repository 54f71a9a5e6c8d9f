"""Incidents and the acts they consist of."""

from collections.abc import Sequence

import msgspec
from plumbline_shared.database import Connection
from plumbline_shared.errors import NotFound

from case_flow.domain.incident import Escalation, Incident
from case_flow.domain.liability import Act

ADD = "insert into incident select * from jsonb_populate_record(null::incident, $1::text::jsonb)"
ADD_ACTS = """
insert into incident_act (incident_id, seq, bureau_id, person_id, unit_id, capacity, fraud, dissented)
select $1, row_number() over (), $2, a.person_id, a.unit_id, a.capacity, a.fraud, a.dissented
from jsonb_to_recordset($3::text::jsonb)
  as a (person_id text, unit_id text, capacity text, fraud boolean, dissented boolean)
"""


async def add(conn: Connection, incident: Incident, acts: Sequence[Act]) -> None:
    """Store a confirmed incident for ever."""
    await conn.execute(ADD, msgspec.json.encode(incident).decode())
    await conn.execute(ADD_ACTS, incident.id, incident.bureau_id, msgspec.json.encode(acts).decode())


# The row as it was confirmed, with the level that it has now.
ROW = "select to_jsonb(i) || jsonb_build_object('level', incident_level(i.id, i.level)) from incident i"
GET = f"{ROW} where id = $1"


async def get(conn: Connection, incident_id: str) -> Incident:
    """An incident that the asker sees. Raises NotFound."""
    found: str | None = await conn.fetchval(GET, incident_id)
    if found is None:
        raise NotFound("there is no such incident, or it is not yours; check the id", path=("incidentId",))
    return msgspec.json.decode(found, type=Incident)


MANY = f"{ROW} where id = any($1::text[])"


async def many(conn: Connection, incident_ids: Sequence[str]) -> dict[str, Incident]:
    """Those of the incidents that the asker sees, by id."""
    rows = await conn.fetch(MANY, list(incident_ids))
    found = [msgspec.json.decode(row[0], type=Incident) for row in rows]
    return {incident.id: incident for incident in found}


OF_ALERTS = f"{ROW} where alert_id = any($1::text[])"


async def of_alerts(conn: Connection, alert_ids: Sequence[str]) -> dict[str, Incident]:
    """The incident of each alert, where there is one that the asker sees."""
    rows = await conn.fetch(OF_ALERTS, list(alert_ids))
    found = [msgspec.json.decode(row[0], type=Incident) for row in rows]
    return {incident.alert_id: incident for incident in found}


OF_MATTER = "select incident_of_matter($1)"


async def of_matter(conn: Connection, matter_id: str) -> str | None:
    """The id of the incident confirmed on a matter, for its closing event; None without one."""
    return await conn.fetchval(OF_MATTER, matter_id)


ACTS = "select to_jsonb(a) from incident_act a where incident_id = $1 order by seq"


async def acts(conn: Connection, incident_id: str) -> list[Act]:
    """Who did what in an incident that the asker sees."""
    return [msgspec.json.decode(row[0], type=Act) for row in await conn.fetch(ACTS, incident_id)]


ESCALATE = """
insert into incident_escalation (incident_id, bureau_id, level, reason, by_person, at) values ($1, $2, $3, $4, $5, $6)
"""


async def escalate(conn: Connection, incident: Incident, given: Escalation) -> None:
    """One step up the ladder."""
    await conn.execute(
        ESCALATE, incident.id, incident.bureau_id, given.level, given.reason, given.by_person, given.at
    )


ESCALATIONS = "select to_jsonb(e) from incident_escalation e where incident_id = $1 order by id"


async def escalations(conn: Connection, incident_id: str) -> list[Escalation]:
    """Every step up that an incident took, oldest first."""
    return [
        msgspec.json.decode(row[0], type=Escalation) for row in await conn.fetch(ESCALATIONS, incident_id)
    ]
