-- Duty → power → risk (S1-047): each step of an officer's look at an own post is kept as it was saved, and can be reviewed.
create table identification_step (
  sequence bigint generated always as identity primary key,
  cycle_id text not null references identification_cycle,
  bureau_id text not null,
  person_id text not null,
  post_id text not null,
  unit_id text not null,
  step text not null check (step in ('DUTIES', 'POWERS', 'RISKS')),
  lines jsonb not null,
  saved_at timestamptz not null
);
create index identification_step_of on identification_step (cycle_id, person_id, post_id, sequence);

alter table identification_step enable row level security;
alter table identification_step force row level security;
create policy read on identification_step for select using (
  bureau_id = plumbline_bureau() and (
    (select reads_bureau())
    or (plumbline_actor() = 'person' and person_id = plumbline_person())
    or ((select reads_units()) and unit_id = any ((select plumbline_units())::text[]))));
create policy save on identification_step for insert with check (
  bureau_id = plumbline_bureau() and plumbline_actor() = 'person' and person_id = plumbline_person());
revoke update, delete on identification_step from plumbline_app;
