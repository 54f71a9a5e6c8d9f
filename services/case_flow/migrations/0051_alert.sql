-- An alert and the persons who see it. `dedup_key` makes one cause raise one alert.
create table alert (
  id text primary key,
  bureau_id text not null,
  dedup_key text not null,
  kind text not null,
  phase text not null check (phase in ('EX_ANTE', 'IN_PROCESS', 'EX_POST')),
  state text not null,
  grade text not null check (grade in ('LOW', 'MEDIUM', 'HIGH')),
  point_id text,
  matter_id text references matter,
  unit_ids text[] not null,
  subject_ids text[] not null,
  domain text not null,
  facts jsonb not null,
  pack text not null,
  raised_at timestamptz not null,
  acknowledge_due date,
  acknowledged_at timestamptz,
  acknowledged_by text,
  escalated_at timestamptz,
  verifier text,
  verify_due date,
  verdict text,
  evidence text,
  resolved_at timestamptz,
  resolved_by text,
  closed_at timestamptz
);
create unique index alert_dedup on alert (bureau_id, dedup_key);
create index alert_raised on alert (raised_at desc, id desc);
create index alert_matter on alert (matter_id) where matter_id is not null;

create table alert_viewer (
  alert_id text not null references alert,
  person_id text not null,
  bureau_id text not null,
  basis text not null,
  since timestamptz not null,
  primary key (alert_id, person_id)
);
create index alert_viewer_person on alert_viewer (person_id, alert_id);

-- What happened to an alert, explanations of its subject included.
create table alert_act (
  id bigint generated always as identity primary key,
  alert_id text not null references alert,
  bureau_id text not null,
  at timestamptz not null,
  actor text not null,
  act text not null,
  state text not null,
  note text not null default ''
);
create index alert_act_alert on alert_act (alert_id, id);

-- Counters of all alerts by phase: the one thing that others may know.
create table alert_count (
  bureau_id text not null,
  phase text not null,
  total bigint not null,
  primary key (bureau_id, phase)
);

revoke insert, delete on alert from plumbline_app;
revoke update, delete on alert_viewer, alert_act from plumbline_app;
revoke insert, update, delete on alert_count from plumbline_app;

alter table alert_viewer enable row level security;
create policy alert_viewer_read on alert_viewer for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or person_id = plumbline_person()));
create policy alert_viewer_add on alert_viewer for insert with check (bureau_id = plumbline_bureau());

alter table alert enable row level security;
create policy alert_read on alert for select using (
  bureau_id = plumbline_bureau() and (plumbline_actor() = 'system' or exists (
    select from alert_viewer v where v.alert_id = alert.id and v.person_id = plumbline_person())));
create policy alert_change on alert for update using (bureau_id = plumbline_bureau());

alter table alert_act enable row level security;
create policy alert_act_read on alert_act for select using (
  bureau_id = plumbline_bureau() and exists (select from alert a where a.id = alert_act.alert_id));
create policy alert_act_add on alert_act for insert with check (bureau_id = plumbline_bureau());

alter table alert_count enable row level security;
create policy alert_count_read on alert_count for select using (bureau_id = plumbline_bureau());

-- The whole list of an alert's viewers, for those who are on it.
create function alert_viewers(wanted text[])
returns table (alert_id text, person_id text, basis text, since timestamptz)
language sql stable security definer set search_path = public as $$
  select v.alert_id, v.person_id, v.basis, v.since from alert_viewer v
  where v.alert_id = any(wanted) and v.bureau_id = plumbline_bureau()
    and (plumbline_actor() = 'system' or exists (
      select from alert_viewer me where me.alert_id = v.alert_id and me.person_id = plumbline_person()))
  order by v.alert_id, v.since, v.person_id
$$;

-- Records an alert once for its cause and counts it, although whoever causes it may not see it.
-- Answers the alert's id, and whether it is new.
create function record_alert(document jsonb, out alert_id text, out is_new boolean)
language plpgsql security definer set search_path = public as $$
declare
  given alert := jsonb_populate_record(null::alert, document);
begin
  if given.bureau_id is distinct from plumbline_bureau() then
    raise exception 'an alert belongs to the bureau of the transaction';
  end if;
  insert into alert select given.* on conflict (bureau_id, dedup_key) do nothing;
  is_new := found;
  if is_new then
    insert into alert_count as c (bureau_id, phase, total) values (given.bureau_id, given.phase, 1)
    on conflict (bureau_id, phase) do update set total = c.total + 1;
  end if;
  select a.id into alert_id from alert a where a.bureau_id = given.bureau_id and a.dedup_key = given.dedup_key;
end
$$;
