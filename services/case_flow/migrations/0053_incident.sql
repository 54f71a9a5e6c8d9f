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

-- The file behind an alert, for those who see the alert although the matter itself is not theirs.
create function alert_dossier(wanted text) returns jsonb
language sql stable security definer set search_path = public as $$
  select jsonb_build_object(
    'case_ref', m.case_ref, 'item_code', m.item_code, 'accepted_on', m.accepted_on, 'due_on', m.due_on,
    'closed_on', m.closed_on, 'late_working_days', m.late_working_days,
    'extension_days', a.facts -> 'extension_days', 'extension_due_on', a.facts -> 'extension_due_on',
    'custody', coalesce((
      select jsonb_agg(jsonb_build_object('from_unit', s.from_unit, 'to_unit', s.to_unit, 'sent_at', s.sent_at,
                                          'acknowledged_at', s.acknowledged_at) order by s.sent_at)
      from slip s where s.matter_id = m.id), '[]'))
  from alert a join matter m on m.id = a.matter_id
  where a.id = wanted and a.bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or exists (select from alert_viewer v where v.alert_id = a.id and v.person_id = plumbline_person())
    or exists (select from incident i join participant p on p.object_id = i.id
               where i.alert_id = a.id and p.person_id = plumbline_person()))
$$;

-- The incident confirmed on a matter: whoever closes the matter may not see it, its closing event names it.
create function incident_of_matter(wanted text) returns text
language sql stable security definer set search_path = public as $$
  select id from incident where matter_id = wanted and bureau_id = plumbline_bureau() order by id desc limit 1
$$;
