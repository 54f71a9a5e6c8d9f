-- Who takes part in a case: incidents, inquiries and rectification orders are seen by these persons.
create table participant (
  object_id text not null,
  person_id text not null,
  bureau_id text not null,
  basis text not null,
  since timestamptz not null,
  primary key (object_id, person_id)
);
create index participant_person on participant (person_id, object_id);
revoke update, delete on participant from plumbline_app;

alter table participant enable row level security;
create policy participant_read on participant for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or person_id = plumbline_person()));
create policy participant_add on participant for insert with check (bureau_id = plumbline_bureau());

create table incident (
  id text primary key,
  bureau_id text not null,
  kind text not null,
  level text not null check (level in ('PRECURSOR', 'ORDINARY', 'SERIOUS')),
  root_cause text not null,
  alert_id text not null unique references alert,
  matter_id text references matter,
  point_id text,
  grade text not null,
  unit_id text not null,
  occurred_on date not null,
  confirmed_on date not null,
  confirmed_by text not null,
  late_working_days integer not null,
  due_on date,
  extension_days integer,
  extension_due_on date,
  findings text not null,
  self_reported boolean not null default false
);
create index incident_matter on incident (matter_id) where matter_id is not null;

-- The facts that liability is apportioned by (国税发〔2005〕42号 Art 20).
create table incident_act (
  incident_id text not null references incident,
  seq integer not null,
  bureau_id text not null,
  person_id text not null,
  unit_id text not null,
  capacity text not null,
  fraud boolean not null,
  dissented boolean not null,
  primary key (incident_id, seq)
);
revoke update, delete on incident, incident_act from plumbline_app;

alter table incident enable row level security;
create policy incident_read on incident for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or exists (
    select from participant p where p.object_id = incident.id and p.person_id = plumbline_person())));
create policy incident_add on incident for insert with check (bureau_id = plumbline_bureau());
alter table incident_act enable row level security;
create policy incident_act_read on incident_act for select using (
  bureau_id = plumbline_bureau() and exists (select from incident i where i.id = incident_act.incident_id));
create policy incident_act_add on incident_act for insert with check (bureau_id = plumbline_bureau());
