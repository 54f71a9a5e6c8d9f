-- An incident turns out graver than it was confirmed (S1-005): each step up the ladder is a row, nothing is overwritten.
create table incident_escalation (
  id bigint generated always as identity primary key,
  incident_id text not null references incident,
  bureau_id text not null,
  level text not null check (level in ('ORDINARY', 'SERIOUS')),
  reason text not null,
  by_person text not null,
  at timestamptz not null
);
create index incident_escalation_latest on incident_escalation (incident_id, id desc);
revoke update, delete on incident_escalation from plumbline_app;

alter table incident_escalation enable row level security;
create policy incident_escalation_read on incident_escalation for select using (
  bureau_id = plumbline_bureau() and exists (select from incident i where i.id = incident_escalation.incident_id));
create policy incident_escalation_add on incident_escalation for insert with check (
  bureau_id = plumbline_bureau() and by_person = plumbline_person());

-- The level of an incident now, for those who see it.
create function incident_level(wanted text, confirmed text) returns text
language sql stable set search_path = public as $$
  select coalesce((select level from incident_escalation where incident_id = wanted order by id desc limit 1), confirmed)
$$;
