-- Every alert once, resolved to posts and persons as of the instant it was raised (S2-037), with the indicator that
-- explained it then and its limits. `seers`: the line, verifier, trackers and informed roles of that day (§5.2 a, b).
create table alert_entry (
  alert_id text primary key,
  bureau_id text not null,
  kind text not null,
  phase text not null,
  grade text,
  unit_id text not null,
  unit_ids text[] not null,
  point_id text not null,
  matter_id text not null,
  domain text not null,
  facts jsonb not null,
  raised_at timestamptz not null,
  indicator_version_id text references indicator_version,
  limits text not null,
  acknowledge_due date not null,
  verify_due date,
  seers text[] not null
);
create index alert_entry_raised on alert_entry (bureau_id, raised_at desc, alert_id desc);
create index alert_entry_seers on alert_entry using gin (seers);
create index alert_entry_indicator on alert_entry (indicator_version_id) where indicator_version_id is not null;
create index alert_entry_kind on alert_entry (bureau_id, kind, raised_at);
create table alert_line (
  alert_id text not null references alert_entry,
  bureau_id text not null,
  position int not null,
  part text not null check (part in ('ANSWERABLE', 'MANAGER', 'MONITOR', 'TRACKER', 'VERIFIER', 'INFORMED')),
  person_id text not null,
  post_id text,
  unit_id text,
  basis text not null,
  primary key (alert_id, position)
);
-- What became of an alert. It carries whom it is for, so that reading it needs no other table.
create table alert_progress (
  alert_id text not null,
  step text not null check (step in ('ACKNOWLEDGED', 'RESOLVED')),
  bureau_id text not null,
  unit_id text not null,
  seers text[] not null,
  at timestamptz not null,
  outcome text check (outcome in (
    'CONFIRMED', 'EXPLAINED', 'FALSE_POSITIVE', 'CORRECTED', 'OVERRIDDEN', 'ABANDONED', 'SETTLED')),
  incident_id text,
  primary key (alert_id, step),
  check ((step = 'RESOLVED') = (outcome is not null))
);

alter table alert_entry enable row level security;
alter table alert_entry force row level security;
alter table alert_line enable row level security;
alter table alert_line force row level security;
alter table alert_progress enable row level security;
alter table alert_progress force row level security;

create policy read on alert_progress for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or (plumbline_actor() = 'person' and (
      plumbline_has_role('SUPERVISION_OFFICE') or seers @> array[(select plumbline_person())]))
    or ((select reads_units()) and unit_id = any ((select plumbline_units())::text[]))));
-- §5.3: the discipline lead reads every confirmed alert, internal audit every one that has its outcome.
create policy read on alert_entry for select using (
  bureau_id = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (
      seers @> array[(select plumbline_person())]
      or ((select plumbline_has_role('DISCIPLINE_LEAD')) and exists (
        select from alert_progress p where p.alert_id = alert_entry.alert_id and p.outcome = 'CONFIRMED'))
      or ((select plumbline_has_role('INTERNAL_AUDITOR')) and exists (
        select from alert_progress p where p.alert_id = alert_entry.alert_id and p.step = 'RESOLVED'))))));
create policy read on alert_line for select using (
  bureau_id = plumbline_bureau() and exists (select from alert_entry e where e.alert_id = alert_line.alert_id));
create policy record on alert_entry for insert with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy record on alert_line for insert with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
create policy record on alert_progress for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
revoke update, delete on alert_entry, alert_line, alert_progress from plumbline_app;
