-- Controls that a bureau adds to steps of its items: drafted by one, approved by another, in force from a day on (SoD-6).
create table control_set (
  bureau_id text not null,
  version integer not null check (version > 0),
  digest text not null,
  definition jsonb not null,
  source text not null,
  author text not null,
  drafted_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  effective_from date,
  primary key (bureau_id, version),
  check ((approved_by is null) = (effective_from is null)),
  check (approved_by is distinct from author)
);
create index control_set_in_force on control_set (bureau_id, effective_from desc, version desc)
  where effective_from is not null;
-- Which one counts today: read with every matter, changed when a day begins.
create table control_set_active (
  bureau_id text primary key,
  digest text not null
);
revoke delete on control_set, control_set_active from plumbline_app;

alter table control_set enable row level security;
create policy control_set_read on control_set for select using (
  bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy control_set_draft on control_set for insert with check (
  bureau_id = plumbline_bureau() and author = plumbline_person() and approved_by is null);
create policy control_set_approve on control_set for update using (bureau_id = plumbline_bureau());
alter table control_set_active enable row level security;
create policy control_set_active_all on control_set_active for all using (bureau_id = plumbline_bureau());
