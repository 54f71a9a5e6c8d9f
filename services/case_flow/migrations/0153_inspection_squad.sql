-- The squad of a run: its files are inspected by its members alone (执法检查监督专班, S1-064).
create table inspection_squad (
  run_id text not null references inspection_run,
  person_id text not null,
  unit_id text not null,
  bureau_id text not null,
  primary key (run_id, person_id)
);
revoke update on inspection_squad from plumbline_app;
alter table inspection_squad enable row level security;
create policy inspection_squad_read on inspection_squad for select using (
  bureau_id = plumbline_bureau() and exists (select from inspection_run r where r.id = run_id));
create policy inspection_squad_add on inspection_squad for insert with check (bureau_id = plumbline_bureau());
create policy inspection_squad_change on inspection_squad for delete using (bureau_id = plumbline_bureau());

-- What officers reported of themselves (及时纠正, 保护干部; S1-065): the author reads it, a verifier learns that it exists.
create table self_report (
  id text primary key,
  bureau_id text not null,
  person_id text not null,
  matter_id text not null references matter,
  fault text not null,
  corrected boolean not null,
  alert_id text not null,
  reported_at timestamptz not null
);
create index self_report_matter on self_report (matter_id, person_id, reported_at);
revoke update, delete on self_report from plumbline_app;
alter table self_report enable row level security;
create policy self_report_read on self_report for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and person_id = plumbline_person());
create policy self_report_add on self_report for insert with check (
  bureau_id = plumbline_bureau() and person_id = plumbline_person());
-- Whether one of these persons reported a fault in this matter before anything else was raised about it.
create function self_reported(matter text, persons text[], detected timestamptz) returns boolean
language sql stable security definer set search_path = public as $$
  select exists (select from self_report s where s.matter_id = matter and s.person_id = any(persons)
    and s.bureau_id = plumbline_bureau() and s.reported_at <= detected)
$$;

-- Electronic assessments as imported, and what was assessed by hand (S2-058). Money in fen.
create table electronic_assessment (
  bureau_id text not null,
  taxpayer_id text not null,
  period text not null,
  assessed_fen bigint not null check (assessed_fen >= 0),
  imported_at timestamptz not null,
  primary key (bureau_id, taxpayer_id, period)
);
create table manual_assessment (
  id text primary key,
  bureau_id text not null,
  taxpayer_id text not null,
  period text not null,
  assessed_fen bigint not null check (assessed_fen >= 0),
  reason text not null,
  assessed_by text not null,
  assessed_at timestamptz not null,
  departs_percent integer,
  alert_id text
);
revoke delete on electronic_assessment from plumbline_app;
revoke update, delete on manual_assessment from plumbline_app;
alter table electronic_assessment enable row level security;
create policy electronic_assessment_read on electronic_assessment for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'client', 'system'));
create policy electronic_assessment_add on electronic_assessment for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'client' and plumbline_has_scope('assessments:import'));
create policy electronic_assessment_change on electronic_assessment for update using (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'client' and plumbline_has_scope('assessments:import'));
alter table manual_assessment enable row level security;
create policy manual_assessment_read on manual_assessment for select using (
  bureau_id = plumbline_bureau() and assessed_by = plumbline_person());
create policy manual_assessment_add on manual_assessment for insert with check (
  bureau_id = plumbline_bureau() and assessed_by = plumbline_person());
