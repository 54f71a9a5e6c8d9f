-- Running matters taken to another version of their item: one batch, one result for each matter. Append-only.
create table matter_migration (
  id text primary key,
  bureau_id text not null,
  item_code text not null,
  to_version integer not null,
  total integer not null,
  started_by text not null,
  started_at timestamptz not null,
  foreign key (bureau_id, item_code, to_version) references item_version
);
create index matter_migration_item on matter_migration (bureau_id, item_code, to_version, started_at);

create table matter_migration_result (
  migration_id text not null references matter_migration,
  matter_id text not null references matter,
  bureau_id text not null,
  from_version integer not null,
  kept text[] not null,
  step text,
  due_before date,
  due_on date,
  refusal text,
  at timestamptz not null,
  primary key (migration_id, matter_id)
);
revoke update, delete on matter_migration, matter_migration_result from plumbline_app;

-- Read and started by whoever publishes items (requirements 5.3, "Rules & forms"). The same in Cedar: policies/reform.cedar.
create function case_flow_migrates(bureau text) returns boolean language sql stable parallel safe
  return bureau = plumbline_bureau() and (
    plumbline_actor() = 'system'
    or (plumbline_actor() = 'person' and (plumbline_has_role('BUREAU_HEAD') or plumbline_has_role('ROLLOUT_ADMIN'))));
alter table matter_migration enable row level security;
create policy matter_migration_read on matter_migration for select using (case_flow_migrates(bureau_id));
create policy matter_migration_start on matter_migration for insert with check (case_flow_migrates(bureau_id));
alter table matter_migration_result enable row level security;
create policy matter_migration_result_read on matter_migration_result for select using (case_flow_migrates(bureau_id));
create policy matter_migration_result_add on matter_migration_result for insert
  with check (bureau_id = plumbline_bureau() and plumbline_actor() = 'system');
