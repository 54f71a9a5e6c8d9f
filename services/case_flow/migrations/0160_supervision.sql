-- Standing supervision groups: a changed composition is another version (S1-061, S1-062).
create table supervision_group (
  bureau_id text not null,
  domain text not null,
  version integer not null,
  members jsonb not null,
  effective_from date not null,
  formed_by text not null,
  formed_at timestamptz not null,
  primary key (bureau_id, domain, version)
);

-- An event that its group supervises: announced before, recorded on the spot, reported after (S1-063).
create table supervised_event (
  id text primary key,
  bureau_id text not null,
  domain text not null,
  title text not null,
  unit_id text not null,
  planned_on date not null,
  planned_by text not null,
  planned_at timestamptz not null,
  pack text not null,
  notice text,
  noticed_by text,
  noticed_at timestamptz,
  held_by text,
  held_at timestamptz,
  report text,
  reported_by text,
  reported_at timestamptz,
  cancelled_by text,
  cancelled_at timestamptz,
  reason text not null default '',
  check (held_at is null or noticed_at is not null)
);
create index supervised_event_planned on supervised_event (bureau_id, planned_on desc, id desc);

create table supervision_record (
  event_id text not null references supervised_event,
  bureau_id text not null,
  person_id text not null,
  observation text not null,
  concern boolean not null,
  recorded_at timestamptz not null,
  primary key (event_id, person_id)
);
create table supervised_event_act (
  id bigint generated always as identity primary key,
  event_id text not null references supervised_event,
  bureau_id text not null,
  at timestamptz not null,
  actor text not null,
  act text not null,
  note text not null default ''
);
create index supervised_event_act_event on supervised_event_act (event_id, id);

revoke update, delete on supervision_group, supervision_record, supervised_event_act from plumbline_app;
revoke delete on supervised_event from plumbline_app;

-- A hold stops a step of a matter, or an event.
alter table hold alter column matter_id drop not null;
alter table hold add column event_id text references supervised_event;
alter table hold add constraint hold_of_one_thing check (num_nonnulls(matter_id, event_id) = 1);
create unique index hold_open_event on hold (event_id, code) where ended_at is null;

alter table supervision_group enable row level security;
create policy supervision_group_read on supervision_group for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy supervision_group_add on supervision_group for insert with check (bureau_id = plumbline_bureau());
alter table supervised_event enable row level security;
create policy supervised_event_read on supervised_event for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and (
    plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('DISCIPLINE_LEAD')
    or plumbline_has_role('DISCIPLINE_OFFICER') or plumbline_has_role('INTERNAL_AUDITOR')
    or exists (select from participant p
               where p.object_id = supervised_event.id and p.person_id = plumbline_person())))));
create policy supervised_event_add on supervised_event for insert with check (bureau_id = plumbline_bureau());
create policy supervised_event_change on supervised_event for update using (bureau_id = plumbline_bureau());
alter table supervision_record enable row level security;
create policy supervision_record_read on supervision_record for select using (
  bureau_id = plumbline_bureau()
  and exists (select from supervised_event e where e.id = supervision_record.event_id));
create policy supervision_record_add on supervision_record for insert with check (bureau_id = plumbline_bureau());
alter table supervised_event_act enable row level security;
create policy supervised_event_act_read on supervised_event_act for select using (
  bureau_id = plumbline_bureau()
  and exists (select from supervised_event e where e.id = supervised_event_act.event_id));
create policy supervised_event_act_add on supervised_event_act for insert with check (bureau_id = plumbline_bureau());

-- The open holds of an event, whoever asks: nobody passes them because they are hidden.
create function open_holds_of_event(wanted text) returns setof hold
language sql stable security definer set search_path = public as $$
  select * from hold where event_id = wanted and bureau_id = plumbline_bureau() and ended_at is null order by id
$$;
