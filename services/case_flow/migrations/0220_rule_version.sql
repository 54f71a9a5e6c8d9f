-- A bureau's own rules, whole documents by kind: drafted by one, approved by another, in force from a day on (SoD-6).
create table rule_version (
  bureau_id text not null,
  kind text not null,
  version integer not null check (version > 0),
  digest text not null,
  source text not null,
  author text not null,
  drafted_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  effective_from date,
  primary key (bureau_id, kind, version),
  check ((approved_by is null) = (effective_from is null)),
  check (approved_by is distinct from author)
);
create index rule_version_in_force on rule_version (bureau_id, kind, effective_from desc, version desc) include (digest)
  where effective_from is not null;
revoke delete on rule_version from plumbline_app;

alter table rule_version enable row level security;
create policy rule_version_read on rule_version for select using (bureau_id = plumbline_bureau());
create policy rule_version_draft on rule_version for insert with check (
  bureau_id = plumbline_bureau() and author = plumbline_person() and approved_by is null);
create policy rule_version_approve on rule_version for update using (bureau_id = plumbline_bureau());
