-- A published version of an item counts for what is accepted from its first day on (S2-022).
alter table item_version add column effective_from date not null default date '0001-01-01';
create index item_version_in_force on item_version (bureau_id, item_code, version desc, effective_from);

-- The register's approved processes and controls by version, so that work goes on while the register is down.
create table process_version (
  version_id text primary key,
  bureau_id text not null,
  process text not null,
  number integer not null,
  owner_unit_id text not null,
  effective_from date not null,
  limit_days integer not null,
  limit_unit text not null,
  step_count integer not null,
  previous_step_count integer not null,
  removed_steps text[] not null,
  unique (bureau_id, process, number)
);
create index process_version_in_force on process_version (bureau_id, process, effective_from desc, number desc);

create table control_version (
  bureau_id text not null,
  code text not null,
  version integer not null,
  title text not null,
  title_en text not null,
  phase text not null,
  nodes text[] not null,
  effective_from date not null,
  retired boolean not null,
  primary key (bureau_id, code, version)
);

alter table process_version enable row level security;
create policy process_version_read on process_version for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy process_version_keep on process_version for insert
  with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
alter table control_version enable row level security;
create policy control_version_read on control_version for select
  using (bureau_id = plumbline_bureau() and plumbline_actor() in ('person', 'system'));
create policy control_version_keep on control_version for insert
  with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
revoke update, delete on process_version, control_version from plumbline_app;
