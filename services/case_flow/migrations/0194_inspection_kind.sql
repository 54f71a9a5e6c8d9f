-- Two types of runs (S1-066): of a routine cycle the inspected are told when the population is frozen, of an unannounced
-- one when it starts, and not before: what an office may know is a notice of its own, not a sight of the run.
alter table inspection_run add column kind text not null default 'ROUTINE' check (kind in ('ROUTINE', 'UNANNOUNCED'));

create table inspection_notice (
  run_id text not null references inspection_run,
  bureau_id text not null,
  office_id text not null,
  told_at timestamptz not null,
  content jsonb not null,
  primary key (run_id, office_id)
);
create index inspection_notice_of on inspection_notice (office_id, told_at desc);
revoke update, delete on inspection_notice from plumbline_app;
alter table inspection_notice enable row level security;
create policy inspection_notice_read on inspection_notice for select using (bureau_id = plumbline_bureau()
  and (plumbline_actor() = 'system' or (plumbline_actor() = 'person' and office_id = any(plumbline_units()))));
create policy inspection_notice_add on inspection_notice for insert with check (bureau_id = plumbline_bureau());
